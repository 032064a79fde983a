// How the page's worker reads a file: every byte once and in order, whatever the browser's stream does.
import assert from 'node:assert/strict';
import test from 'node:test';

// Node's own message ports keep a process alive for ever.
globalThis.MessageChannel = class {
  port1 = { onmessage: () => {} };
  port2 = { postMessage: () => setImmediate(() => this.port1.onmessage()) };
};
const { chunksOf } = await import('../../web/src/worker/reading.js');

const bytes = Uint8Array.from({ length: 3_000_000 }, (_, i) => (i * 7 + (i >> 8)) & 255);

/** A file whose streams hand out `piece` bytes a read and call `next(at)` before each. */
function fileOf(content, piece, next = async () => {}) {
  return {
    size: content.length,
    slice: (from) => fileOf(content.subarray(from), piece, next),
    stream() {
      let at = 0;
      return new ReadableStream({
        type: 'bytes',
        async pull(controller) {
          await next(content.byteOffset + at);
          const { byobRequest } = controller;
          const count = Math.min(piece, content.length - at, byobRequest.view.byteLength);
          if (count === 0) {
            controller.close();
            byobRequest.respond(0);
            return;
          }
          new Uint8Array(byobRequest.view.buffer, byobRequest.view.byteOffset).set(content.subarray(at, at + count));
          at += count;
          byobRequest.respond(count);
        },
      });
    },
  };
}

async function readAll(file) {
  const parts = [];
  for await (const chunk of chunksOf(file)) parts.push(Buffer.from(chunk));
  return Buffer.concat(parts);
}

test('pieces of any size', async () => {
  for (const piece of [65_536, 1_000_000, 10_000_000]) assert.ok((await readAll(fileOf(bytes, piece))).equals(bytes), `by ${piece}`);
});

test('a stream that stops without an error is opened again where it stopped', async () => {
  let stops = 1;
  const stopOnce = (at) => (at > 1_500_000 && stops-- > 0 ? new Promise(() => {}) : undefined);
  assert.ok((await readAll(fileOf(bytes, 65_536, stopOnce))).equals(bytes));
});

test('an error reaches whoever reads', async () => {
  const fail = async (at) => {
    if (at > 100_000) throw new Error('unplugged');
  };
  await assert.rejects(readAll(fileOf(bytes, 65_536, fail)), /unplugged/);
});

test('without byte streams, slices', async () => {
  const file = {
    size: bytes.length,
    stream: () => new ReadableStream({}),
    slice: (from, to) => new Blob([bytes.subarray(from, to)]),
  };
  assert.ok((await readAll(file)).equals(bytes));
});
