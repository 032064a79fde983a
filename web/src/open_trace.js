// One open file: its worker, what is selected of it, and every figure that follows from that. The page draws what
// stands here each time it is told that something has changed; an ended trace tells nothing any more.
import { proxy } from 'comlink';
import { EarlyFigures } from './early_figures.js';
import { takeWorker } from './engine.js';
import { counted, percent } from './format.js';
import { breaksAt } from './time_axis.js';

/** @import { Evidence } from './answer_cards.js' */
/** @import { WorkerGone } from './engine.js' */
/** @import { Range } from './time_line.js' */
/** @import { Also, Definitions, Group, Grouping, Progress, Quantity } from './worker/protocol.js' */
/** @import { Selection, Status, Summary, Timeline, View } from './worker/protocol.js' */

/** Corners a chart is given: several for every pixel it is wide. */
const CDF_POINTS = 4000;
/** The same while a file is read, when they are drawn again soon. */
const EARLY_CDF_POINTS = 600;
/** How much of what lies behind the trimmed end stays in sight, to move the boundary in. */
const TRIM_MARGIN = 0.08;

/**
 * @typedef {object} Host  who shows the trace
 * @property {() => void} changed
 * @property {() => Promise<unknown>} drawn  resolves when everything told so far is on the page
 * @property {(text: string) => void} announce
 * @property {() => number} bins  how many bins the timeline has room for
 * @property {(isBrush: boolean) => void} stepped  something else is being looked at now, which can be gone back from
 * @property {(failure: string) => void} failed
 * @property {() => void} lost  nothing more can be computed; what stands there stays
 */

/** @type {Evidence} */
const WHOLE_SELECTION = { name: '', label: '' };

/** @param {Selection} selection */
const isPart = (selection) => Object.keys(selection).length > 0;

/**
 * What can be gone back to.
 * @typedef {object} Look
 * @property {Selection} selection
 * @property {Range | null} brush
 * @property {Range | null} zoom
 * @property {Evidence} evidence
 */

/** @type {Look} */
const UNTOUCHED = { selection: {}, brush: null, zoom: null, evidence: WHOLE_SELECTION };

export class OpenTrace {
  /** @param {File} file @param {Host} host */
  constructor(file, host) {
    this.file = file;
    this.host = host;
    this.worker = takeWorker();
    this.remote = this.worker.remote;
    /** Why nothing more can be asked. @type {WorkerGone | null} */
    this.lost = null;
    this.worker.onLost = (why) => this.lose(why);
    this.ended = false;
    /** @type {'loading' | 'ready' | 'failed'} */
    this.state = 'loading';
    /** @type {Progress} */
    this.progress = { read: 0, total: file.size, packets: 0 };
    /** Known when the file has been read. @type {Status | null} */
    this.status = null;
    /** @type {Definitions | null} */
    this.definitions = null;

    /** @type {Selection} */
    this.selection = {};
    /** Packets that the figures are made of: fewer than have been read while the file is being read. */
    this.counted = 0;
    /** Whether figures were shown before the file was read. */
    this.wasPartial = false;
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
    /** Why they are not being counted. */
    this.uncounted = '';

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
    /** The packet that a text has led to, and one that cannot be shown because it is not selected. */
    this.marked = 0;
    this.outside = 0;
    /** Counts up whenever other packets stand at the same rows. */
    this.version = 0;
    /** How far an export is, in words. */
    this.exporting = '';

    /** The selection to compute next: the latest, so that a drag never queues up. @type {Selection | null} */
    this.wanted = null;
    /** What the figures on the page are of. @type {Look} */
    this.taken = UNTOUCHED;
    /** Whether the timeline and the whole are to be made with it. */
    this.wantsEverything = false;
    /** @type {Promise<void> | null} */
    this.computing = null;
    this.early = new EarlyFigures();
  }

  get isRead() {
    return this.status !== null;
  }

  /** Whether the figures are of a file that was still being read. */
  get isPartial() {
    return this.summary?.partial !== false;
  }

