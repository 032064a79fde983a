// One file in one engine: reading it, and answering about it while and after it is read.
import { nextTask } from '../next_task.js';
import { FileBytes } from './file_bytes.js';
import { chunksOf, inflatedChunksOf } from './reading.js';

/** @import { Also, Progress, Quantity, Selection, Status, Summary, Timeline, View, Warning } from './protocol.js' */

/** Of a copy into the engine's memory: what a processor's second cache holds while it is parsed. */
const INPUT_MAX = 512 << 10;
const BLOB_SIZE = 4 << 20;
const PROGRESS_MS = 200;
/** Queued calls are answered at least this often while a file is read. */
const ANSWER_MS = 12;
const CSV_ROWS = 20_000;
/** Corners of an exported CDF: every one of them up to this many. */
const CDF_EXPORT_POINTS = 4_000_000;

export class Session {
  /** @param {EngineModule} module */
  constructor(module) {
    this.module = module;
    /** @type {Selection} */
    this.selection = {};
    this.shownName = '';
    /** What went wrong outside the engine. @type {Warning[]} */
    this.warnings = [];
    this.bytes = new FileBytes([]);
    this.engine = this.newEngine();
  }

  newEngine() {
    return new this.module.Engine((offset, length, address) => {
      const bytes = this.bytes.read(offset, length);
      this.module.HEAPU8.set(bytes, address);
      return bytes.length;
    });
  }

  /** @param {Blob} file @param {(p: Progress) => void} onProgress @returns {Promise<Status>} */
  async read(file, onProgress) {
    this.bytes = new FileBytes([file]);
    const report = this.reporter(file.size, onProgress);
    await this.pushAll(chunksOf(file), (chunk) => report.add(chunk.length), report);
    if (this.status().needsInflating) await this.readInflated(file, onProgress);
    this.engine.finish();
    return this.status();
  }

  /** @param {Blob} file @param {(p: Progress) => void} onProgress */
  async readInflated(file, onProgress) {
    this.engine.delete();
    this.engine = this.newEngine();
    this.bytes = new FileBytes([]);
    const report = this.reporter(file.size, onProgress);
    /** @type {BlobPart[]} */
    let held = [];
    let heldSize = 0;
    const keep = () => {
      if (heldSize > 0) this.bytes.append(new Blob(held));
      held = [];
      heldSize = 0;
    };
    const inflated = inflatedChunksOf(file, (count) => report.add(count));
    await this.pushAll(
      inflated,
      (chunk) => {
        held.push(/** @type {Uint8Array<ArrayBuffer>} */ (chunk));
        heldSize += chunk.length;
        if (heldSize >= BLOB_SIZE) keep();
      },
      report,
    );
    keep();
  }

  /**
   * @param {AsyncIterable<Uint8Array>} chunks
   * @param {(chunk: Uint8Array) => void} note
   * @param {{ tell(): void }} report
   */
  async pushAll(chunks, note, report) {
    let answered = performance.now();
    try {
      for await (const chunk of chunks) {
        note(chunk);
        if (!this.push(chunk)) break;
        report.tell();
        if (performance.now() - answered > ANSWER_MS) {
          await nextTask();
          answered = performance.now();
        }
      }
    } catch (error) {
      this.warnings.push(unreadable(error, this.status()));
    }
  }

  /** @param {Uint8Array} chunk */
  push(chunk) {
    for (let at = 0; at < chunk.length; at += INPUT_MAX) {
      const part = chunk.subarray(at, at + INPUT_MAX);
      const address = this.engine.input(part.length);
      this.module.HEAPU8.set(part, address);
      if (!this.engine.push(part.length)) return false;
    }
    return true;
  }

  /** @param {number} total @param {(p: Progress) => void} onProgress */
  reporter(total, onProgress) {
    let read = 0;
    let told = -Infinity;
    return {
      add: (/** @type {number} */ bytes) => void (read += bytes),
      tell: () => {
        const now = performance.now();
        if (now - told < PROGRESS_MS) return;
        told = now;
        onProgress({ read, total, packets: this.status().packets });
      },
    };
  }

  /** @returns {Status} */
  status() {
    const status = JSON.parse(this.engine.status());
    status.warnings.push(...this.warnings);
    return status;
  }

  /** @param {Selection} selection @param {number} points @param {Also} also @returns {View} */
  view(selection, points, also) {
    const whole = also.whole ? this.wholeSummary() : undefined;
    this.selection = selection;
    this.shownName = '';
    const { selected } = JSON.parse(this.engine.select(JSON.stringify(selection)));
    this.engine.show('');
    return {
      read: this.status().packets,
      selected,
      summary: JSON.parse(this.engine.summary()),
      whole,
      cdf: { size: this.cdf('size', points), iat: this.cdf('iat', points) },
      percentiles: {
        size: this.engine.percentile('size', also.percentile),
        iat: this.engine.percentile('iat', also.percentile),
      },
      groups: also.grouping ? JSON.parse(this.engine.groups(also.grouping)) : null,
      timeline: also.timeline ? this.timeline(also.timeline.selection, also.timeline.bins) : undefined,
    };
  }

  /** @returns {Summary} */
  wholeSummary() {
    this.engine.select('{}');
    return JSON.parse(this.engine.summary());
  }

  /** @param {Quantity} quantity @param {number} points */
  cdf(quantity, points) {
    return this.engine.distribution(quantity, points).slice(); // the engine's view dies with its next call
  }

  /** @param {string} name */
  show(name) {
    this.shownName = name;
    return this.engine.show(name);
  }

  /** @param {Selection} selection @param {number} bins @returns {Timeline | null} */
  timeline(selection, bins) {
    const [asked, current] = [selection, this.selection].map((one) => JSON.stringify(one));
    if (asked !== current) this.engine.select(asked);
    const timeline = JSON.parse(this.engine.timeline(bins));
    if (asked !== current) {
      this.engine.select(current); // and its answers are computed anew
      this.engine.show(this.shownName);
    }
    return timeline.packets ? timeline : null;
  }

  /** @param {(done: number, total: number) => void} onProgress */
  async csv(onProgress) {
    const total = this.engine.show(this.shownName);
    /** @type {Blob[]} */
    const parts = [];
    for (let first = 0; first < total || first === 0; first += CSV_ROWS) {
      parts.push(new Blob([this.engine.csv(first, CSV_ROWS)]));
      onProgress(Math.min(first + CSV_ROWS, total), total);
      await nextTask();
    }
    return new Blob(parts, { type: 'text/csv' });
  }

  /** @param {Quantity} quantity */
  cdfCsv(quantity) {
    const corners = this.cdf(quantity, CDF_EXPORT_POINTS);
    const lines = [quantity === 'size' ? 'size_bytes,cdf' : 'interarrival_s,cdf'];
    for (let i = 0; i < corners.length; i += 2) lines.push(`${corners[i]},${corners[i + 1]}`);
    return new Blob([lines.join('\n'), '\n'], { type: 'text/csv' });
  }
}

/** @param {unknown} error @param {Status} status @returns {Warning} */
function unreadable(error, status) {
  const reason = error instanceof Error && error.message ? ` (${error.message})` : '';
  const inflating = error instanceof TypeError;
  const text = inflating
    ? `The gzip data is damaged or cut off${reason}. Everything inflated before that is shown.`
    : `The browser could not read the file any further${reason}. Everything read before that is shown. ` +
      'If the file is still being written, or belongs to another user, copy it and open the copy.';
  return {
    severity: 'error',
    code: inflating ? 'gzip-damaged' : 'unreadable',
    text,
    offset: status.bytesRead,
    count: 1,
  };
}
