// The page's side of the worker: one worker a file, and a spare one that has compiled the engine before it is needed.
import { proxy, wrap } from 'comlink';
import engineText from 'virtual:engine';
import sampleText from 'virtual:sample';
import workerText from 'virtual:worker';

/** @import { Remote as Comlinked } from 'comlink' */
/** @import { Progress, Remote, Status } from './worker/protocol.js' */

/**
 * The bytes of something that vite.config.js packed.
 * @param {string} gzipInBase64
 */
export async function unpack(gzipInBase64) {
  const binary = atob(gzipInBase64);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  const inflated = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(inflated).arrayBuffer());
}

/** @type {Promise<Uint8Array> | null} */
let engineBytes = null;

/** The capture that the page shows what it can do with. */
export const sampleCapture = () => unpack(sampleText);

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
    engineBytes ??= unpack(engineText);
    await Promise.race([this.remote.start(await engineBytes), this.broken]);
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
