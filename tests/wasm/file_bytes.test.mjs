// A file's bytes are those that were read, or none: whatever becomes of the file afterwards.
import assert from 'node:assert/strict';
import test from 'node:test';
import { FileBytes } from '../../web/src/worker/file_bytes.js';

const PIECE = 64 << 10;

/** A file that is there as long as `bytes` is. */
class File {
  constructor(bytes) {
    this.bytes = bytes;
    this.size = bytes.length;
  }
  slice(begin, end) {
    return { begin, end: Math.min(end, this.size), file: this };
  }
  /** All that is there now, whatever size it was said to be. */
  stream() {
    return new Blob(this.bytes ? [this.bytes] : []).stream();
  }
}
const reader = {
  readAsArrayBuffer({ begin, end, file }) {
    if (!file.bytes) throw new Error('not found');
    return Uint8Array.from(file.bytes.subarray(begin, end)).buffer;
  },
};

const bytesOf = (size) => Uint8Array.from({ length: size }, (_, i) => (i * 31 + (i >> 8)) & 255);

function opened(file, options, chunk) {
  const lost = [];
  const whole = new FileBytes(file, { reader, onChanged: (isKept) => lost.push(isKept ? 'kept' : 'lost'), ...options });
  const read = file.bytes;
  for (let at = 0; at < read.length; at += chunk) whole.take(read.subarray(at, at + chunk));
  return { whole, lost };
}

test('a small file is kept', () => {
  const file = new File(bytesOf(1000));
  const { whole, lost } = opened(file, {}, 300);
  assert.deepEqual(whole.read(290, 20), bytesOf(1000).subarray(290, 310));
  assert.equal(whole.read(990, 20).length, 10);
  assert.equal(whole.read(2000, 20).length, 0);
  assert.deepEqual(lost, []);
  file.bytes = null;
  whole.lookedMs = -Infinity;
  assert.deepEqual(whole.read(290, 20), bytesOf(1000).subarray(290, 310));
  assert.deepEqual(lost, ['kept']);
  assert.equal(whole.isLost, false);
});

test('a small file that was written over is kept, and that is said', () => {
  const file = new File(bytesOf(1000));
  const { whole, lost } = opened(file, {}, 300);
  file.bytes = new Uint8Array(1000);
  assert.deepEqual(whole.read(290, 20), bytesOf(1000).subarray(290, 310));
  assert.deepEqual(lost, ['kept']);
});

/** The second look waits some times as long as the first took: half a second is long for either. */
const looked = () => new Promise((resolve) => setTimeout(resolve, 500));

for (const [what, change] of [
  ['grew', (bytes) => Uint8Array.of(...bytes, 7)],
  ['was written over elsewhere', (bytes) => bytes.map((byte, i) => (i === 999 ? byte ^ 1 : byte))],
  ['was cut elsewhere', (bytes) => bytes.subarray(0, 999)],
])
  test(`a small file that ${what} is noticed where the browser does not`, async () => {
    const file = new File(bytesOf(1000));
    const { whole, lost } = opened(file, { compares: true }, 300);
    whole.end();
    whole.read(0, 10);
    await looked();
    assert.deepEqual(lost, []);
    file.bytes = change(bytesOf(1000));
    whole.lookedMs = -Infinity;
    assert.deepEqual(whole.read(0, 10), bytesOf(10));
    await looked();
    assert.deepEqual(lost, ['kept']);
  });

test('a file that has grown before it was read is kept as it was read', async () => {
  const file = new File(bytesOf(1000));
  file.bytes = bytesOf(3500);
  for (const chunk of [300, 900, 3500]) {
    const { whole, lost } = opened(file, { compares: true }, chunk);
    whole.end();
    assert.deepEqual(whole.read(700, 200), bytesOf(900).subarray(700));
    await looked();
    assert.deepEqual(lost, []);
    assert.deepEqual(whole.read(3000, 500), bytesOf(3500).subarray(3000));
  }
});

test('a large file that is gone gives nothing, and that is said once', () => {
  const file = new File(bytesOf(1000));
  const { whole, lost } = opened(file, { keptMax: 10, compares: false }, 300);
  assert.deepEqual(whole.read(10, 5), bytesOf(15).subarray(10));
  file.bytes = null;
  assert.equal(whole.read(10, 5).length, 0);
  assert.equal(whole.read(10, 5).length, 0);
  assert.deepEqual(lost, ['lost']);
  assert.equal(whole.isLost, true);
});

for (const chunk of [1000, PIECE, PIECE + 1, 1 << 20]) {
  test(`a large file that was written over is noticed (read by ${chunk})`, () => {
    const size = 3 * PIECE + 100;
    const file = new File(bytesOf(size));
    const { whole, lost } = opened(file, { keptMax: 10, compares: true }, chunk);
    for (const [at, length] of [[0, 1], [PIECE - 5, 10], [PIECE, PIECE], [size - 5, 100], [0, size]])
      assert.deepEqual(whole.read(at, length), bytesOf(size).subarray(at, at + length));
    file.bytes = Uint8Array.from(file.bytes);
    file.bytes[PIECE + 7] ^= 128;
    assert.deepEqual(whole.read(10, 5), bytesOf(15).subarray(10));
    assert.deepEqual(lost, []);
    assert.equal(whole.read(PIECE + 100, 5).length, 0);
    assert.deepEqual(lost, ['lost']);
  });
}

test('a file that grew gives what was read of it', () => {
  const file = new File(bytesOf(PIECE + 50));
  const { whole, lost } = opened(file, { keptMax: 10, compares: true }, 1000);
  file.bytes = bytesOf(3 * PIECE);
  assert.deepEqual(whole.read(PIECE + 40, 100), bytesOf(PIECE + 50).subarray(PIECE + 40));
  assert.deepEqual(lost, []);
});

test('what is in a gzip file is not the file', () => {
  const file = new File(bytesOf(100));
  const { whole } = opened(file, { reader: { readAsArrayBuffer: (blob) => Uint8Array.from({ length: blob.size }).buffer } }, 50);
  whole.keep(new Uint8Array(70));
  whole.keep(new Uint8Array(30));
  assert.equal(whole.read(0, 200).length, 100);
});
