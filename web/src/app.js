// The page: no file, or one open trace, drawn from top to bottom as the lab sheet asks.
import { html, nothing } from 'lit';
import { practiseDrawing } from './cdf_chart.js';
import { download, stem } from './download.js';
import { watchDrops } from './drops.js';
import { PageElement } from './element.js';
import { sampleCapture, warmUp } from './engine.js';
import { bytes, count, counted } from './format.js';
import { OpenTrace } from './open_trace.js';
import './packet_list.js';
import './print_definitions.js';
import './quick_look.js';
import './statistics_table.js';
import './time_line.js';
import './warning_list.js';
import './welcome.js';

/** @import { Evidence } from './quick_look.js' */
/** @import { Grouping, Quantity, Selection } from './worker/protocol.js' */

const WIDE_BINS = 220;
const NARROW_BINS = 90;
/**
 * Warnings that touch some figures only, and where these begin; the others touch them all.
 * @type {Record<string, string>}
 */
const TOUCHES = { 'time-backwards': 'time', 'segmentation-offload': 'sizes', 'snap-length': 'sizes' };
const DRAWN = 'quick-look, time-line, statistics-table, cdf-chart, packet-list';

const narrow = matchMedia('(max-width: 720px)');
const calm = matchMedia('(prefers-reduced-motion: reduce)');

export class TraceDrop extends PageElement {
  static properties = { open: { state: true }, announcement: { state: true }, dragging: { state: true } };

  constructor() {
    super();
    /** @type {OpenTrace | null} */
    this.open = null;
    this.announcement = '';
    /** Whether files hover over the window. */
    this.dragging = false;
    /** What is to be said of how the file was opened. */
    this.notice = '';
  }