  /** Whether the figures are of a part of the packets. */
  get isNarrowed() {
    return isPart(this.selection);
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

  /** @param {Look | null} [look]  what of it is to be looked at, when it had been open before */
  async read(look) {
    this.fetchDefinitions().catch(() => {}); // what is wrong with the worker, open() tells
    try {
      await this.worker.started;
      this.early.begin();
      const status = await this.worker.open(
        this.file,
        (progress) => this.onProgress(progress),
        () => this.onWarning(),
      );
      if (status.state === 'failed') this.fail(status.failure);
      else await this.finish(status, look);
    } catch (error) {
      if (this.lost && this.summary) return; // lose() has told
      this.fail(`Reading stopped: ${error instanceof Error ? error.message : error}.`);
    }
  }

  async fetchDefinitions() {
    await this.worker.started;
    this.change({ definitions: await this.remote.definitions(this.file.name) });
  }

  /** Something is amiss with the file, or with memory, that was not when it was read. */
  async onWarning() {
    if (!this.isRead) return;
    const status = await this.remote.status().catch(() => null); // lose() tells
    if (status) this.change({ status });
  }

  /** @param {Progress} progress */
  onProgress(progress) {
    if (this.state !== 'loading') return;
    this.change({ progress });
    if (!this.early.areDue(progress, this.summary !== null)) return;
    this.refresh()
      .catch(() => {}) // read() tells what went wrong
      .finally(() => this.early.made());
  }

  /** @param {Status} status @param {Look | null} [look] */
  async finish(status, look) {
    // The marks show in the browser's developer tools, and to tests/benchmark.
    performance.mark('file-read');
    this.status = status; // shown with the figures that belong to it
    if (look) await this.lookAgain(look);
    else await this.refresh();
    performance.mark('figures-known');
    await this.host.drawn();
    this.change({ state: 'ready' });
    performance.mark('page-drawn');
    this.fetchDefinitions().catch(() => {}); // now they are the file's own
    this.announce(`${counted(status.packets, 'packet')} read from ${this.file.name}`);
  }

  /** @param {string} failure */
  fail(failure) {
    if (this.ended) return;
    this.change({ state: 'failed' });
    this.end();
    this.host.failed(failure);
  }

  /** The worker has gone: what was asked for last will not come, and what stands there is of what was asked before. @param {WorkerGone} why */
  lose(why) {
    if (this.ended) return;
    this.lost = why;
    if (!this.summary) return; // read() tells
    const { selection, brush, zoom } = this.taken;
    const state = this.state === 'loading' ? 'failed' : this.state;
    const uncounted = this.groups ? '' : 'Not counted: open the file again.';
    this.change({ selection, brush, zoom, state, uncounted, exporting: '' });
    this.host.lost();
  }

  /** Everything as of the packets read by now, all of the same moment. */
  refresh() {
    return this.compute(this.selection, true);
  }

  // ---- selecting ----

  /** @param {Selection} selection @param {boolean} [everything]  the timeline and the whole too */
  compute(selection, everything = false) {
    this.selection = selection;
    this.wanted = selection;
    this.wantsEverything ||= everything;
    this.computing ??= this.computeWanted().finally(() => (this.computing = null));
    return this.computing;
  }

  async computeWanted() {
    while (this.wanted) {
      const asked = { selection: this.wanted, brush: this.brush, zoom: this.zoom, partial: !this.isRead };
      const also = this.also(asked.selection);
      this.wanted = null;
      this.wantsEverything = false;
      const points = asked.partial ? EARLY_CDF_POINTS : CDF_POINTS;
      await this.take(await this.remote.view(asked.selection, points, also), asked);
    }
  }

  /** @param {Selection} selection @returns {Also} */
  also(selection) {
    const { percentile, grouping } = this;
    if (!this.wantsEverything) return { percentile, grouping };
    const whole = isPart(selection) && (!this.whole || this.whole.partial);
    return { percentile, grouping, whole, timeline: this.timelineWanted() };
  }

  timelineWanted() {
    const { zoom } = this;
    return { selection: zoom ? { from_s: zoom.from, to_s: zoom.to } : {}, bins: this.host.bins() };
  }

  /**
   * @param {View} view
   * @param {{ selection: Selection, brush: Range | null, zoom: Range | null, partial: boolean }} asked
   *   partial: before the file was read
   */
  async take(view, { selection, brush, zoom, partial }) {
    this.taken = { selection, brush, zoom, evidence: WHOLE_SELECTION };
    const isFirst = this.summary === null;
    const summary = { ...view.summary, partial };
    if (!isPart(selection)) this.whole = summary;
    else if (view.whole) this.whole = { ...view.whole, partial };
    this.change({
      summary,
      counted: view.read,
      wasPartial: this.wasPartial || partial,
      selected: view.selected,
      shown: view.selected,
      evidence: WHOLE_SELECTION,
      marked: 0,
      outside: 0,
      version: this.version + 1,
      percentiles: view.percentiles,
      ...this.groupsOf(view.groups),
    });
    if (view.timeline !== undefined && zoom === this.zoom) this.showTimeline(view.timeline);
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
    this.change({ percentiles: { size, iat }, ...this.groupsOf(groups) });
  }

  /** Groups, or why there are none. @param {Group[] | null} groups */
  groupsOf(groups) {
    return { groups, uncounted: groups || !this.grouping ? '' : 'Not counted: there was not enough memory.' };
  }

  async fetchTimeline() {
    const { zoom } = this;
    const { selection, bins } = this.timelineWanted();
    const timeline = await this.remote.timeline(selection, bins);
    if (zoom === this.zoom) this.showTimeline(timeline);
  }

  /** @param {Timeline | null} timeline */
  showTimeline(timeline) {
    this.taken = { ...this.taken, zoom: this.zoom };
    this.change({ timeline, extent: this.zoom ?? { from: timeline?.from_s ?? 0, to: timeline?.to_s ?? 0 } });
  }

  /** @param {Range & { done: boolean }} brush  done: the hand has let go */
  async setBrush({ from, to, done }) {
    const everything = !this.zoom && from <= this.extent.from && to >= this.extent.to;
    this.change({ brush: everything && done ? null : { from, to } });
    await this.compute(everything ? {} : { from_s: from, to_s: to });
    if (!done) return;
    this.host.stepped(true);
    this.announce(`${counted(this.selected, 'packet')} selected`);
  }

  async selectAll() {
    this.change({ brush: null, zoom: null });
    await this.compute({}, true);
    this.host.stepped(false);
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
    await this.compute({ active: true }, true);
    this.host.stepped(false);
    this.announce(`Idle tail trimmed: ${counted(this.selected, 'packet')} selected`);
  }

  async zoomIn() {
    this.change({ zoom: this.brush });
    await this.fetchTimeline();
    this.host.stepped(false);
  }

  /** @returns {Look} */
  get look() {
    const { selection, brush, zoom, evidence } = this;
    return { selection, brush, zoom, evidence };
  }

  /** Goes back to what was looked at before: at first that is everything. @param {Look | null} look */
  async lookAgain(look) {
    const { selection, brush, zoom, evidence } = look ?? UNTOUCHED;
    this.change({ brush, zoom });
    await this.compute(selection, true);
    if (evidence.name) await this.narrowTable(evidence);
  }

  // ---- looking ----

  /** @param {Evidence} evidence */
  async show(evidence) {
    await this.narrowTable(evidence);
    this.host.stepped(false);
    this.announce(`${counted(this.shown, 'packet')} shown${evidence.label ? `: ${evidence.label}` : ''}`);
  }

  /** @param {Evidence} evidence */
  async narrowTable(evidence) {
    const shown = await this.remote.show(evidence.name);
    this.change({ evidence, shown, marked: 0, outside: 0, version: this.version + 1 });
  }

  /**
   * Marks a packet in the table, among its neighbours: it shows all that is selected. Its row; -1: it is not selected.
   * @param {number} number
   */
  async mark(number) {
    if (this.evidence.name) await this.narrowTable(WHOLE_SELECTION);
    const row = await this.remote.positionOf(number);
    this.change(row < 0 ? { outside: number } : { marked: number, outside: 0 });
    this.announce(row < 0 ? `Packet ${number} is not among those selected` : `Packet ${number}, row ${row + 1}`);
    return row;
  }

  /** Rows of the table; none once the trace has ended, null once its worker has gone. @param {number} first @param {number} count */
  rows(first, count) {
    return Promise.race([this.unlessLost(this.remote.rows(first, count)), this.worker.gone]);
  }

  /** Packets per bin of a part; nothing once the trace has ended, or its worker has gone. @param {Selection} part @param {number} bins */
  bins(part, bins) {
    return Promise.race([this.unlessLost(this.remote.timeline(part, bins)), this.worker.gone.then(() => null)]);
  }

  /** @template T @param {Promise<T>} answer */
  unlessLost(answer) {
    return answer.catch((error) => {
      if (this.lost) return null;
      throw error;
    });
  }

  /** @param {number} p */
  async setPercentile(p) {
    this.percentile = p;
    await this.followUp();
  }

  /** @param {Grouping | ''} grouping */
  async setGrouping(grouping) {
    this.change({ grouping, groups: null, uncounted: '' });
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
