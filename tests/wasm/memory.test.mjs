// Memory ends while the page's engine reads: what was read stays, every answer is given, nothing throws across.
import assert from 'node:assert/strict';
import test from 'node:test';
import { load, newModule } from './engine.mjs';

const PAGE = 64 << 10;
let limit = Infinity;
const grow = WebAssembly.Memory.prototype.grow;
WebAssembly.Memory.prototype.grow = function (pages) {
  if (this.buffer.byteLength + pages * PAGE > limit) throw new RangeError('memory ends here');
  return grow.call(this, pages);
};

/** A pcap of `packets` Ethernet frames, of UDP between as many ports as there are, a microsecond apart. */
function capture(packets) {
  const frame = Buffer.from('0102030405060102030405070800450000200000400040110000' + '0a0000010a000002' + '04d200350008' + '0000' + '01020304', 'hex');
  const record = 16 + frame.length;
  const bytes = Buffer.alloc(24 + packets * record);
  bytes.writeUInt32LE(0xa1b2c3d4, 0);
  bytes.writeUInt32LE(0x00040002, 4);
  bytes.writeUInt32LE(65535, 16);
  bytes.writeUInt32LE(1, 20);
  for (let i = 0, at = 24; i < packets; ++i, at += record) {
    bytes.writeUInt32LE(1_700_000_000 + Math.floor(i / 1e6), at);
    bytes.writeUInt32LE(i % 1e6, at + 4);
    bytes.writeUInt32LE(frame.length, at + 8);
    bytes.writeUInt32LE(frame.length, at + 12);
    frame.copy(bytes, at + 16);
    bytes.writeUInt16BE(i & 0xffff, at + 16 + 34);
  }
  return bytes;
}

/** Everything that the page asks for, of a file of which memory holds a part only. */
async function read(bytes, megabytes) {
  limit = Infinity;
  const module = await newModule();
  limit = megabytes << 20;
  const engine = load(module, bytes);
  const status = JSON.parse(engine.status());
  engine.select('{}');
  const asked = {
    status,
    summary: JSON.parse(engine.summary()),
    definitions: JSON.parse(engine.definitions('trace.pcap')),
    sizes: engine.distribution('size', 100)?.length,
    gaps: engine.distribution('iat', 100)?.length,
    timeline: JSON.parse(engine.timeline('{}', 100)),
    groups: ['direction', 'protocol', 'conversation'].map((by) => JSON.parse(engine.groups(by))),
    shown: engine.show('iat_median_s'),
    lastRow: JSON.parse((engine.show(''), engine.rows(status.packets - 1, 1))),
    lacked: engine.lackedMemory(),
  };
  engine.delete();
  return asked;
}

const PACKETS = 3_000_000;
const bytes = capture(PACKETS);

for (const megabytes of [32, 64, 128]) {
  test(`memory of ${megabytes} MB: as many packets as can be answered for`, async () => {
    const { status, summary, timeline, gaps, sizes, shown, lastRow, lacked } = await read(bytes, megabytes);
    assert.equal(status.state, 'ready');
    assert.ok(status.packets > megabytes * 4_000 && status.packets < PACKETS, `${status.packets} packets`);
    assert.deepEqual(status.warnings.map(({ code }) => code), ['out-of-memory']);
    assert.equal(lacked, false);
    assert.equal(summary.packets, status.packets);
    assert.equal(summary.total_time_s, (status.packets - 1) / 1e6);
    assert.equal(timeline.packets.reduce((sum, count) => sum + count, 0), status.packets);
    assert.ok(gaps > 0 && sizes > 0 && shown > 0);
    assert.equal(lastRow[0][0], String(status.packets));
  });
}

test('a call for which memory does not suffice gives nothing, and says so', async () => {
  limit = Infinity;
  const module = await newModule();
  const engine = load(module, bytes.subarray(0, 24 + (bytes.length - 24) / 2));
  engine.select('{}');
  limit = 0;
  const given = engine.csv(0, PACKETS);
  assert.equal(given, null);
  assert.equal(engine.lackedMemory(), true);
  assert.equal(engine.lackedMemory(), false);
  limit = Infinity;
  assert.equal(JSON.parse(engine.summary()).packets, PACKETS / 2);
  engine.delete();
});
