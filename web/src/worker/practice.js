// Practice: a browser first runs the engine's code as it was compiled in a hurry and optimises what is called often, in
// the background. A worker that waits for its file lets that happen before, with the sample capture and with its rows as
// csv, so that the user's file meets an engine that is at its full speed (a third faster, and most of all at the start).
import { nextTask } from '../next_task.js';

const PRACTICE_MS = 600;
/** As many rows as a table shows at once. */
const WINDOW = 60;
const CDF_POINTS = 600;

/**
 * One trace, from its first byte to the answers.
 * @param {EngineModule} module
 * @param {Uint8Array} bytes
 */
function readOnce(module, bytes) {
  const engine = new module.Engine((offset, length, address) => {
    const part = bytes.subarray(offset, offset + length);
    module.HEAPU8.set(part, address);
    return part.length;
  });
  try {
    const address = engine.input(bytes.length);
    module.HEAPU8.set(bytes, address);
    engine.push(bytes.length);
    engine.finish();
    engine.select('{}');
    const rows = engine.show('');
    engine.summary();
    engine.distribution('size', CDF_POINTS);
    engine.distribution('iat', CDF_POINTS);
    engine.timeline(WINDOW);
    engine.rows(0, WINDOW);
    return engine.csv(0, rows);
  } finally {
    engine.delete();
  }
}

/**
 * Goes on until `isOver()`, or for a short while; gives way between two traces.
 * @param {EngineModule} module
 * @param {Uint8Array} capture
 * @param {() => boolean} isOver
 */
export async function practise(module, capture, isOver) {
  const until = performance.now() + PRACTICE_MS;
  while (performance.now() < until && !isOver()) {
    const csv = readOnce(module, capture).slice();
    readOnce(module, csv);
    await nextTask();
  }
}
