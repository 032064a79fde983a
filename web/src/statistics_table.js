// The statistics of the selection, as pandas' describe() gives them; any percentile; and the same by direction,
// protocol or conversation.
import { html, nothing } from 'lit';
import { answer, definitionsOf } from './answer.js';
import { PagePart } from './element.js';
import { bytes, count, counted, duration, exact, percent } from './format.js';
import { Printing } from './printing.js';

/** @import { Definitions, Group, Grouping, Quantity, Summary } from './worker/protocol.js' */

/**
 * @typedef {object} Column
 * @property {string} key  in details.size and details.interarrival
 * @property {string} title
 * @property {string} [size]  the figure's contract name
 * @property {string} [iat]
 */

/** @type {Column[]} */
const COLUMNS = [
  { key: 'count', title: 'count' },
  { key: 'mean', title: 'mean', size: 'size_mean', iat: 'iat_mean_s' },
  { key: 'std', title: 'std', size: 'size_std' },
  { key: 'min', title: 'min', size: 'size_min' },
  { key: 'q25', title: 'p25' },
  { key: 'median', title: 'median', size: 'size_median', iat: 'iat_median_s' },
  { key: 'q75', title: 'p75' },
  { key: 'p90', title: 'p90', size: 'size_p90', iat: 'iat_p90_s' },
  { key: 'max', title: 'max', size: 'size_max', iat: 'iat_max_s' },
  { key: 'zero', title: 'zeros', iat: 'iat_zero' },
];

/** @type {{ quantity: Quantity, title: string, unit: string, details: 'size' | 'interarrival' }[]} */
const ROWS = [
  { quantity: 'size', title: 'Packet size', unit: 'bytes', details: 'size' },
  { quantity: 'iat', title: 'Interarrival', unit: 'seconds', details: 'interarrival' },
];

/** Figures behind which single packets stand. @type {Record<string, string>} */
const EVIDENCE = {
  size_min: 'Smallest packets',
  size_max: 'Largest packets',
  iat_max_s: 'Both ends of the longest gap',
  iat_zero: 'After a gap of exactly 0',
};

/** @type {[Grouping | '', string][]} */
const GROUPINGS = [
  ['', 'All'],
  ['direction', 'Direction'],
  ['protocol', 'Protocol'],
  ['conversation', 'Conversation'],
];
const GROUPS_SHOWN = 12;
/** Characters that a column has room for when all are of one width. */
const EVEN_MOST = 10;

const narrow = matchMedia('(max-width: 860px)');

export class StatisticsTable extends PagePart {
  static properties = {
    summary: { attribute: false },
    definitions: { attribute: false },
    narrowed: { attribute: false },
    negatives: { attribute: false },
    percentiles: { attribute: false },
    groups: { attribute: false },
    uncounted: {},
    by: { state: true },
    p: { state: true },
    allDigits: { state: true },
    open: { state: true },
    groupsShown: { state: true },
  };

  constructor() {
    super();
    /** @type {Summary | null} */
    this.summary = null;
    /** @type {Definitions | null} */
    this.definitions = null;
    /** Whether only a part of the trace is selected. */
    this.narrowed = false;
    /** Whether there are negative gaps, be it in another part of the trace. */
    this.negatives = false;
    /** The percentile asked for, of each quantity. @type {Partial<Record<Quantity, number>>} */
    this.percentiles = {};
    /** @type {Group[] | null} */
    this.groups = null;
    /** Why they do not come. */
    this.uncounted = '';
    /** @type {Grouping | ''} */
    this.by = '';
    this.p = 99;
    this.allDigits = false;
    this.open = false;
    this.groupsShown = GROUPS_SHOWN;
    this.onNarrow = () => this.requestUpdate();
    this.print = new Printing(this);
  }

  connectedCallback() {
    super.connectedCallback();
    narrow.addEventListener('change', this.onNarrow);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    narrow.removeEventListener('change', this.onNarrow);
  }

  /** @param {Quantity} quantity @param {string} key @param {number} value */
  text(quantity, key, value) {
    if (key === 'count' || key === 'zero' || key === 'negative') return count(value);
    if (this.allDigits) return exact(value);
    return quantity === 'iat' ? duration(value) : Number(value.toFixed(2)).toLocaleString('en-US');
  }

  render() {
    if (!this.summary) return nothing;
    return html`
      <section class="statistics" aria-labelledby="statistics-title">
        <header class="section-head">
          <h2 id="statistics-title">Statistics</h2>
          <p class="muted">${this.of(this.summary)}</p>
          <div class="actions">
            <div class="segments" role="group" aria-label="Statistics by">
              ${GROUPINGS.map(
                ([by, title]) =>
                  html`<button aria-pressed=${this.by === by} @click=${() => this.group(by)}>${title}</button>`,
              )}
            </div>
          </div>
        </header>
        ${this.by === '' ? this.overall() : this.grouped()}
      </section>
    `;
  }

