// The wasm build answers what the native build answers: the golden captures' columns, in any chunk size, and the lab's figures.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { CORPUS, GOLDEN, columns, load, newModule, readTrace } from './engine.mjs';

const PROGRAM = fileURLToPath(new URL('../../build/native/native_capture/native_capture', import.meta.url));
const module = await newModule();

const captures = readFileSync(`${GOLDEN}TESTLIST`, 'utf8')
  .split('\n')
  .map((line) => line.split('#')[0].trim().split(/\s+/))
  .filter((line) => line.slice(2).join(' ') === '--csv -')
  .map(([capture]) => `${GOLDEN}captures/${capture}`);

function native(...options) {
  return execFileSync(PROGRAM, ['--read', ...options], { encoding: 'utf8', maxBuffer: 1 << 30, stdio: ['ignore', 'pipe', 'ignore'] });
}

function withEngine(path, chunk, use) {
  const engine = load(module, readTrace(path), chunk);
  try {
    return use(engine);
  } finally {
    engine.delete();
  }
}

function summaryOfAll(engine) {
  engine.select('{}');
  return engine.summary();
}

test('golden captures give the native columns', () => {
  assert.ok(captures.length > 50);
  for (const path of captures) {
    const expected = native(path, '--csv', '-');
    for (const chunk of [1 << 20, 1000, 17]) assert.equal(String(withEngine(path, chunk, columns)), expected, `${path} by ${chunk}`);
  }
});

test('definitions and their pandas lines are the native ones', () => {
  const tool = fileURLToPath(new URL('../../build/native/tests/open_file', import.meta.url));
  for (const name of ['tcp_dsack.pcap', 'dns.pcap', 'icmp_ping.pcap']) {
    const path = `${GOLDEN}captures/${name}`;
    const { definitions } = JSON.parse(execFileSync(tool, [path], { encoding: 'utf8' }));
    assert.ok(definitions.figures.rtt_ms.pandas.length > 0);
    assert.deepEqual(JSON.parse(withEngine(path, 1 << 20, (engine) => engine.definitions(name))), definitions);
  }
});

test('a file of another kind fails with a reason', () => {
  const engine = load(module, Buffer.from('\x89PNG\r\n\x1a\n' + 'x'.repeat(500), 'latin1'));
  const status = JSON.parse(engine.status());
  engine.delete();
  assert.equal(status.state, 'failed');
  assert.match(status.failure, /PNG/);
});

const lab = CORPUS && `${CORPUS}/course/uchicagocs-20220922.pcap`;
if (!lab) console.log("skipped: the course's trace (no corpus: TRACEDROP_CORPUS, or ../shared/corpus)");
test("the course's trace gives the native summary", { skip: !lab && 'no corpus' }, () => {
  for (const path of [lab, lab.replace(/pcap$/, 'csv')]) {
    const expected = JSON.parse(native(path, '--summary=json'));
    const summary = JSON.parse(withEngine(path, 1 << 20, summaryOfAll));
    for (const name of ['packets', 'total_time_s', 'active_time_s', 'rtt_ms', 'retransmissions', 'lost', 'size_mean', 'iat_p90_s']) {
      assert.equal(summary[name], expected[name], `${name} of ${path}`);
    }
  }
});
