// A file as a sequence of chunks. The browser goes on reading while a chunk is being parsed.
import { nextTask } from '../next_task.js';

const CHUNK = 4 << 20;
const SLICES_AHEAD = 3;
/**
 * A read that brings less than this has emptied the pipe that the browser fills (2 MiB in Chromium): before the next one
 * it gets a moment to fill it again. A read costs the same for 64 KiB as for the whole pipe, and there are 8,000 of the
 * small ones in 500 MB, so that waiting makes reading faster.
 */
const LITTLE = 1 << 20;
const MOMENT_MS = 0.3;

/**
 * @param {Blob} file
 * @returns {AsyncGenerator<Uint8Array>} each chunk is valid until the next is asked for
 */
export function chunksOf(file) {
  /** @type {ReadableStreamBYOBReader} */
  let reader;
  try {
    reader = file.stream().getReader({ mode: 'byob' });
  } catch {
    return viaSlices(file); // WebKit's files have no byte streams
  }
  return viaByteStream(reader);
}

/** @param {ReadableStreamBYOBReader} reader @returns {AsyncGenerator<Uint8Array>} */
async function* viaByteStream(reader) {
  let buffer = new ArrayBuffer(CHUNK);
  for (;;) {
    const { value, done } = await reader.read(new Uint8Array(buffer));
    if (done || !value) return;
    yield value;
    if (value.length < LITTLE) await aMoment();
    buffer = /** @type {ArrayBuffer} */ (value.buffer);
  }
}

/** Timers wait for a millisecond at least; tasks do not, and let queued calls be answered. */
async function aMoment() {
  const until = performance.now() + MOMENT_MS;
  do await nextTask();
  while (performance.now() < until);
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

/**
 * The same for a gzip'ed file, inflated by the browser.
 * @param {Blob} file
 * @param {(bytes: number) => void} onCompressedBytes  how many bytes of the file were taken
 * @returns {AsyncGenerator<Uint8Array<ArrayBuffer>>}
 */
export async function* inflatedChunksOf(file, onCompressedBytes) {
  /** @type {TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>} */
  const counted = new TransformStream({
    transform(chunk, out) {
      onCompressedBytes(chunk.byteLength);
      out.enqueue(chunk);
    },
  });
  const reader = file.stream().pipeThrough(counted).pipeThrough(new DecompressionStream('gzip')).getReader();
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    yield value;
  }
}
