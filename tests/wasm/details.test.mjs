// The page's details of a packet are the program's: the same lines, and the bytes that they stand for.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import test from 'node:test';
import { Details } from '../../web/src/worker/details.js';
import { GOLDEN, load, newModule, readTrace } from './engine.mjs';

const PROGRAM = `${GOLDEN}../../build/native/native_capture/native_capture`;
const module = await newModule();

function programs(path, packets) {
  const lines = execFileSync(PROGRAM, ['--read', path, '--details', packets], { encoding: 'utf8' }).trim().split('\n');
  return lines.map((line) => JSON.parse(line));
}

for (const name of ['http_page_load.pcap', 'ipv4_fragments.pcap', 'dns.pcap']) {
  test(`details of ${name} are the program's`, async () => {
    const path = `${GOLDEN}captures/${name}`;
    const engine = load(module, readTrace(path));
    const details = new Details(engine);
    for (const expected of programs(path, 'all')) {
      const { number, layers, sources } = await details.of(expected.number, () => {});
      assert.deepEqual({ number, layers }, { number: expected.number, layers: expected.layers });
      const sizes = sources.map(({ name, bytes }) => ({ name, size: bytes.length }));
      if (expected.sources) assert.deepEqual(sizes, expected.sources);
      assert.equal(sizes[0].name, 'Packet');
      assert.ok(sizes[0].size > 0);
    }
    engine.delete();
  });
}

test('of two calls the later one is answered', async () => {
  const engine = load(module, readTrace(`${GOLDEN}captures/http_page_load.pcap`));
  const slow = { details: (number) => (number === 5 ? '{"reached":1}' : engine.details(number, 1000)), sourceBytes: (i) => engine.sourceBytes(i) };
  const details = new Details(slow);
  const first = details.of(5, () => {});
  const second = details.of(2, () => {});
  assert.equal(await first, null);
  assert.equal((await second).number, 2);
  engine.delete();
});

test('what is not to be had is null', async () => {
  const engine = load(module, readTrace(`${GOLDEN}captures/http_page_load.pcap`));
  assert.equal(await new Details(engine).of(1_000_000, () => {}), null);
  assert.equal(engine.sourceBytes(0), null);
  engine.delete();
});
