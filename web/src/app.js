// The page: no file, or one open trace, drawn from top to bottom as the lab sheet asks. Another file takes its place when
// its first packets are there; one that cannot be read leaves it alone.
import { html, nothing } from 'lit';
import { practiseDrawing } from './cdf_chart.js';
import { download, stem } from './download.js';
import { watchDrops } from './drops.js';
import { PageElement } from './element.js';
import { WorkerGone, isRefusal, sampleCapture, warmUp } from './engine.js';
import { OpenTrace } from './open_trace.js';
import { sheet } from './sheet.js';
import { Steps } from './steps.js';
import { topBar } from './top_bar.js';
import './welcome.js';

/** @import { Evidence } from './answer_cards.js' */
/** @import { Look } from './open_trace.js' */
/** @import { PacketList } from './packet_list.js' */
/** @import { QuickLook } from './quick_look.js' */
/** @import { Step } from './steps.js' */
/** @import { Grouping, Quantity } from './worker/protocol.js' */

const WIDE_BINS = 220;
const NARROW_BINS = 90;
const DRAWN = 'quick-look, warning-list, time-line, statistics-table, cdf-chart, packet-list';
/** Changes of the selection that follow so soon (keys held down) are one step back. */
const ONE_STEP_MS = 1000;

const narrow = matchMedia('(max-width: 720px)');
const calm = matchMedia('(prefers-reduced-motion: reduce)');

/** @typedef {{ notice?: string, look?: Look | null, isStep?: boolean }} Opening */
/** @typedef {{ title: string, text: string, isOther?: boolean, again?: () => void }} Failure  isOther: not of what is open; again: opens the file anew */

export class TraceDrop extends PageElement {
  static properties = {
    open: { state: true },
    next: { state: true },
    failure: { state: true },
    announcement: { state: true },
    dragging: { state: true },
  };

  constructor() {
    super();
    /** What is looked at. @type {OpenTrace | null} */
    this.open = null;
    /** The file that is to take its place, until its first packets are there. @type {OpenTrace | null} */
    this.next = null;
    /** What could not be done, and why. @type {Failure | null} */
    this.failure = null;
    this.announcement = '';
    /** Whether files hover over the window. */
    this.dragging = false;
    /** What is to be said of how the file was opened. */
    this.notice = '';
    this.steps = new Steps((step) => this.attempt(() => this.goTo(step)));
    this.brushed = -Infinity;
    /** Counts what has been drawn. */
    this.turn = 0;
  }

  get state() {
    if (this.next) return 'loading';
    return this.open?.state ?? (this.failure ? 'failed' : 'empty');
  }

  /** The trace that is looked at: events come from its parts only. */
  get trace() {
    return /** @type {OpenTrace} */ (this.open);
  }

  connectedCallback() {
    super.connectedCallback();
    watchDrops({
      hover: (over) => (this.dragging = over),
      drop: (files) => {
        const notice = files.length > 1 ? `${files.length} files were dropped; this is the first of them.` : '';
        this.openFile(files[0], { notice });
      },
      dropFolder: (name) => this.failed(name, 'This is a folder; drop a file in it.'),
    });
    addEventListener('keydown', (event) => {
      if (event.key === 'Escape') this.attempt(() => this.stepBack());
    });
    /** @type {Record<string, (detail: any) => unknown>} */
    const ofPage = {
      'pick-file': () => this.querySelector('input')?.click(),
      'open-sample': () => this.openSample(),
      cancel: () => this.cancel(),
    };
    /** @type {Record<string, (detail: any) => unknown>} */
    const ofTrace = {
      'show-packets': (/** @type {Evidence} */ evidence) => this.showPackets(evidence),
      'show-packet': (/** @type {number} */ number) => this.showPacket(number),
      brush: (range) => this.trace.setBrush(range),
      'select-all': () => this.trace.selectAll(),
      trim: () => this.trace.trim(),
      zoom: () => this.trace.zoomIn(),
      percentile: (/** @type {number} */ p) => this.trace.setPercentile(p),
      group: (/** @type {Grouping | ''} */ by) => this.trace.setGrouping(by),
      'export-rows': () => this.exportRows(),
      'export-cdf': (/** @type {Quantity} */ quantity) => this.exportCdf(quantity),
    };
    this.listen(ofPage, (handle) => this.attempt(handle));
    this.listen(ofTrace, (handle) => (this.trace.lost ? this.tellLost(this.trace) : this.attempt(handle)));
    warmUp();
    (window.requestIdleCallback ?? setTimeout)(practiseDrawing);
  }

