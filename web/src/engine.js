// The page's side of the worker: one worker a file, and a spare one that has compiled the engine before it is needed.
import { proxy, wrap } from 'comlink';
import engineText from 'virtual:engine';
import sampleText from 'virtual:sample';
import workerText from 'virtual:worker';
import { bytesOf } from './worker/base64.js';

/** @import { Remote as Comlinked } from 'comlink' */
/** @import { Progress, Remote, Status } from './worker/protocol.js' */

/** The engine: as it was packed, until the first worker has unpacked it. @type {string | Uint8Array} */
let engine = engineText;

/** The capture that the page shows what it can do with. */
export async function sampleCapture() {
  const inflated = new Blob([bytesOf(sampleText)]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(inflated).arrayBuffer());
}

const workerUrl = URL.createObjectURL(new Blob([workerText], { type: 'text/javascript' }));

/** A worker with its engine started, ready for one file. */
export class EngineWorker {
  constructor() {
    this.worker = new Worker(workerUrl);
    /** @type {Comlinked<Remote>} */
    this.remote = wrap(this.worker);
    /** Resolves, as an empty answer, when the worker is ended. @type {Promise<never[]>} */
    this.gone = new Promise((resolve) => (this.tellGone = () => resolve([])));
    /** Rejects when the worker itself breaks, so that nobody waits for its answer for ever. @type {Promise<never>} */
    this.broken = new Promise((_, reject) => {
      this.worker.onerror = (event) => reject(new Error(event.message || 'the worker could not start'));
    });
    this.started = this.start();
    this.started.catch(() => {}); // told by open()
  }

  async start() {
    engine = await Promise.race([this.remote.start(engine), this.broken]);
  }

  /**
   * @param {Blob} file
   * @param {(p: Progress) => void} onProgress
   * @param {() => void} onWarning
   * @returns {Promise<Status>}
   */
  async open(file, onProgress, onWarning) {
    await this.started;
    return Promise.race([this.remote.open(file, proxy(onProgress), proxy(onWarning)), this.broken]);
  }

  /** Gives all of its memory back. Calls that are under way never resolve. */
  end() {
    this.worker.terminate();
    this.tellGone?.();
  }
}

/** @type {EngineWorker | null} */
let spare = null;

/** Starts a worker ahead of need, and has it practise while nobody waits for it. */
export function warmUp() {
  if (spare) return;
  const worker = (spare = new EngineWorker());
  Promise.all([sampleCapture(), worker.started])
    .then(([capture]) => worker.remote.practise(capture))
    .catch(() => {}); // told by open()
}

export function takeWorker() {
  const worker = spare ?? new EngineWorker();
  spare = null;
  return worker;
}
