// The files that the tests feed to the page, made here; and where the course's own are, when they are there.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { makeSample } from '../../../web/sample/sample.js';
import { root } from './page.js';

const folder = resolve(root, 'build/browser-inputs');
mkdirSync(folder, { recursive: true });

/** Writes a file for one test and returns its path. @param {string} name @param {Uint8Array | string} content */
export function file(name, content) {
  const path = resolve(folder, name);
  writeFileSync(path, content);
  return path;
}

/** 235 packets: a look-up, a page load with one retransmission, two keep-alives. */
export const sample = makeSample();
export const SAMPLE_PACKETS = 235;
export const SAMPLE_ACTIVE_PACKETS = 231;

const COLUMNS = ['No.', 'Time', 'Source', 'Destination', 'Protocol', 'Length', 'Info'];

/**
 * Wireshark's csv.
 * @param {(string | number)[][]} rows Time, Source, Destination, Protocol, Length, Info and further columns
 * @param {string[]} [further] their names
 */
export const csv = (rows, further = []) =>
  [[...COLUMNS, ...further], ...rows.map((row, i) => [i + 1, ...row])]
    .map((line) => line.map(quoted).join(','))
    .join('\n') + '\n';

/** @param {string | number} text */
const quoted = (text) => `"${String(text).replaceAll('"', '""')}"`;

/** Many rows, one every tenth of a millisecond. @param {number} count */
export const longCsv = (count) =>
  csv(
    Array.from({ length: count }, (_, i) => [
      (i / 10_000).toFixed(6),
      '192.0.2.1',
      '192.0.2.2',
      'UDP',
      60 + (i % 1000),
      `5000 > 6000 Len=${i}`,
    ]),
  );

/** The sample's packets over and over: a capture of about `size` bytes. @param {number} size */
export function largePcap(size) {
  const records = sample.subarray(24);
  const times = Math.ceil(size / records.length);
  const whole = new Uint8Array(24 + times * records.length);
  whole.set(sample.subarray(0, 24));
  for (let i = 0; i < times; i++) whole.set(records, 24 + i * records.length);
  return whole;
}

export const PNG = Uint8Array.from([
  0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0,
  0, 0,
]);

/** A file of the course, or the reason why its tests are skipped. @param {string} name */
export function course(name) {
  const path = resolve(process.env.TRACEDROP_CORPUS ?? '/nonexistent', 'course', name);
  return existsSync(path) ? { path, skip: false } : { path, skip: 'no corpus (TRACEDROP_CORPUS)' };
}