  /**
   * @param {Record<string, (detail: any) => unknown>} handlers
   * @param {(handle: () => unknown) => void} run
   */
  listen(handlers, run) {
    for (const [type, handle] of Object.entries(handlers))
      this.addEventListener(type, (event) => run(() => handle(/** @type {CustomEvent} */ (event).detail)));
  }

  /** Does what was asked for, or says why it was not done. @param {() => unknown} handle */
  async attempt(handle) {
    try {
      await handle();
    } catch (error) {
      if (error instanceof WorkerGone) return; // told when it went
      if (!isRefusal(error)) throw error;
      this.fails({ title: 'This could not be done', text: /** @type {Error} */ (error).message });
    }
  }

  // ---- opening ----

  async openSample() {
    const capture = /** @type {Uint8Array<ArrayBuffer>} */ (await sampleCapture());
    this.openFile(new File([capture], 'sample.pcap'), {
      notice: 'This is a made-up page load: one retransmission, and keep-alives at the end.',
    });
  }

  /** @param {File} file @param {Opening} [opening] */
  openFile(file, opening = {}) {
    this.next?.end();
    this.next = null;
    this.failure = null;
    if (!this.open?.summary) {
      this.open?.end();
      this.open = null;
    }
    this.announcement = `Reading ${file.name}`;
    let hasArrived = false;
    const trace = new OpenTrace(file, {
      changed: () => {
        this.requestUpdate();
        if (!trace.summary || hasArrived) return;
        hasArrived = true;
        this.arrived(trace, opening);
      },
      drawn: () => this.drawn(),
      announce: (text) => (this.announcement = text),
      bins: () => (narrow.matches ? NARROW_BINS : WIDE_BINS),
      stepped: (isBrush) => this.stepped(isBrush),
      failed: (text) => this.failed(file.name, text, trace),
      lost: () => this.tellLost(trace),
    });
    if (this.open) this.next = trace;
    else this.open = trace;
    trace.read(opening.look ?? null);
  }

  /**
   * The first figures of a file are there: it takes the place of the one before.
   * @param {OpenTrace} trace
   * @param {Opening} opening
   */
  arrived(trace, { notice = '', isStep = true }) {
    if (this.next === trace) {
      this.open?.end();
      this.open = trace;
      this.next = null;
      scrollTo(0, 0);
    }
    this.notice = notice;
    document.title = `${trace.file.name} · TraceDrop`;
    if (isStep) this.steps.add({ file: trace.file, look: null });
    this.drawn().then(() => this.focusOn('#card-packets'));
  }

  /** @param {string} selector */
  focusOn(selector) {
    const element = /** @type {HTMLElement | null} */ (this.querySelector(selector));
    element?.focus({ preventScroll: true });
  }

  /** @param {string} name @param {string} text @param {OpenTrace} [trace] */
  failed(name, text, trace) {
    const again = trace?.lost ? () => this.openFile(trace.file) : undefined;
    this.fails({ title: `${name} could not be read`, text, isOther: true, again });
    if (!trace) return;
    if (this.next === trace) this.next = null;
    if (this.open === trace) this.close();
  }

  /** @param {Failure} failure */
  fails(failure) {
    this.failure = failure;
    this.announcement = `${failure.title}: ${failure.text}`;
  }

  /** The worker of what is looked at has gone. @param {OpenTrace} trace */
  tellLost(trace) {
    const { file, look, lost } = trace;
    this.fails({
      title: `Nothing more can be computed of ${file.name}`,
      text: `${sentence(lost?.message ?? '')} What stands here stays; for anything else open the file again.`,
      again: () => this.openFile(file, { look, isStep: false }),
    });
    warmUp();
  }

  close() {
    this.open?.end();
    this.open = null;
    document.title = 'TraceDrop';
    warmUp();
  }

  /** Resolves when all that has changed stands on the page. */
  async drawn() {
    await this.updateComplete;
    const parts = /** @type {NodeListOf<PageElement>} */ (this.querySelectorAll(DRAWN));
    await Promise.all([...parts].map((part) => part.updateComplete));
  }

