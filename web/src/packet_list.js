// The packets: head(10) as a notebook shows it, growing to a virtual grid over every row. regular-table asks for the
// rows on screen and scales its scrolling where an element cannot be tall enough for all of them.
import { html, nothing } from 'lit';
import 'regular-table';
import { PagePart } from './element.js';
import { count, counted } from './format.js';
import { beginningOf, isLong, showWhole } from './long_text.js';
import { Printing } from './printing.js';
import { clamp } from './scale.js';

/** @import { RegularTableElement } from 'regular-table' */

export const HEAD = 10;
const COLUMNS = ['No.', 'Time', 'Source', 'Destination', 'Protocol', 'Length', 'Info'];
const INFO = COLUMNS.indexOf('Info');
/** Pixels, as style/packets.css has them. */
const ROW_HEIGHT = 28;
const STACKED_ROW_HEIGHT = 66;
const BORDERS = 2;
/** Kept in sight above a row that is scrolled to. */
const ROWS_BEFORE = 3;
/** Columns of names, whose letters are narrower than digits. */
const PROPORTIONAL = new Set([2, 3]);
/** Longest texts, in characters, that the columns make room for; the rest ends in an ellipsis. */
const WIDTH_LIMITS = [10, 29, 24, 24, 12, 8];

/** Characters of a column on paper, where longer texts are wrapped. */
const PAPER_LIMIT = 18;
const NOT_YET = 'Once the file has been read.';
const NOT_ANY_MORE = 'Once the file has been opened again.';
/** The texts are Wireshark's to the byte: none is changed for the sake of spreadsheets. */
const FORMULAS =
  'As Wireshark writes it. In a spreadsheet import the columns as text: a cell may begin with =, +, - or @, which it takes for a formula.';
const stacked = matchMedia('(max-width: 820px)');

/** @typedef {(first: number, count: number) => Promise<string[][] | null>} RowSource  null: nobody answers any more */

export class PacketList extends PagePart {
  static properties = {
    shown: { type: Number },
    selected: { type: Number },
    total: { type: Number },
    label: {},
    extraColumns: { attribute: false },
    version: { type: Number },
    loading: { type: Boolean },
    stopped: { type: Boolean },
    exporting: {},
    marked: { attribute: false },
    grown: { state: true },
    withExtra: { state: true },
  };

  constructor() {
    super();
    /** @type {RowSource} */
    this.source = async () => [];
    /** Packets the table holds, of those selected, of all. */
    this.shown = 0;
    this.selected = 0;
    this.total = 0;
    /** What the shown packets are, when they are not the whole selection. */
    this.label = '';
    /** @type {string[]} */
    this.extraColumns = [];
    /** Counts up whenever the rows behind the same positions have changed. */
    this.version = 0;
    this.loading = false;
    /** Whether no further row is to be had. */
    this.stopped = false;
    this.exporting = '';
    /** The number of the packet that a text has led to; 0: none. */
    this.marked = 0;
    this.grown = false;
    this.withExtra = false;
    /** Where scrolling wants to be, in fractions of a pixel. */
    this.wanted = 0;
    this.widths = [4, 8, 9, 11, 8, 6];
    /** @type {Promise<void> | null} */
    this.drawing = null;
    this.again = false;
    /** The rows drawn last, for paper. @type {{ first: number, rows: string[][] }} */
    this.drawn = { first: 0, rows: [] };
    this.wasPrinted = false;
    this.onStacked = () => this.restart();
    this.print = new Printing(this);
  }

  connectedCallback() {
    super.connectedCallback();
    stacked.addEventListener('change', this.onStacked);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    stacked.removeEventListener('change', this.onStacked);
  }

  get grid() {
    return /** @type {RegularTableElement} */ (this.querySelector('regular-table'));
  }

  get rowCount() {
    return this.grown ? this.shown : Math.min(this.shown, HEAD);
  }

  get rowHeight() {
    return stacked.matches ? STACKED_ROW_HEIGHT : ROW_HEIGHT;
  }

