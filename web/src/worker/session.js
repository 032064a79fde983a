// One file in one engine: reading it, and answering about it while and after it is read.
import { nextTask } from '../next_task.js';
import { Details } from './details.js';
import { FileBytes } from './file_bytes.js';
import { chunksOf } from './reading.js';
import { refusal } from './refusal.js';

/** @import { Also, Group, Grouping, Progress, Quantity, Selection, Status, Summary, Timeline, View, Warning } from './protocol.js' */

/** Of a copy into the engine's memory: what a processor's second cache holds while it is parsed. */
const INPUT_MAX = 512 << 10;
/** The same of a gzip file, whose bytes may stand for a thousand each. */
const COMPRESSED_MAX = 32 << 10;
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
    /** What went wrong outside the engine, each once. @type {Warning[]} */
    this.warnings = [];
    this.onWarning = () => {};
    this.bytes = new FileBytes(new Blob([]));
    this.engine = this.newEngine();
    this.packets = new Details(this.engine);
  }

  newEngine() {
    return new this.module.Engine(
      (offset, length, address) => {
        const bytes = this.bytes.read(offset, length);
        this.module.HEAPU8.set(bytes, address);
        return bytes.length;
      },
      (address, length) => this.bytes.keep(this.module.HEAPU8.slice(address, address + length)),
    );
  }

  /**
   * @param {Blob} file
   * @param {(p: Progress) => void} onProgress
   * @param {() => void} onWarning  status() has another warning, later than at the end of reading
   * @returns {Promise<Status>}
   */
  async read(file, onProgress, onWarning) {
    this.onWarning = onWarning;
    this.bytes = new FileBytes(file, { onChanged: (isKept) => this.warn(changed(isKept)) });
    const report = this.reporter(file.size, onProgress);
    try {
      if (await this.pushAll(chunksOf(file), report)) this.bytes.end();
    } catch (error) {
      this.warn(unreadable(error, this.status()));
    }
    this.engine.finish();
    return this.status();
  }

  /**
   * In pieces that the engine takes in a few milliseconds, so that calls are answered meanwhile.
   * @param {AsyncIterable<Uint8Array>} chunks
   * @param {ReturnType<Session['reporter']>} report
   * @returns {Promise<boolean>} whether the engine took all of them
   */
  async pushAll(chunks, report) {
    let answered = performance.now();
    let most = INPUT_MAX;
    for await (const chunk of chunks) {
      this.bytes.take(chunk);
      for (let at = 0; at < chunk.length; ) {
        const part = chunk.subarray(at, at + most);
        at += part.length;
        if (!this.push(part)) return false;
        report.add(part.length);
        report.tell();
        if (performance.now() - answered > ANSWER_MS) {
          await nextTask();
          answered = performance.now();
        }
        if (this.engine.isCompressed()) most = COMPRESSED_MAX;
      }
    }
    return true;
  }

  /** @param {Uint8Array} part */
  push(part) {
    const address = this.engine.input(part.length);
    this.module.HEAPU8.set(part, address);
    return this.engine.push(part.length);
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

  /** @param {Warning} warning */
  warn(warning) {
    if (this.warnings.some(({ code }) => code === warning.code)) return;
    this.warnings.push(warning);
    this.onWarning();
  }

  /**
   * What the engine told, or `otherwise` where there was no memory for it.
   * @template T
   * @param {string} json
   * @param {T} otherwise
   */
  told(json, otherwise) {
    if (this.engine.lackedMemory()) this.warn(NO_MEMORY);
    return json ? JSON.parse(json) : otherwise;
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
    const { selected } = this.told(this.engine.select(JSON.stringify(selection)), { selected: 0 });
    this.engine.show('');
    return {
      read: this.status().packets,
      selected,
      summary: this.summary(),
      whole,
      cdf: { size: this.cdf('size', points), iat: this.cdf('iat', points) },
      percentiles: {
        size: this.engine.percentile('size', also.percentile),
        iat: this.engine.percentile('iat', also.percentile),
      },
      groups: also.grouping ? this.groups(also.grouping) : null,
      timeline: also.timeline ? this.timeline(also.timeline.selection, also.timeline.bins) : undefined,
    };
  }

  /** @returns {Summary} */
  wholeSummary() {
    this.engine.select('{}');
    return this.summary();
  }

  /** Of what is selected. @returns {Summary} */
  summary() {
    const summary = this.told(this.engine.summary(), null);
    if (!summary) throw refusal(NO_MEMORY.text);
    return summary;
  }

  /** @param {Grouping} by @returns {Group[] | null} */
  groups(by) {
    return this.told(this.engine.groups(by), null);
  }

  /** @param {number} first @param {number} count @returns {string[][]} */
  rows(first, count) {
    return this.told(this.engine.rows(first, count), []);
  }

  /** @param {Quantity} quantity @param {number} points */
  cdf(quantity, points) {
    const corners = this.engine.distribution(quantity, points)?.slice(); // the engine's view dies with its next call
    return this.told('', corners ?? new Float64Array(0));
  }

  /** @param {string} name */
  show(name) {
    this.shownName = name;
    return this.engine.show(name);
  }

  /** @param {Selection} selection @param {number} bins @returns {Timeline | null} */
  timeline(selection, bins) {
    const timeline = this.told(this.engine.timeline(JSON.stringify(selection), bins), {});
    return timeline.packets ? timeline : null;
  }

  /** @param {(done: number, total: number) => void} onProgress */
  async csv(onProgress) {
    const total = this.engine.show(this.shownName);
    /** @type {Blob[]} */
    const parts = [];
    for (let first = 0; first < total || first === 0; first += CSV_ROWS) {
      const lines = this.engine.csv(first, CSV_ROWS);
      if (!lines) throw refusal(NO_MEMORY.text);
      if (this.bytes.isLost) throw refusal('The file is not what was read any more, and rows of it are lost.');
      parts.push(new Blob([lines]));
      onProgress(Math.min(first + CSV_ROWS, total), total);
      await nextTask();
    }
    return new Blob(parts, { type: 'text/csv' });
  }

  /** @param {number} number @param {(reached: number) => void} onProgress */
  async details(number, onProgress) {
    const details = await this.packets.of(number, onProgress);
    if (this.engine.lackedMemory()) throw refusal(NO_MEMORY.text);
    return details;
  }

  /** @param {Quantity} quantity */
  cdfCsv(quantity) {
    const corners = this.cdf(quantity, CDF_EXPORT_POINTS);
    const lines = [quantity === 'size' ? 'size_bytes,cdf' : 'interarrival_s,cdf'];
    for (let i = 0; i < corners.length; i += 2) lines.push(`${corners[i]},${corners[i + 1]}`);
    return new Blob([lines.join('\n'), '\n'], { type: 'text/csv' });
  }
}

/** @type {Warning} */
const NO_MEMORY = {
  severity: 'error',
  code: 'no-memory',
  text:
    'There was not enough memory for all that was asked: what is missing was not computed. A part of the file ' +
    '(editcap -r, tshark -w), or fewer open tabs, need less.',
};

/** @param {boolean} isKept  the bytes that were read are at hand @returns {Warning} */
const changed = (isKept) => ({
  severity: isKept ? 'note' : 'error',
  code: 'file-changed',
  text:
    'The file was changed, moved or deleted after it was read. ' +
    (isKept
      ? 'All that stands here is of what was read. Open it again to see what it holds now.'
      : 'The figures are of what was read; rows show what is known without the file and no Info, and no rows are ' +
        'exported. If it is still being written, open a copy.'),
});

/** @param {unknown} error @param {Status} status @returns {Warning} */
function unreadable(error, status) {
  const reason = error instanceof Error && error.message ? ` (${error.message})` : '';
  return {
    severity: 'error',
    code: 'unreadable',
    text:
      `The browser could not read the file any further${reason}. Everything read before that is shown. ` +
      'If the file is still being written, or belongs to another user, copy it and open the copy.',
    offset: status.bytesRead,
    count: 1,
  };
}
