// One open file: its worker, what is selected of it, and every figure that follows from that. The page draws what
// stands here each time it is told that something has changed; an ended trace tells nothing any more.
import { proxy } from 'comlink';
import { takeWorker } from './engine.js';
import { counted, percent } from './format.js';
import { breaksAt } from './time_axis.js';

/** @import { Evidence } from './quick_look.js' */
/** @import { Range } from './time_line.js' */
/** @import { Definitions, Group, Grouping, Progress, Quantity } from './worker/protocol.js' */
/** @import { Selection, Status, Summary, Timeline, View } from './worker/protocol.js' */

/** Corners a chart is given: several for every pixel it is wide. */
const CDF_POINTS = 4000;
/** The same while a file is read, when they are drawn again soon. */
const EARLY_CDF_POINTS = 600;
/**
 * While a file is read, figures are made again when it has grown by this factor, and when so many times as long has
 * passed as making them takes: few times, whatever its size.
 */
const REFRESH_GROWTH = 3;
const REFRESH_PAUSE = 8;
/** What will be there that soon is not made before. */
const SOON_MS = 700;
/** How much of what lies behind the trimmed end stays in sight, to move the boundary in. */
const TRIM_MARGIN = 0.08;

/**
 * @typedef {object} Host  who shows the trace
 * @property {() => void} changed
 * @property {() => Promise<unknown>} drawn  resolves when everything told so far is on the page
 * @property {(text: string) => void} announce
 * @property {() => number} bins  how many bins the timeline has room for
 */

/** @type {Evidence} */
const WHOLE_SELECTION = { name: '', label: '' };

export class OpenTrace {
  /** @param {File} file @param {Host} host */
  constructor(file, host) {
    this.file = file;
    this.host = host;
    this.worker = takeWorker();
    this.remote = this.worker.remote;
    this.ended = false;
    /** @type {'loading' | 'ready' | 'failed'} */
    this.state = 'loading';
    this.failure = '';
    /** @type {Progress} */
    this.progress = { read: 0, total: file.size, packets: 0 };
    /** Known when the file has been read. @type {Status | null} */
    this.status = null;
    /** @type {Definitions | null} */
    this.definitions = null;

    /** @type {Selection} */
    this.selection = {};
    this.selected = 0;
    /** Of the selection. @type {Summary | null} */
    this.summary = null;
    /** Of all packets. @type {Summary | null} */
    this.whole = null;
    /** @type {Record<Quantity, Float64Array>} */
    this.cdf = { size: new Float64Array(), iat: new Float64Array() };
    this.percentile = 99;
    /** @type {Partial<Record<Quantity, number>>} */
    this.percentiles = {};
    /** @type {Grouping | ''} */
    this.grouping = '';
    /** @type {Group[] | null} */
    this.groups = null;

    /** @type {Timeline | null} */
    this.timeline = null;
    /** What the timeline spans. @type {Range} */
    this.extent = { from: 0, to: 0 };
    /** @type {Range | null} */
    this.brush = null;
    /** @type {Range | null} */
    this.zoom = null;

    /** The packets in the table. */
    this.evidence = WHOLE_SELECTION;
    this.shown = 0;
    /** Counts up whenever other packets stand at the same rows. */
    this.version = 0;
    /** How far an export is, in words. */
    this.exporting = '';

    /** The selection to compute next: the latest, so that a drag never queues up. @type {Selection | null} */
    this.wanted = null;
    /** @type {Promise<void> | null} */
    this.computing = null;
    /** When reading began. */
    this.opened = 0;
    /** Packets and time from which the figures are made again. */
    this.nextRefresh = { packets: 1, at: 0 };
  }

  /** @param {Partial<OpenTrace>} changes */
  change(changes) {
    if (this.ended) return;
    Object.assign(this, changes);
    this.host.changed();
  }

  /** @param {string} text */
  announce(text) {
    if (!this.ended) this.host.announce(text);
  }

  /** Gives all memory back. */
  end() {
    this.ended = true;
    this.worker.end();
  }

  // ---- reading ----

  async read() {
    this.opened = performance.now();
    this.fetchDefinitions().catch(() => {}); // what is wrong with the worker, open() tells
    try {
      const status = await this.worker.open(this.file, (progress) => this.onProgress(progress));
      if (status.state === 'failed') this.fail(status.failure);
      else await this.finish(status);
    } catch (error) {
      this.fail(`Reading stopped: ${error instanceof Error ? error.message : error}.`);
    }
  }

  async fetchDefinitions() {
    await this.worker.started;
    this.change({ definitions: await this.remote.definitions() });
  }

  /** @param {Progress} progress */
  onProgress(progress) {
    if (this.state !== 'loading') return;
    this.change({ progress });
    const begun = performance.now();
    if (progress.packets < this.nextRefresh.packets || begun < this.nextRefresh.at) return;
    const left_ms = ((begun - this.opened) * (progress.total - progress.read)) / progress.read;
    if (this.summary && left_ms < SOON_MS) return;
    this.nextRefresh = { packets: progress.packets * REFRESH_GROWTH, at: Infinity };
    this.refresh()
      .catch(() => {}) // read() tells what went wrong
      .finally(() => (this.nextRefresh.at = performance.now() + REFRESH_PAUSE * (performance.now() - begun)));
  }