  /** Why more rows cannot be asked for. */
  get notNow() {
    if (this.stopped) return NOT_ANY_MORE;
    return this.loading ? NOT_YET : '';
  }

  get columns() {
    return this.withExtra ? [...COLUMNS, ...this.extraColumns] : COLUMNS;
  }

  firstUpdated() {
    // Column widths are the style sheet's. (regular-table 0.9.2 would count to an infinite last column here.)
    /** @type {any} */ (this.grid).table_model.updateColumnWidthStyles = () => {};
    this.grid.addStyleListener(() => this.describeCells());
    new ResizeObserver(() => this.fit()).observe(this.grid);
    this.restart();
  }

  restart() {
    this.grid.setDataListener((_x0, y0, _x1, y1) => this.rows(y0, y1), { virtual_mode: 'vertical' });
    this.draw();
  }

  /** @param {Map<string, unknown>} changed */
  updated(changed) {
    const isBack = this.wasPrinted && !this.print.on;
    this.wasPrinted = this.print.on;
    const others = ['shown', 'version', 'marked', 'grown', 'withExtra'].some((name) => changed.has(name));
    if (others || isBack) this.draw();
  }

  fit() {
    this.grid.style.setProperty('--grid-width', `${this.grid.clientWidth}px`);
    this.draw();
  }

  /** Draws again; drawings that overlap are made one. */
  draw() {
    if (this.print.on) return this.drawing; // it stands on no paper
    this.again = true;
    this.drawing ??= this.drawWhileAsked().finally(() => (this.drawing = null));
    return this.drawing;
  }

  async drawWhileAsked() {
    while (this.again) {
      this.again = false;
      await this.grid.draw();
    }
  }

  /** The list is complete when its rows stand there. */
  async getUpdateComplete() {
    const complete = await super.getUpdateComplete();
    await this.drawing;
    return complete;
  }

  /** @param {number} first @param {number} last */
  async rows(first, last) {
    const columns = this.columns;
    const from = Math.max(0, Math.floor(first));
    const found = last > from ? await this.source(from, Math.ceil(last) - from) : [];
    const rows = found ?? this.drawnAgain(from, Math.ceil(last));
    this.widen(rows);
    if (found && !this.print.on && rows.length >= (this.grown ? 1 : this.rowCount)) this.drawn = { first: from, rows };
    return {
      num_rows: this.rowCount,
      num_columns: columns.length,
      row_height: this.rowHeight,
      column_headers: stacked.matches ? undefined : columns.map((name) => [name]),
      num_column_headers: stacked.matches ? 0 : 1,
      data: columns.map((_, column) => rows.map((row) => beginningOf(row[column] ?? ''))),
      metadata: undefined,
    };
  }

  /** What was drawn of these rows; the others stay empty. @param {number} first @param {number} last */
  drawnAgain(first, last) {
    return Array.from({ length: last - first }, (_, i) => this.drawn.rows[first + i - this.drawn.first] ?? []);
  }

  /**
   * Columns grow with what they show and never shrink, so that scrolling does not shake them.
   * @param {string[][]} rows
   */
  widen(rows) {
    const before = this.widths.join();
    for (const row of rows)
      for (let column = 0; column < INFO; column++)
        this.widths[column] = Math.max(this.widths[column], Math.min(row[column]?.length ?? 0, WIDTH_LIMITS[column]));
    if (this.widths.join() === before && this.hasWidths) return;
    this.hasWidths = true;
    this.widths.forEach((width, column) => {
      const characters = PROPORTIONAL.has(column) ? width * 0.92 : width;
      this.grid.style.setProperty(`--column-${column + 1}`, `calc(${characters}ch + ${column === 0 ? 24 : 18}px)`);
    });
  }