  /** @param {Summary} summary */
  of({ packets = 0, partial }) {
    if (partial) return `of the first ${counted(packets, 'packet')}`;
    if (!this.narrowed) return `of ${counted(packets, 'packet')}`;
    return packets ? `of the ${counted(packets, 'packet')} selected` : 'nothing is selected';
  }

  overall() {
    const columns = [...COLUMNS, { key: 'percentile', title: 'percentile' }];
    if (this.negatives || this.summary?.details.interarrival?.negative) columns.push({ key: 'negative', title: 'negative' });
    const even = this.areEven(columns) ? 'even' : '';
    return html`
      <div class="frame scroll-x ${even}" tabindex="0" role="region" aria-label="Statistics of size and interarrival time">
        ${narrow.matches || this.print.on ? this.tall(columns) : this.wide(columns)}
      </div>
      <div class="below">
        <label class="check"
          ><input type="checkbox" .checked=${this.allDigits} @change=${() => (this.allDigits = !this.allDigits)} /> all
          digits</label
        >
        <button
          class="link"
          aria-expanded=${this.open}
          aria-label="How? Statistics"
          @click=${() => (this.open = !this.open)}
        >
          How?
        </button>
        ${this.whyUnknown(columns)}
      </div>
      ${this.open ? this.work() : nothing}
    `;
  }