  /** @param {Status} status */
  async finish(status) {
    // The marks show in the browser's developer tools, and to tests/benchmark.
    performance.mark('file-read');
    this.change({ status });
    await this.refresh();
    performance.mark('figures-known');
    await this.host.drawn();
    this.change({ state: 'ready' });
    performance.mark('page-drawn');
    this.announce(`${counted(status.packets, 'packet')} read from ${this.file.name}`);
  }

  /** @param {string} failure */
  fail(failure) {
    this.change({ state: 'failed', failure });
    this.announce(failure);
    this.end();
  }

  /** Everything as of the packets read by now. */
  async refresh() {
    await this.compute(this.selection);
    await this.fetchTimeline();
  }

  // ---- selecting ----

  /** @param {Selection} selection */
  compute(selection) {
    this.selection = selection;
    this.wanted = selection;
    this.computing ??= this.computeWanted().finally(() => (this.computing = null));
    return this.computing;
  }

  async computeWanted() {
    while (this.wanted) {
      const selection = this.wanted;
      this.wanted = null;
      const points = this.status ? CDF_POINTS : EARLY_CDF_POINTS;
      await this.take(await this.remote.view(selection, points), selection);
      await this.followUp();
    }
  }

  /** @param {View} view @param {Selection} selection */
  async take(view, selection) {
    const isFirst = this.summary === null;
    this.change({
      summary: view.summary,
      whole: Object.keys(selection).length === 0 ? view.summary : this.whole,
      selected: view.selected,
      shown: view.selected,
      evidence: WHOLE_SELECTION,
      version: this.version + 1,
    });
    if (isFirst) await this.host.drawn(); // the first rows do not wait for the charts
    this.change({ cdf: view.cdf });
  }

  /** What is computed for a selection besides its view. */
  async followUp() {
    const [size, iat] = await Promise.all([
      this.remote.percentile('size', this.percentile),
      this.remote.percentile('iat', this.percentile),
    ]);
    const groups = this.grouping ? await this.remote.groups(this.grouping) : null;
    this.change({ percentiles: { size, iat }, groups });
  }

  async fetchTimeline() {
    const { zoom } = this;
    const timeline = await this.remote.timeline(zoom ? { from_s: zoom.from, to_s: zoom.to } : {}, this.host.bins());
    if (zoom !== this.zoom) return;
    this.change({ timeline, extent: zoom ?? { from: timeline?.from_s ?? 0, to: timeline?.to_s ?? 0 } });
  }

  /** @param {Range & { done: boolean }} brush  done: the hand has let go */
  async setBrush({ from, to, done }) {
    const everything = !this.zoom && from <= this.extent.from && to >= this.extent.to;
    this.change({ brush: everything && done ? null : { from, to } });
    await this.compute(everything ? {} : { from_s: from, to_s: to });
    if (done) this.announce(`${counted(this.selected, 'packet')} selected`);
  }

  async selectAll() {
    this.change({ brush: null, zoom: null });
    await Promise.all([this.compute({}), this.fetchTimeline()]);
    this.announce(`All ${counted(this.selected, 'packet')} selected`);
  }

  async trim() {
    const active = this.whole?.active_time_s ?? 0;
    const total = this.whole?.total_time_s ?? active;
    this.change({
      brush: { from: 0, to: active },
      zoom:
        active > 0 && !breaksAt({ from: 0, to: total }, active)
          ? { from: 0, to: Math.min(active * (1 + TRIM_MARGIN), total) }
          : null,
    });
    await Promise.all([this.compute({ active: true }), this.fetchTimeline()]);
    this.announce(`Idle tail trimmed: ${counted(this.selected, 'packet')} selected`);
  }

  async zoomIn() {
    this.change({ zoom: this.brush });
    await this.fetchTimeline();
  }

  // ---- looking ----

  /** @param {Evidence} evidence */
  async show(evidence) {
    const shown = await this.remote.show(evidence.name);
    this.change({ evidence, shown, version: this.version + 1 });
    this.announce(`${counted(shown, 'packet')} shown${evidence.label ? `: ${evidence.label}` : ''}`);
  }

  /** Rows of the table; none once the trace has ended. @param {number} first @param {number} count */
  rows(first, count) {
    return Promise.race([this.remote.rows(first, count), this.worker.gone]);
  }

  /** Packets per bin of a part; nothing once the trace has ended. @param {Selection} part @param {number} bins */
  bins(part, bins) {
    return Promise.race([this.remote.timeline(part, bins), this.worker.gone.then(() => null)]);
  }

  /** @param {number} p */
  async setPercentile(p) {
    this.percentile = p;
    await this.followUp();
  }

  /** @param {Grouping | ''} grouping */
  async setGrouping(grouping) {
    this.change({ grouping, groups: null });
    if (grouping) await this.followUp();
  }

  // ---- exporting ----

  /** The rows of the table, as csv. */
  async rowsAsCsv() {
    const tell = proxy((/** @type {number} */ done, /** @type {number} */ total) => {
      if (done < total) this.change({ exporting: `Exporting ${percent(done / total)}` });
    });
    this.change({ exporting: 'Exporting…' });
    try {
      return await this.remote.csv(tell);
    } finally {
      this.change({ exporting: '' });
    }
  }

  /** @param {Quantity} quantity */
  cdfAsCsv(quantity) {
    return this.remote.cdfCsv(quantity);
  }
}