  /** What regular-table does not say of its cells. */
  describeCells() {
    const table = this.grid.querySelector('table');
    if (!table) return;
    table.setAttribute('role', 'table');
    table.setAttribute('aria-label', 'Packets');
    table.setAttribute('aria-rowcount', String(this.rowCount + 1));
    for (const th of table.querySelectorAll('thead th')) th.setAttribute('scope', 'col');
    for (const tr of table.tBodies[0].rows) {
      tr.setAttribute('role', 'row');
      const first = tr.cells[0] && this.grid.getMeta(tr.cells[0]);
      const y = first && 'y' in first ? (first.y ?? 0) : 0;
      tr.setAttribute('aria-rowindex', String(y + 2));
      tr.classList.toggle('odd', y % 2 === 1);
      tr.dataset.packet = tr.cells[0]?.textContent ?? '';
      tr.classList.toggle('marked', this.marked > 0 && tr.dataset.packet === String(this.marked));
      for (const td of tr.cells) td.setAttribute('role', 'cell');
      this.markLongTexts(tr, y);
      const info = tr.cells[INFO];
      if (info) info.title = info.textContent ?? '';
    }
  }

  /** @param {HTMLTableRowElement} tr @param {number} y */
  markLongTexts(tr, y) {
    const row = this.drawn.rows[y - this.drawn.first];
    [...tr.cells].forEach((td, column) => {
      const isCut = isLong(row?.[column] ?? '');
      td.classList.toggle('cut', isCut);
      if (isCut) td.setAttribute('tabindex', '0');
      else td.removeAttribute('tabindex');
      td.onclick = isCut ? () => showWhole(row[column], this.columns[column]) : null;
      td.onkeydown = isCut ? (event) => event.key === 'Enter' && td.click() : null;
    });
  }

  /** How many pixels of scrolling one row is: fewer than its height when there are very many rows. */
  get pixelsPerRow() {
    const header = stacked.matches ? 0 : 1;
    const scrollable = this.rowCount - (this.grid.clientHeight / this.rowHeight - header);
    return scrollable > 0 ? (this.grid.scrollHeight - this.grid.clientHeight) / scrollable : 0;
  }

  /** @param {number} rows */
  scrollByRows(rows) {
    const { grid } = this;
    if (Math.abs(this.wanted - grid.scrollTop) > 1.5) this.wanted = grid.scrollTop;
    this.wanted = clamp(this.wanted + rows * this.pixelsPerRow, 0, grid.scrollHeight - grid.clientHeight);
    grid.scrollTop = Math.round(this.wanted);
  }

