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
  csv: (onProgress) => session.csv(onProgress),
  cdfCsv: (quantity) => session.cdfCsv(quantity),
};

expose(remote);
