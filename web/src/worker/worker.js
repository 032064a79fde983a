// The worker: a classic script, made from a Blob, with Emscripten's glue before it. protocol.js says what it answers.
import { expose, transfer } from 'comlink';
import { practise } from './practice.js';
import { Session } from './session.js';
import { unpacked } from './unpacking.js';

/** @import { Remote } from './protocol.js' */

/** @type {EngineModule} */
let module;
/** @type {Session} */
let session;
let isOpen = false;

/** @type {Remote} */
const remote = {
  live,
  async start(engine) {
    const wasm = typeof engine === 'string' ? unpacked(engine) : engine;
    module = await createTraceDropEngine({ wasmBinary: wasm });
    session = new Session(module);
    return wasm;
  },
  practise: (capture) => practise(module, capture, () => isOpen),
  open(file, onProgress, onWarning) {
    isOpen = true;
    return session.read(file, onProgress, onWarning);
  },
  status: () => session.status(),
  definitions: (fileName) => JSON.parse(session.engine.definitions(fileName)),
  view(selection, points, also) {
    const view = session.view(selection, points, also);
    return transfer(view, [view.cdf.size.buffer, view.cdf.iat.buffer]);
  },
  show: (name) => session.show(name),
  rows: (first, count) => session.rows(first, count),
  positionOf: (number) => session.engine.positionOf(number),
  timeline: (selection, bins) => session.timeline(selection, bins),
  percentile: (quantity, p) => session.engine.percentile(quantity, p),
  groups: (by) => session.groups(by),
  details: (number, onProgress) => session.details(number, onProgress),
  csv: (onProgress) => session.csv(onProgress),
  cdfCsv: (quantity) => session.cdfCsv(quantity),
};

/** Holds a lock for as long as this worker lives; whether it could. @param {string} name */
function live(name) {
  return new Promise((/** @type {(holds: boolean) => void} */ resolve) => {
    const held = () => {
      resolve(true);
      return new Promise(() => {});
    };
    if (!navigator.locks) resolve(false);
    else navigator.locks.request(name, held).catch(() => resolve(false));
  });
}

// What nobody waits for goes to the page as an error, too.
addEventListener('unhandledrejection', ({ reason }) => {
  throw reason;
});
expose(remote);
