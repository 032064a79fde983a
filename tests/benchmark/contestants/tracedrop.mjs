// The page's engine under Node: tracedrop.mjs FILE reads it as the page's worker does, then asks for everything the page
// shows. Prints the times in milliseconds; contestants/engine_time.cpp is its native twin.
import { columns, load, newModule, readTrace } from '../../wasm/engine.mjs';

const WINDOW = 100;
const WINDOWS = 200;
const CDF_POINTS = 4000;

const module = await newModule();
const bytes = readTrace(process.argv[2]);
const clock = () => performance.now();

const begun = clock();
const engine = load(module, bytes);
const loaded = clock();
const { packets } = JSON.parse(engine.status());

/** Statistics and both CDFs of a selection, as the page asks for them. */
function answers(selection) {
  const begun = clock();
  engine.select(JSON.stringify(selection));
  engine.show('');
  engine.summary();
  engine.distribution('size', CDF_POINTS);
  engine.distribution('iat', CDF_POINTS);
  return clock() - begun;
}
const answers_ms = answers({});
const { total_time_s } = JSON.parse(engine.summary());
const part_ms = answers({ from_s: total_time_s / 10, to_s: total_time_s * 0.9 });

/** The slowest of many windows, spread over all rows. */
function slowestWindow() {
  let slowest = 0;
  for (let i = 0; i < WINDOWS; i++) {
    const begun = clock();
    engine.rows(Math.floor((Math.max(packets - WINDOW, 0) * i) / (WINDOWS - 1)), WINDOW);
    slowest = Math.max(slowest, clock() - begun);
  }
  return slowest;
}
engine.select('{}');
engine.show('');
const window_ms = slowestWindow();
const { memory } = JSON.parse(engine.status());

/** Once more, by code that the browser has optimised by now: as a worker does that was warmed up. */
function again() {
  const begun = clock();
  load(module, bytes).delete();
  return clock() - begun;
}

const shown = clock();
const csv_bytes = process.argv.includes('--columns') ? columns(engine).length : 0;
const columns_ms = clock() - shown;
engine.delete();
const again_ms = again();
console.log(
  JSON.stringify({ packets, load_ms: loaded - begun, again_ms, answers_ms, part_ms, window_ms, columns_ms, csv_bytes, memory }),
);
