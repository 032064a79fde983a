// A file as a sequence of chunks. The browser goes on reading while a chunk is being parsed.
import { nextTask } from '../next_task.js';

const CHUNK = 4 << 20;
const SLICES_AHEAD = 3;
/**
 * A read that brings less than this has emptied the pipe that the browser fills (2 MiB in Chromium): before the next one
 * it gets a moment to fill it again, some tasks long. A read costs the same for 64 KiB as for the whole pipe, and there
 * are 8,000 of the small ones in 500 MB, so that waiting makes reading faster.
 */
const LITTLE = 512 << 10;
const MOMENT_TASKS = 16;
/** Where so many waits in a row have brought no more than the read before them, there is no such pipe (Firefox). */
const VAIN_WAITS = 12;
/**
 * Chromium's byte streams of files stop for good now and then, without an error. When nothing has come for so long the
 * rest of the file is asked for anew; each time it has twice as long, for disks that are slow to start.
 */
const STALLED_MS = 3000;

/**
 * @param {Blob} file
 * @returns {AsyncGenerator<Uint8Array>} each chunk is valid until the next is asked for
 */
export function chunksOf(file) {
  try {
    return viaByteStream(file, byteReaderOf(file));
  } catch {
    return viaSlices(file); // WebKit's files have no byte streams
  }
}

/** @param {Blob} file */
const byteReaderOf = (file) => file.stream().getReader({ mode: 'byob' });

/**
 * @param {Blob} file
 * @param {ReadableStreamBYOBReader} reader
 * @returns {AsyncGenerator<Uint8Array>}
 */
async function* viaByteStream(file, reader) {
  let buffer = new ArrayBuffer(CHUNK);
  let patience = STALLED_MS;
  let at = 0;
  let before = 0;
  let vainWaits = 0;
  for (;;) {
    const read = await unlessStalled(reader.read(new Uint8Array(buffer)), patience);
    if (!read) {
      reader.cancel().catch(() => {}); // it may have failed meanwhile
      reader = byteReaderOf(file.slice(at));
      buffer = new ArrayBuffer(CHUNK);
      patience *= 2;
      continue;
    }
    const { value, done } = read;
    if (done || !value) return;
    at += value.length;
    vainWaits = value.length > before ? 0 : vainWaits + 1;
    before = value.length < LITTLE ? value.length : 0;
    yield value;
    if (before > 0 && vainWaits < VAIN_WAITS) await aMoment();
    buffer = /** @type {ArrayBuffer} */ (value.buffer);
  }
}

/**
 * Null when `reading` takes longer than `ms`.
 * @template T
 * @param {Promise<T>} reading
 * @param {number} ms
 * @returns {Promise<T | null>}
 */
async function unlessStalled(reading, ms) {
  let timer;
  const stalled = new Promise((resolve) => (timer = setTimeout(resolve, ms, null)));
  try {
    return /** @type {T | null} */ (await Promise.race([reading, stalled]));
  } finally {
    clearTimeout(timer);
  }
}

/** Not a timer, which waits for a millisecond at least, nor by the clock, which in Firefox goes on by milliseconds. */
async function aMoment() {
  for (let i = 0; i < MOMENT_TASKS; i++) await nextTask();
}

/** @param {Blob} file @returns {AsyncGenerator<Uint8Array>} */
async function* viaSlices(file) {
  /** @type {Promise<ArrayBuffer>[]} */
  const ahead = [];
  let asked = 0;
  for (;;) {
    while (asked < file.size && ahead.length < SLICES_AHEAD) {
      ahead.push(file.slice(asked, asked + CHUNK).arrayBuffer());
      asked += CHUNK;
    }
    const next = ahead.shift();
    if (!next) return;
    yield new Uint8Array(await next);
  }
}
