// The page's side of the worker: one worker a file, and a spare one that has compiled the engine before it is needed.
//
// A worker can go at any time: an error that nothing catches, an engine call that ends in the middle, a browser that ends
// it for want of memory. What was asked of it is then not waited for: every call under way, and every later one, rejects
// with WorkerGone. An error is told by the browser; an end without a word is noticed by a lock that the worker holds as
// long as it lives, and the page waits for.
import { proxy, wrap } from 'comlink';
import engineText from 'virtual:engine';
import sampleText from 'virtual:sample';
import workerText from 'virtual:worker';
import { bytesOf } from './worker/base64.js';
import { REFUSAL } from './worker/refusal.js';

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

/** So long a worker may take for its first answer: before that it holds no lock that would tell of its end. */
const BIRTH_MS = 20_000;

/** The worker is gone, and all it held with it; the message says of what. */
export class WorkerGone extends Error {}

/** What the worker says no to, for a reason of which it does not perish. @param {unknown} error */
export const isRefusal = (error) => error instanceof Error && error.name === REFUSAL;

/** A worker with its engine started, ready for one file. */
export class EngineWorker {
  constructor() {
    this.worker = new Worker(workerUrl);
    /** Set once the worker has gone by itself. @type {WorkerGone | null} */
    this.lost = null;
    this.ended = false;
    this.onLost = (/** @type {WorkerGone} */ _why) => {};
    /** What rejects the calls under way. @type {Set<(why: WorkerGone) => void>} */
    this.waiting = new Set();
    this.remote = this.guarded(wrap(this.worker));
    /** Resolves, as an empty answer, when the worker is ended. @type {Promise<never[]>} */
    this.gone = new Promise((resolve) => (this.tellGone = () => resolve([])));
    this.worker.onerror = (event) => {
      event.preventDefault(); // it is told on the page
      this.lose(`of an error: ${event.message || 'it could not start'}`);
    };
    this.worker.onmessageerror = () => this.lose('of an answer that could not be read');
    this.started = this.start();
    this.started.catch(() => {}); // told by open()
  }

  async start() {
    await this.watch();
    engine = await this.remote.start(engine);
  }

  /** Notices the worker's end where there are locks: over https, on this computer, from a file. */
  async watch() {
    const name = `tracedrop-worker-${Math.random()}`;
    const end = () => this.lose('without a word; a browser ends it when memory runs short');
    const stillborn = setTimeout(end, BIRTH_MS);
    const holds = await this.remote.live(name).finally(() => clearTimeout(stillborn));
    if (holds) navigator.locks.request(name, end).catch(() => {}); // the page itself is being closed
  }

  /** Calls that do not outlive the worker. @param {Comlinked<Remote>} remote @returns {Comlinked<Remote>} */
  guarded(remote) {
    return new Proxy(remote, {
      get:
        (_, name) =>
        (/** @type {unknown[]} */ ...values) =>
          this.answer(() => /** @type {any} */ (remote)[name](...values)),
    });
  }

  /** @template T @param {() => Promise<T>} ask @returns {Promise<T>} */
  answer(ask) {
    return new Promise((resolve, reject) => {
      if (this.lost) return reject(this.lost);
      this.waiting.add(reject);
      ask()
        .then(resolve, (error) => {
          if (!isRefusal(error)) this.lose(`of an error: ${error instanceof Error ? error.message : error}`);
          reject(this.lost ?? error);
        })
        .finally(() => this.waiting.delete(reject));
    });
  }

  /** @param {string} cause */
  lose(cause) {
    if (this.lost || this.ended) return;
    this.lost = new WorkerGone(`the part of the page that reads and computes has ended ${cause}`);
    this.worker.terminate();
    for (const reject of this.waiting) reject(this.lost);
    this.waiting.clear();
    this.onLost(this.lost);
  }

  /**
   * @param {Blob} file
   * @param {(p: Progress) => void} onProgress
   * @param {() => void} onWarning
   * @returns {Promise<Status>}
   */
  async open(file, onProgress, onWarning) {
    await this.started;
    return this.remote.open(file, proxy(onProgress), proxy(onWarning));
  }

  /** Gives all of its memory back. Calls that are under way never resolve. */
  end() {
    this.ended = true;
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
  const worker = spare && !spare.lost ? spare : new EngineWorker();
  spare = null;
  return worker;
}