  get state() {
    return this.open?.state ?? 'empty';
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
        this.openFile(
          files[0],
          files.length > 1 ? `${files.length} files were dropped; this is the first of them.` : '',
        );
      },
    });
    addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && (this.open?.brush || this.open?.zoom)) this.open.selectAll();
    });
    /** @type {Record<string, (detail: any) => unknown>} */
    const handlers = {
      'pick-file': () => this.querySelector('input')?.click(),
      'open-sample': () => this.openSample(),
      'show-packets': (/** @type {Evidence} */ evidence) => this.showPackets(evidence),
      brush: (range) => this.trace.setBrush(range),
      'select-all': () => this.trace.selectAll(),
      trim: () => this.trace.trim(),
      zoom: () => this.trace.zoomIn(),
      percentile: (/** @type {number} */ p) => this.trace.setPercentile(p),
      group: (/** @type {Grouping | ''} */ by) => this.trace.setGrouping(by),
      'export-rows': () => this.exportRows(),
      'export-cdf': (/** @type {Quantity} */ quantity) => this.exportCdf(quantity),
    };
    for (const [type, handle] of Object.entries(handlers))
      this.addEventListener(type, (event) => handle(/** @type {CustomEvent} */ (event).detail));
    warmUp();
    (window.requestIdleCallback ?? setTimeout)(practiseDrawing);
  }

  // ---- opening ----

  async openSample() {
    const capture = /** @type {Uint8Array<ArrayBuffer>} */ (await sampleCapture());
    this.openFile(
      new File([capture], 'sample.pcap'),
      'This is a made-up page load: one retransmission, and keep-alives at the end.',
    );
  }

  /** @param {File} file @param {string} [notice] */
  openFile(file, notice = '') {
    this.open?.end();
    this.notice = notice;
    this.announcement = `Reading ${file.name}`;
    const trace = new OpenTrace(file, {
      changed: () => this.requestUpdate(),
      drawn: () => this.drawn(),
      announce: (text) => (this.announcement = text),
      bins: () => (narrow.matches ? NARROW_BINS : WIDE_BINS),
    });
    this.open = trace;
    document.title = `${file.name} · TraceDrop`;
    trace.read();
  }

  /** Resolves when all that has changed stands on the page. */
  async drawn() {
    await this.updateComplete;
    const parts = /** @type {NodeListOf<PageElement>} */ (this.querySelectorAll(DRAWN));
    await Promise.all([...parts].map((part) => part.updateComplete));
  }

  cancel() {
    this.open?.end();
    this.open = null;
    this.announcement = 'Cancelled';
    document.title = 'TraceDrop';
    warmUp();
  }

  /** @param {Event} event */
  onPicked(event) {
    const input = /** @type {HTMLInputElement} */ (event.target);
    const file = input.files?.[0];
    if (!file) return;
    this.openFile(file);
    input.value = ''; // so that the same file can be chosen again
  }

  // ---- what the parts ask for ----

  /** @param {Evidence} evidence */
  async showPackets(evidence) {
    await this.trace.show(evidence);
    await this.drawn();
    this.querySelector('packet-list')?.scrollIntoView({ block: 'nearest', behavior: calm.matches ? 'auto' : 'smooth' });
  }

  async exportRows() {
    const { evidence } = this.trace;
    download(await this.trace.rowsAsCsv(), `${this.stem}${evidence.name ? '-packets' : ''}.csv`);
  }

  /** @param {Quantity} quantity */
  async exportCdf(quantity) {
    download(await this.trace.cdfAsCsv(quantity), `${this.stem}-cdf-${quantity}.csv`);
  }

  get stem() {
    return stem(this.open?.file.name ?? '');
  }

  // ---- drawing ----

  updated() {
    const { dataset } = document.documentElement;
    dataset.shown = String(this.open && this.open.state !== 'failed' ? this.open.shown : 0);
    dataset.state = this.state;
  }

  render() {
    const { open } = this;
    return html`
      ${this.bar()}
      <main>
        ${open?.state === 'failed' ? this.failure(open) : nothing}
        ${!open || open.state === 'failed' ? html`<welcome-page></welcome-page>` : this.figures(open)}
      </main>
      <div class="drop-veil" ?hidden=${!this.dragging} aria-hidden="true"><p>Drop it to open it</p></div>
      <div class="visually-hidden" role="status" aria-live="polite">${this.announcement}</div>
    `;
  }

  bar() {
    const { open } = this;
    return html`<header class="bar">
      <div class="bar-inner">
        <h1>TraceDrop</h1>
        ${
          open && open.state !== 'failed'
            ? html`<p class="pill file" title=${open.file.name}><b>${open.file.name}</b> ${fileFacts(open)}</p>`
            : nothing
        }
        <span class="spacer"></span>
        ${open ? html`<p class="pill promise-pill">Nothing is uploaded</p>` : nothing}
        <input
          id="file"
          class="visually-hidden"
          type="file"
          tabindex="-1"
          aria-label="A capture or a csv"
          @change=${this.onPicked}
        />
        ${open ? html`<button class="button primary" @click=${() => this.tell('pick-file')}>Open…</button>` : nothing}
      </div>
      ${open?.state === 'loading' ? this.progress(open) : nothing}
    </header>`;
  }

  /** @param {OpenTrace} open */
  progress({ progress: { read, total, packets } }) {
    return html`<div class="progress">
      <progress max="1" .value=${total > 0 ? read / total : 0} aria-label="Reading the file"></progress>
      <div class="bar-inner">
        <p>Reading: ${bytes(read)} of ${bytes(total)} · ${counted(packets, 'packet')}</p>
        <button class="button small" id="cancel" @click=${this.cancel}>Cancel</button>
      </div>
    </div>`;
  }

  /** @param {OpenTrace} open */
  failure({ file, failure }) {
    return html`<section class="failure" role="alert">
      <h2>${file.name} could not be read</h2>
      <p>${failure}</p>
    </section>`;
  }

  /** @param {OpenTrace} open */
  figures(open) {
    const { summary, whole, definitions, status } = open;
    if (!summary) return html`<p class="reading muted">Reading ${open.file.name}…</p>`;
    const total = status?.packets ?? whole?.packets ?? open.selected;
    return html`
      ${this.warnings(open, 'all')}
      <quick-look .summary=${summary} .definitions=${definitions}></quick-look>
      ${this.warnings(open, 'time')}
      <time-line
        .timeline=${open.timeline}
        .extent=${open.extent}
        .brush=${open.brush}
        .tail=${whole?.details.idle_tail ?? null}
        .tailStart=${whole?.active_time_s ?? 0}
        .trimmed=${open.selection.active === true}
        .zoomed=${open.zoom !== null}
        .source=${(/** @type {Selection} */ part, /** @type {number} */ n) => open.bins(part, n)}
        .selectionLine=${open.brush ? selectionLine(open, total) : null}
      ></time-line>
      <packet-list
        .source=${(/** @type {number} */ first, /** @type {number} */ n) => open.rows(first, n)}
        .shown=${open.shown}
        .selected=${open.selected}
        .total=${total}
        .label=${open.evidence.label}
        .extraColumns=${status?.extraColumns ?? []}
        .version=${open.version}
        .loading=${open.state === 'loading'}
        .exporting=${open.exporting}
      ></packet-list>
      ${this.warnings(open, 'sizes')}
      <statistics-table
        .summary=${summary}
        .definitions=${definitions}
        .percentiles=${open.percentiles}
        .groups=${open.groups}
      ></statistics-table>
      ${this.distributions(open, total)}
      <print-definitions .definitions=${definitions}></print-definitions>
    `;
  }

  /** @param {OpenTrace} open @param {number} total */
  distributions(open, total) {
    return html`<section class="distributions" aria-labelledby="distributions-title">
      <header class="section-head">
        <h2 id="distributions-title">Distributions</h2>
        <p class="muted">cumulative, exact</p>
      </header>
      <div class="charts">
        ${
          /** @type {Quantity[]} */ (['size', 'iat']).map(
            (quantity) =>
              html`<cdf-chart
              .quantity=${quantity}
              .corners=${open.cdf[quantity]}
              .summary=${open.summary}
              .total=${total}
              .definitions=${open.definitions}
              .fileName=${open.file.name}
              .fileStem=${this.stem}
              .exportable=${open.state === 'ready'}
            ></cdf-chart>`,
          )
        }
      </div>
    </section>`;
  }

  /** The warnings that stand above a section. @param {OpenTrace} open @param {string} section */
  warnings({ status, summary }, section) {
    const all = [...(summary?.warnings ?? [])];
    for (const one of status?.warnings ?? []) if (!all.some(({ code }) => code === one.code)) all.push(one);
    if (this.notice) all.push({ severity: 'note', code: 'notice', text: this.notice });
    const here = all.filter(({ code }) => (TOUCHES[code] ?? 'all') === section);
    return html`<warning-list .warnings=${here}></warning-list>`;
  }
}
customElements.define('trace-drop', TraceDrop);

/** @param {OpenTrace} open */
function fileFacts({ file, status }) {
  const links = new Set((status?.interfaces ?? []).map((one) => one.link));
  const kind = links.size > 0 ? [...links].join(', ') : status?.kind;
  return `· ${bytes(file.size)}${kind ? ` · ${kind}` : ''}`;
}

/** @param {OpenTrace} open @param {number} total */
function selectionLine(open, total) {
  if (open.selected === 0) return html`<p class="selection-bar">No packet lies in this part: nothing to compute.</p>`;
  return html`<p class="selection-bar">
    ${open.selection.active ? 'The idle tail is trimmed' : 'A part is selected'}: every figure is of
    <b>${count(open.selected)}</b> of ${counted(total, 'packet')}.
  </p>`;
}
