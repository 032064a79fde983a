// gzip in the page's engine: the answers and rows of what is in the file, and a word where something is wrong.
import assert from 'node:assert/strict';
import test from 'node:test';
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { columns, GOLDEN, load, newModule } from './engine.mjs';

const module = await newModule();
const capture = readFileSync(`${GOLDEN}captures/http_page_load.pcap`);

function read(bytes, chunk) {
  const engine = load(module, bytes, chunk);
  engine.select('{}');
  const result = {
    status: JSON.parse(engine.status()),
    summary: engine.summary(),
    columns: columns(engine).toString(),
  };
  engine.delete();
  return result;
}
const plain = read(capture);

test('a gzip file gives what is in it, in chunks of any size, in any number of members', () => {
  const half = capture.length >> 1;
  const members = Buffer.concat([gzipSync(''), gzipSync(capture.subarray(0, half)), gzipSync(capture.subarray(half))]);
  for (const packed of [gzipSync(capture), gzipSync(capture, { level: 0 }), members]) {
    for (const chunk of [1, 1000, packed.length]) {
      const packedRead = read(packed, chunk);
      assert.equal(packedRead.columns, plain.columns);
      assert.equal(packedRead.summary, plain.summary);
      assert.equal(packedRead.status.compressed, true);
      assert.deepEqual(packedRead.status.warnings, plain.status.warnings);
    }
  }
  assert.equal(plain.status.compressed, false);
});

test('a wrong checksum: all packets and a word', () => {
  const packed = gzipSync(capture);
  packed[packed.length - 8] ^= 1;
  const { status, columns: rows } = read(packed);
  assert.equal(rows, plain.columns);
  assert.deepEqual(status.warnings.map(({ code, severity }) => [code, severity]), [['gzip-damaged', 'warning']]);
});

test('cut off: the packets before, as of a capture that is cut there', () => {
  const packed = gzipSync(capture, { level: 0 });
  const { status } = read(packed.subarray(0, packed.length >> 1));
  assert.ok(status.packets > 0 && status.packets < plain.status.packets);
  assert.match(status.warnings[0].text, /gzip data end too early, at byte \d+/);
});

test('gzip in gzip is unpacked twice', () => {
  for (const chunk of [1, 1000, 1 << 20]) {
    const { status, columns: rows } = read(gzipSync(gzipSync(capture)), chunk);
    assert.equal(rows, plain.columns);
    assert.deepEqual(status.warnings, plain.status.warnings);
  }
});

test('nothing, or gzip over and over, in a gzip file: what it is and what to do', () => {
  const failure = (bytes) => read(bytes).status.failure;
  assert.match(failure(gzipSync('')), /holds an empty file/);
  assert.match(failure(gzipSync(gzipSync(''))), /holds an empty file/);
  let often = capture;
  for (let i = 0; i < 5; i++) often = gzipSync(often);
  assert.match(failure(often), /packed with gzip more than 4 times: unpack it/);
  assert.match(failure(gzipSync(capture).subarray(0, 12)), /end too early/);
});
