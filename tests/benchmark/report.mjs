// The benchmark's files by what they are for, and its results as a table.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('../../build/benchmark/inputs/', import.meta.url));
const MAKE = fileURLToPath(new URL('inputs/make.py', import.meta.url));
const FULL = { web: 'web.pcap', pcapng: 'web.pcapng', gz: 'web.pcap.gz', csv: 'web.csv', small: 'small.pcap', sizes: ['web100.pcap', 'web1000.pcap', 'web5000.pcap'] };
const QUICK = { web: 'quick.pcap', pcapng: 'quick.pcapng', gz: 'quick.pcap.gz', csv: 'quick.csv', small: 'quick.pcap', sizes: ['quick.pcap'] };

/** Returns a function that makes a kind's file (or files), unless it is there, and tells its path. */
export function inputs(quick) {
  const names = quick ? QUICK : FULL;
  const make = (name) => {
    execFileSync('/usr/bin/python3', [MAKE, FOLDER, name], { stdio: 'inherit' });
    return FOLDER + name;
  };
  return (kind) => (Array.isArray(names[kind]) ? names[kind].map(make) : make(names[kind]));
}

/**
 * @typedef {object} Figure
 * @property {string} what
 * @property {string} said  the figures it was made of, in words
 * @property {number} [value]
 * @property {string} [unit]
 * @property {'≤' | '≥'} [sense]
 * @property {number} [bar]
 * @property {string} [error]  why it could not be measured
 * @property {string} [missing]  the peer that is not on this machine
 */

const rounded = (value) => (value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2));

/** Small files, one round: these prove that everything runs, not how fast. */
let withVerdicts = true;

function verdict({ value, sense, bar }) {
  if (bar === undefined || !withVerdicts) return '';
  return (sense === '≤' ? value <= bar : value >= bar) ? 'holds' : 'MISSED';
}

/** @param {Figure} figure */
function row({ what, said, value, unit = '', sense, bar, error, missing }) {
  if (missing) return `| ${what} | not measured: no ${missing} here | | | |`;
  if (error) return `| ${what} | FAILED: ${error.split('\n')[0]} | | | |`;
  const limit = bar === undefined ? '' : `${sense} ${bar}${unit && ` ${unit}`}`;
  return `| ${what} | ${said} | ${rounded(value)}${unit && ` ${unit}`} | ${limit} | ${verdict({ value, sense, bar })} |`;
}

/** @param {string[]} machine @param {number} rounds @param {boolean} quick @param {Figure[]} figures */
export function report(machine, rounds, quick, figures) {
  withVerdicts = !quick;
  return [
    ...machine.map((line) => `- ${line}`),
    ...(quick ? ['- small files: the sizes that are named below are those of a whole run'] : []),
    `- medians of ${rounds} round${rounds === 1 ? '' : 's'}, contestants in turn`,
    '',
    '| what | measured | result | bar | |',
    '|---|---|---|---|---|',
    ...figures.map(row),
    '',
  ].join('\n');
}