  async cancel() {
    this.announcement = 'Cancelled';
    if (this.next) {
      this.next.end();
      this.next = null;
    } else {
      if (this.open?.summary) this.steps.add({ file: null, look: null });
      this.close();
    }
    await this.updateComplete;
    this.focusOn(this.open ? '#open' : '#choose');
  }

  /** @param {Event} event */
  onPicked(event) {
    const input = /** @type {HTMLInputElement} */ (event.target);
    const file = input.files?.[0];
    if (!file) return;
    this.openFile(file);
    input.value = ''; // so that the same file can be chosen again
  }

  // ---- one step back ----

  /** @param {boolean} isBrush */
  stepped(isBrush) {
    const step = { file: this.trace.file, look: this.trace.look };
    const now = performance.now();
    if (isBrush && now - this.brushed < ONE_STEP_MS) this.steps.replace(step);
    else this.steps.add(step);
    this.brushed = isBrush ? now : -Infinity;
  }

  /** What the history leads to. @param {Step} step */
  goTo({ file, look }) {
    this.brushed = -Infinity;
    this.failure = null;
    this.next?.end();
    this.next = null;
    if (!file) this.close();
    else if (this.open?.file === file && !this.open.lost) return this.open.lookAgain(look);
    else this.openFile(file, { look, isStep: false });
  }

  /** Esc: what was opened last is closed first. */
  stepBack() {
    const look = /** @type {QuickLook | null} */ (this.querySelector('quick-look'));
    if (look?.close()) return;
    const { open } = this;
    if (open?.brush || open?.zoom) return open.lost ? this.tellLost(open) : open.selectAll();
  }

  // ---- what the parts ask for ----

  get list() {
    return /** @type {PacketList | null} */ (this.querySelector('packet-list'));
  }

  /** @param {Evidence} evidence */
  async showPackets(evidence) {
    await this.trace.show(evidence);
    await this.drawn();
    this.scrollToList();
  }

  /** @param {number} number */
  async showPacket(number) {
    const row = await this.trace.mark(number);
    await this.drawn();
    if (row < 0) return;
    await this.list?.reveal(row);
    this.scrollToList();
  }

  scrollToList() {
    this.list?.scrollIntoView({ block: 'nearest', behavior: calm.matches ? 'auto' : 'smooth' });
  }

  async exportRows() {
    if (this.trace.isPartial) return; // half a file is none
    const { evidence, file } = this.trace;
    download(await this.trace.rowsAsCsv(), `${stem(file.name)}${evidence.name ? '-packets' : ''}.csv`);
  }

  /** @param {Quantity} quantity */
  async exportCdf(quantity) {
    if (this.trace.isPartial) return;
    const { file } = this.trace;
    download(await this.trace.cdfAsCsv(quantity), `${stem(file.name)}-cdf-${quantity}.csv`);
  }

  // ---- drawing ----

  /** What stands on the page, for those who look from outside: said once it does. */
  async updated() {
    const { dataset } = document.documentElement;
    const turn = ++this.turn;
    if (this.state !== 'ready') dataset.state = this.state;
    await this.drawn();
    if (turn !== this.turn) return;
    dataset.shown = String(this.open?.shown ?? 0);
    dataset.state = this.state;
  }

  render() {
    const { open } = this;
    return html`
      ${topBar({ open, next: this.next, onPicked: (event) => this.onPicked(event), tell: (type) => this.tell(type) })}
      <main>
        ${this.failureLine()} ${open ? sheet(open, this.notice) : html`<welcome-page></welcome-page>`}
      </main>
      <div class="drop-veil" ?hidden=${!this.dragging} aria-hidden="true"><p>Drop it to open it</p></div>
      <div class="visually-hidden" role="status" aria-live="polite">${this.announcement}</div>
    `;
  }

  failureLine() {
    if (!this.failure) return nothing;
    const { title, text, isOther, again } = this.failure;
    return html`<section class="failure" role="alert">
      <div>
        <h2>${title}</h2>
        <p>${text}</p>
        ${this.open && isOther ? html`<p class="muted">${this.open.file.name} is still open.</p>` : nothing}
        ${again ? html`<button class="button" id="again" @click=${again}>Open it again</button>` : nothing}
      </div>
      <button class="link" aria-label="Dismiss" @click=${() => (this.failure = null)}>✕</button>
    </section>`;
  }
}
customElements.define('trace-drop', TraceDrop);

/** @param {string} text */
const sentence = (text) => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
