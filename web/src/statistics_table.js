// The statistics of the selection, as pandas' describe() gives them; any percentile; and the same by direction,
// protocol or conversation.
import { html, nothing } from 'lit';
import { answer, definitionsOf } from './answer.js';
import { PagePart } from './element.js';
import { bytes, count, counted, duration, exact, percent } from './format.js';

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
  { key: 'q25', title: '25\u202f%' },
  { key: 'median', title: 'median', size: 'size_median', iat: 'iat_median_s' },
  { key: 'q75', title: '75\u202f%' },
  { key: 'p90', title: '90\u202f%', size: 'size_p90', iat: 'iat_p90_s' },
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

const narrow = matchMedia('(max-width: 860px)');

export class StatisticsTable extends PagePart {
  static properties = {
    summary: { attribute: false },
    definitions: { attribute: false },
    percentiles: { attribute: false },
    groups: { attribute: false },
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
    /** The percentile asked for, of each quantity. @type {Partial<Record<Quantity, number>>} */
    this.percentiles = {};
    /** @type {Group[] | null} */
    this.groups = null;
    /** @type {Grouping | ''} */
    this.by = '';
    this.p = 99;
    this.allDigits = false;
    this.open = false;
    this.groupsShown = GROUPS_SHOWN;
    this.onNarrow = () => this.requestUpdate();
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
    return quantity === 'iat' ? duration(value) : String(Number(value.toFixed(2)));
  }

  render() {
    if (!this.summary) return nothing;
    return html`
      <section class="statistics" aria-labelledby="statistics-title">
        <header class="section-head">
          <h2 id="statistics-title">Statistics</h2>
          <p class="muted">of the ${counted(this.summary.packets ?? 0, 'packet')} selected</p>
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

  overall() {
    const columns = [...COLUMNS, { key: 'percentile', title: 'percentile' }];
    if (this.summary?.details.interarrival?.negative) columns.push({ key: 'negative', title: 'negative' });
    return html`
      <div class="frame scroll-x" tabindex="0" role="region" aria-label="Statistics of size and interarrival time">
        ${narrow.matches ? this.tall(columns) : this.wide(columns)}
      </div>
      <p class="below">
        <label class="check"
          ><input type="checkbox" .checked=${this.allDigits} @change=${() => (this.allDigits = !this.allDigits)} /> all
          digits</label
        >
        <button class="link" aria-expanded=${this.open} @click=${() => (this.open = !this.open)}>
          definitions, pandas
        </button>
      </p>
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
    return html`<label class="percentile"
      ><input
        type="number"
        min="0"
        max="100"
        step="any"
        .value=${String(this.p)}
        aria-label="Percentile of your choice"
        @input=${this.onPercentile}
      />\u202f%</label
    >`;
  }

  /** @param {typeof ROWS[number]} row @param {Column} column */
  cell(row, column) {
    const summary = /** @type {Summary} */ (this.summary);
    const { quantity } = row;
    if (column.key === 'percentile') {
      const value = this.percentiles[quantity];
      return typeof value === 'number' && Number.isFinite(value)
        ? html`<span data-percentile=${quantity} data-value=${String(value)} title=${String(value)}
            >${this.text(quantity, 'percentile', value)}</span
          >`
        : '–';
    }
    const name = column[quantity];
    const format = (/** @type {number} */ value) => this.text(quantity, column.key, value);
    if (name) {
      const figure = answer(summary, name, format);
      return EVIDENCE[name] && typeof summary[name] === 'number' && summary[name] > 0
        ? html`<button
            class="link figure-link"
            title="Show these packets"
            @click=${() => this.tell('show-packets', { name, label: EVIDENCE[name] })}
          >
            ${figure}
          </button>`
        : figure;
    }
    const value = /** @type {Record<string, unknown>} */ (summary.details[row.details] ?? {})[column.key];
    return typeof value === 'number' ? html`<span title=${String(value)}>${format(value)}</span>` : '–';
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
    if (!groups) return html`<div class="frame"><p class="no-rows muted">Counting…</p></div>`;
    const all = this.summary?.packets ?? 0;
    const columns = ['packets', 'share', 'bytes', 'mean size', 'median', '90\u202f%', 'median gap', '90\u202f% gap'];
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
    const known = (/** @type {number | undefined} */ value, /** @type {(x: number) => string} */ format) =>
      value === undefined ? '–' : format(value);
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