  /** @param {WheelEvent} event */
  onWheel(event) {
    const scaled = this.pixelsPerRow < this.rowHeight * 0.95;
    if (!this.grown || !scaled || event.ctrlKey || event.deltaY === 0) return;
    event.preventDefault();
    const pixels = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? event.deltaY * this.rowHeight : event.deltaY;
    this.scrollByRows(pixels / this.rowHeight);
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    const page = Math.max(1, Math.floor(this.grid.clientHeight / this.rowHeight) - 2);
    /** @type {Record<string, number>} */
    const moves = {
      ArrowDown: 1,
      ArrowUp: -1,
      PageDown: page,
      PageUp: -page,
      ' ': page,
      Home: -Infinity,
      End: Infinity,
    };
    const rows = moves[event.key];
    if (!this.grown || rows === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    if (Number.isFinite(rows)) this.scrollByRows(rows);
    else this.grid.scrollTop = this.wanted = rows < 0 ? 0 : this.grid.scrollHeight;
  }

  /** Opens the whole grid at its first row. */
  async grow() {
    this.grown = true;
    await this.updateComplete;
    this.grid.scrollTop = this.wanted = 0;
  }

  /** Scrolls to a row, with some of those before it. @param {number} row */
  async reveal(row) {
    if (row >= HEAD && !this.grown) await this.grow();
    await this.updateComplete;
    if (!this.grown) return;
    this.grid.scrollTop = this.wanted = Math.max(0, Math.round((row - ROWS_BEFORE) * this.pixelsPerRow));
  }

  shrink() {
    this.grid.scrollTop = this.wanted = 0;
    this.grown = false;
  }

  render() {
    const visible = Math.min(this.rowCount, HEAD);
    const header = stacked.matches ? 0 : ROW_HEIGHT;
    const height =
      this.grown && this.shown > HEAD
        ? 'clamp(320px, 68vh, 900px)'
        : `${Math.max(visible, 1) * this.rowHeight + header + BORDERS}px`;
    return html`
      <section class="packets" aria-labelledby="packets-title">
        <header class="section-head">
          <h2 id="packets-title">Packets</h2>
          <p class="muted">${this.caption()}</p>
          <div class="actions">
            ${
              this.label
                ? html`<button class="chip remove" @click=${() => this.tell('show-packets', { name: '', label: '' })}>
                  ${this.label} <span aria-hidden="true">✕</span>
                  <span class="visually-hidden">: show all packets again</span>
                </button>`
                : nothing
            }
            ${
              this.extraColumns.length
                ? html`<button
                  class="button small"
                  aria-pressed=${this.withExtra}
                  @click=${() => (this.withExtra = !this.withExtra)}
                >
                  ${this.withExtra ? 'Usual columns' : `+ ${counted(this.extraColumns.length, 'column')}`}
                </button>`
                : nothing
            }
            <button
              class="button small"
              ?disabled=${this.loading || this.stopped || this.shown === 0 || this.exporting !== ''}
              title=${this.notNow || FORMULAS}
              @click=${() => this.tell('export-rows')}
            >
              ${this.exporting || 'Export csv'}
            </button>
          </div>
        </header>
        <div class="grid-frame ${this.withExtra ? 'with-extra' : ''}" .style="height:${height}">
          <regular-table
            role="region"
            aria-label="Packet rows"
            class=${this.grown ? 'grown' : 'head'}
            @wheel=${{ handleEvent: (/** @type {WheelEvent} */ event) => this.onWheel(event), passive: false }}
            @keydown=${this.onKey}
          ></regular-table>
          ${
            this.shown === 0
              ? html`<p class="no-rows muted">${this.loading ? 'Reading…' : 'No packet here.'}</p>`
              : nothing
          }
        </div>
        ${this.print.on && this.shown > 0 ? this.onPaper() : nothing}
        ${
          this.shown > HEAD
            ? html`<button
              class="more"
              aria-expanded=${this.grown}
              ?disabled=${this.notNow !== '' && !this.grown}
              title=${this.notNow || nothing}
              @click=${() => (this.grown ? this.shrink() : this.grow())}
            >
              ${this.growText()}
            </button>`
            : nothing
        }
      </section>
    `;
  }

  /** A table for paper: the rows that are drawn, each in full. */
  onPaper() {
    const { first } = this.drawn;
    const rows = this.drawn.rows.slice(0, this.grown ? undefined : HEAD);
    const last = first + rows.length;
    const which = first === 0 ? `The first ${count(rows.length)}` : `Rows ${count(first + 1)} to ${count(last)}`;
    const all = counted(this.shown, 'packet');
    const named = this.label ? `, ${this.label}` : '';
    return html`<table class="paper">
      <caption>
        ${rows.length === this.shown ? all : `${which} of ${all}`}${named}
      </caption>
      <colgroup>
        ${this.widths.map((width) => html`<col .style="width:${Math.min(width, PAPER_LIMIT) * 0.62 + 1.2}em" />`)}
        <col />
      </colgroup>
      <thead>
        <tr>
          ${COLUMNS.map((title) => html`<th scope="col">${title}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map((row) => html`<tr>${COLUMNS.map((_, column) => html`<td>${beginningOf(row[column] ?? '')}</td>`)}</tr>`)}
      </tbody>
    </table>`;
  }

  caption() {
    const of =
      this.selected === this.total ? counted(this.total, 'packet') : `${count(this.selected)} selected packets`;
    const all = this.shown === this.selected ? of : `${count(this.shown)} of ${of}`;
    const rows = !this.grown && this.shown > HEAD ? html` · <code>head(10)</code>` : nothing;
    return html`${all}${this.loading ? ' so far' : ''}${rows}`;
  }

  growText() {
    if (this.grown) return html`Back to <code>head(10)</code>`;
    return this.loading && !this.stopped ? 'All rows once the file has been read' : `Show all ${count(this.shown)} rows`;
  }
}
customElements.define('packet-list', PacketList);