  /** @param {Column[]} columns */
  wide(columns) {
    return html`<table class="describe">
      <thead>
        <tr>
          <td></td>
          ${columns.map((column) => html`<th scope="col" class="n">${this.heading(column)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${ROWS.map(
          (row) =>
            html`<tr>
              <th scope="row">${row.title} ${this.unit(row)}</th>
              ${columns.map((column) => html`<td class="n">${this.cell(row, column)}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>`;
  }

  /** @param {Column[]} columns */
  tall(columns) {
    return html`<table class="describe">
      <thead>
        <tr>
          <td></td>
          ${ROWS.map((row) => html`<th scope="col" class="n">${row.title} ${this.unit(row)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${columns.map(
          (column) =>
            html`<tr>
              <th scope="row">${this.heading(column)}</th>
              ${ROWS.map((row) => html`<td class="n">${this.cell(row, column)}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>`;
  }

  /** @param {typeof ROWS[number]} row */
  unit(row) {
    if (row.quantity === 'iat' && !this.allDigits) return nothing;
    return html`<span class="muted">(${row.unit})</span>`;
  }

  /** @param {Column} column */
  heading(column) {
    if (column.key !== 'percentile') return column.title;
    if (this.print.on) return `p${this.p}`;
    return html`<label class="percentile"
      >p\u202f<input
        type="number"
        min="0"
        max="100"
        step="any"
        .value=${String(this.p)}
        aria-label="Percentile of your choice"
        @input=${this.onPercentile}
      /></label
    >`;
  }

  /** @param {typeof ROWS[number]} row @param {Column} column */
  cell(row, column) {
    const { quantity } = row;
    const value = this.valueOf(row, column);
    if (value === null) return dash(this.reason(row, column));
    const text = this.text(quantity, column.key, value);
    if (column.key === 'percentile')
      return html`<span data-percentile=${quantity} data-value=${String(value)} title=${String(value)}>${text}</span>`;
    const name = column[quantity];
    if (!name) return html`<span title=${String(value)}>${text}</span>`;
    const figure = answer(/** @type {Summary} */ (this.summary), name, () => text);
    if (!EVIDENCE[name] || value === 0) return figure;
    return html`<button
      class="link figure-link"
      title="Show these packets"
      aria-label="${EVIDENCE[name]}, ${text}: show"
      @click=${() => this.tell('show-packets', { name, label: EVIDENCE[name] })}
    >
      ${figure}
    </button>`;
  }

  /** @param {typeof ROWS[number]} row @param {Column} column @returns {number | null} null: not known */
  valueOf({ quantity, details }, column) {
    const summary = /** @type {Summary} */ (this.summary);
    const name = column[quantity];
    const value =
      column.key === 'percentile'
        ? this.percentiles[quantity]
        : name
          ? summary[name]
          : /** @type {Record<string, unknown>} */ (summary.details[details] ?? {})[column.key];
    if (typeof value === 'number' && Number.isFinite(value)) return value;
    return column.key === 'count' && summary.packets < (quantity === 'size' ? 1 : 2) ? 0 : null; // that is known
  }

  /**
   * Why a figure is not known; nothing where there is no such figure.
   * @param {typeof ROWS[number]} row
   * @param {Column} column
   */
  reason({ quantity, details }, { key, ...column }) {
    const { unknown, details: known } = /** @type {Summary} */ (this.summary);
    if ((key === 'zero' || key === 'negative') && quantity === 'size') return '';
    const name = column[quantity];
    if (name && unknown[name]) return unknown[name];
    return known[details] ? 'Not known' : (unknown[quantity === 'size' ? 'size_mean' : 'iat_mean_s'] ?? 'Not known');
  }

  /**
   * Whether columns of one width hold all texts: then none moves while another part is selected.
   * @param {Column[]} columns
   */
  areEven(columns) {
    const isShort = (/** @type {typeof ROWS[number]} */ row, /** @type {Column} */ column) => {
      const value = this.valueOf(row, column);
      return value === null || this.text(row.quantity, column.key, value).length <= EVEN_MOST;
    };
    return ROWS.every((row) => columns.every((column) => isShort(row, column)));
  }

  /** The reasons of the dashes once more, where all can read them. @param {Column[]} columns */
  whyUnknown(columns) {
    const reasons = new Map();
    for (const row of ROWS)
      for (const column of columns) {
        const reason = this.valueOf(row, column) === null ? this.reason(row, column) : '';
        if (reason) reasons.set(reason, [...(reasons.get(reason) ?? []), row.title]);
      }
    const text = [...reasons].map(([reason, rows]) => `${[...new Set(rows)].join(', ')}: ${reason}`).join(' ');
    return html`<p class="why-unknown muted" title=${text}>${text}</p>`;
  }

  /** @param {Event} event */
  onPercentile(event) {
    const p = Number(/** @type {HTMLInputElement} */ (event.target).value);
    if (!(p >= 0 && p <= 100)) return;
    this.p = p;
    this.tell('percentile', p);
  }

  work() {
    const names = [...COLUMNS.map((column) => column.size), ...COLUMNS.map((column) => column.iat)].filter(
      (name) => name !== undefined,
    );
    return html`<div class="shows-work">${definitionsOf(this.definitions, names, 'columns')}</div>`;
  }

  /** @param {Grouping | ''} by */
  group(by) {
    this.by = by;
    this.groupsShown = GROUPS_SHOWN;
    this.tell('group', by);
  }

  grouped() {
    const { groups } = this;
    if (!groups) return html`<div class="frame"><p class="no-rows muted">${this.uncounted || 'Counting…'}</p></div>`;
    const all = this.summary?.packets ?? 0;
    const columns = ['packets', 'share', 'bytes', 'mean size', 'median', 'p90', 'median gap', 'p90 gap'];
    return html`<div class="frame scroll-x" tabindex="0" role="region" aria-label="Statistics by ${this.by}">
        <table class="describe groups">
          <thead>
            <tr>
              <th scope="col">${this.by}</th>
              ${columns.map((title) => html`<th scope="col" class="n">${title}</th>`)}
            </tr>
          </thead>
          <tbody>
            ${groups.slice(0, this.groupsShown).map((group) => this.groupRow(group, all))}
          </tbody>
        </table>
      </div>
      ${
        groups.length > this.groupsShown
          ? html`<button class="more" @click=${() => (this.groupsShown *= 4)}>
            ${count(this.groupsShown)} of ${count(groups.length)} shown · more
          </button>`
          : nothing
      }`;
  }

  /** @param {Group} group @param {number} all */
  groupRow(group, all) {
    const { size, interarrival: gaps } = group;
    const known = (/** @type {number | null | undefined} */ value, /** @type {(x: number) => string} */ format) =>
      typeof value === 'number' ? format(value) : '–';
    const figures = [
      known(group.packets, count),
      known(group.packets / all, percent),
      known(group.bytes, bytes),
      known(size?.mean, (x) => this.text('size', 'mean', x)),
      known(size?.median, (x) => this.text('size', 'median', x)),
      known(size?.p90, (x) => this.text('size', 'p90', x)),
      known(gaps?.median, (x) => this.text('iat', 'median', x)),
      known(gaps?.p90, (x) => this.text('iat', 'p90', x)),
    ];
    return html`<tr>
      <th scope="row">${group.name}</th>
      ${figures.map((figure) => html`<td class="n">${figure}</td>`)}
    </tr>`;
  }
}
customElements.define('statistics-table', StatisticsTable);

/** In the place of a figure that is not known. @param {string} reason */
const dash = (reason) =>
  reason
    ? html`<span class="unknown" role="img" title=${reason} aria-label=${reason}>–</span>`
    : html`<span class="unknown" aria-hidden="true"></span>`;
