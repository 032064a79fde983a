// A file as a sequence of chunks. The next read is always under way while the last chunk is being parsed.

const CHUNK = 4 << 20;
const SLICES_AHEAD = 3;

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
  let next = reader.read(new Uint8Array(CHUNK));
  let spare = new ArrayBuffer(CHUNK);
  for (;;) {
    const { value, done } = await next;
    if (done || !value) return;
    next = reader.read(new Uint8Array(spare));
    next.catch(() => {}); // it is awaited above, unless the consumer has stopped
    yield value;
    spare = /** @type {ArrayBuffer} */ (value.buffer);
  }
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
