// Practice: a browser first runs the engine's code as it was compiled in a hurry and optimises what is called often, in
// the background. A worker that waits for its file lets that happen before: it reads the sample capture, many times over,
// and its rows as csv, so that the user's file meets an engine that is at its full speed.
import { nextTask } from '../next_task.js';

const FILE_HEADER = 24;
/** So many that the answers take the ways that large files take. */
const PACKETS = 20_000;
const ROUNDS = 3;
const CHUNK = 128 << 10;
const ROWS = 1000;
const CDF_POINTS = 600;

const nothing = () => {};

/** The packets of a capture over and over. @param {Uint8Array} capture @param {number} times */
function repeated(capture, times) {
  const records = capture.subarray(FILE_HEADER);
  const whole = new Uint8Array(FILE_HEADER + times * records.length);
  whole.set(capture.subarray(0, FILE_HEADER));
  for (let i = 0; i < times; i++) whole.set(records, FILE_HEADER + i * records.length);
  return whole;
}

/**
 * One trace, from its first byte to the answers and its rows, in steps that are short.
 * @param {EngineModule} module
 * @param {Uint8Array} bytes
 * @param {(csv: Uint8Array) => void} take  the rows, in pieces
 */
function* readOnce(module, bytes, take) {
  const engine = new module.Engine((offset, length, address) => {
    const part = bytes.subarray(offset, offset + length);
    module.HEAPU8.set(part, address);
    return part.length;
  }, nothing);
  try {
    for (let at = 0; at < bytes.length; at += CHUNK) {
      const part = bytes.subarray(at, at + CHUNK);
      const address = engine.input(part.length);
      module.HEAPU8.set(part, address);
      engine.push(part.length);
      yield;
    }
    engine.finish();
    engine.select('{}');
    const rows = engine.show('');
    yield;
    engine.summary();
    yield;
    engine.distribution('size', CDF_POINTS);
    engine.distribution('iat', CDF_POINTS);
    engine.timeline('{}', ROWS);
    for (let first = 0; first < rows; first += ROWS) {
      yield;
      engine.rows(first, ROWS / 20);
      const lines = engine.csv(first, ROWS);
      if (lines) take(lines.slice());
    }
  } finally {
    engine.delete();
  }
}

/**
 * @param {EngineModule} module
 * @param {Uint8Array} capture
 * @param {() => boolean} isOver  asked between two steps
 */
export async function practise(module, capture, isOver) {
  const packets = new module.Engine(() => 0, nothing);
  const address = packets.input(capture.length);
  module.HEAPU8.set(capture, address);
  packets.push(capture.length);
  packets.finish();
  const times = Math.ceil(PACKETS / JSON.parse(packets.status()).packets);
  packets.delete();

  const whole = repeated(capture, times);
  for (let round = 0; round < ROUNDS; round++) {
    /** @type {Uint8Array<ArrayBuffer>[]} */
    const rows = [];
    for (const _ of readOnce(module, whole, (csv) => rows.push(/** @type {Uint8Array<ArrayBuffer>} */ (csv)))) {
      await nextTask();
      if (isOver()) return;
    }
    const csv = new Uint8Array(await new Blob(rows).arrayBuffer());
    for (const _ of readOnce(module, csv, () => {})) {
      await nextTask();
      if (isOver()) return;
    }
  }
}
