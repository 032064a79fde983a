// One cumulative distribution, drawn by Chart.js as the exact step function. The pointer or the arrow keys read it,
// along the values or, at the axis of shares and with the keys up and down, along the shares; a click keeps what is
// read. "Show them" shows the packets up to there.
import { html, nothing } from 'lit';
import { definitionsOf } from './answer.js';
import { cdfAxis } from './cdf_axis.js';
import { Chart, cdfDrawing, cdfPlugins, colorsOf } from './cdf_drawing.js';
import './cdf_exports.js';
import { ON_PAPER, PICTURE, cdfPicture } from './cdf_picture.js';
import { atMost, readAt, readNext, readShare, readingText, valueText } from './cdf_reading.js';
import { PagePart } from './element.js';
import { count, counted, percent } from './format.js';
import { Printing } from './printing.js';
import { clamp } from './scale.js';

/** @import { CdfAxis } from './cdf_axis.js' */
/** @import { Mark, Scene } from './cdf_drawing.js' */
/** @import { Reading } from './cdf_reading.js' */
/** @import { Definitions, Quantity, Summary } from './worker/protocol.js' */

const TITLES = { size: 'Packet size', iat: 'Interarrival time' };
const AXIS_TITLES = { size: 'bytes on the wire', iat: 'time since the packet before, logarithmic' };
const SHORT_AXIS_TITLES = { size: 'bytes on the wire', iat: 'time, logarithmic' };
const PICTURE_AXIS_TITLES = { size: 'Packet size (bytes)', iat: 'Time since the packet before (logarithmic)' };
/** The figure that is as little known as the curve. */
const MEAN = { size: 'size_mean', iat: 'iat_mean_s' };
const OF = { size: 'packet', iat: 'gap' };
/** What the axes take from the plot's width. */
const AXES = 86;
/** Narrower plots have shorter titles. */
const TITLE_ROOM = 280;

const dark = matchMedia('(prefers-color-scheme: dark)');

export class CdfChart extends PagePart {
  static properties = {
    quantity: {},
    corners: { attribute: false },
    summary: { attribute: false },
    total: { type: Number },
    definitions: { attribute: false },
    exportable: { type: Boolean },
    open: { state: true },
    reading: { state: true },
  };

  constructor() {
    super();
    /** @type {Quantity} */
    this.quantity = 'size';
    /** Pairs x, F(x). */
    this.corners = new Float64Array();
    /** Of what the curve is of: its percentiles are marked. @type {Summary | null} */
    this.summary = null;
    /** Packets of the file; 0 when that is not known. */
    this.total = 0;
    this.fileName = '';
    this.fileStem = 'trace';
    /** @type {Definitions | null} */
    this.definitions = null;
    /** Whether the curve is of all the file: else it is not for handing in. */
    this.exportable = true;
    this.open = false;
    /** @type {Reading | null} */
    this.reading = null;
    /** A click has kept the reading, until the pointer comes again. */
    this.kept = false;
    /** @type {Chart | null} */
    this.chart = null;
    /** @type {CdfAxis | null} */
    this.axis = null;
    /** @type {Scene | null} */
    this.scene = null;
    /** Where the arrow keys stand, in axis units. @type {number | null} */
    this.position = null;
    this.onScheme = () => this.draw();
    this.print = new Printing(this);
  }

  connectedCallback() {
    super.connectedCallback();
    dark.addEventListener('change', this.onScheme);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    dark.removeEventListener('change', this.onScheme);
    this.chart?.destroy();
    this.chart = null;
  }

  firstUpdated() {
    let width = 0;
    new ResizeObserver(([{ contentRect }]) => {
      if (contentRect.width !== width && !this.print.on) this.draw(); // other ticks have room
      width = contentRect.width;
    }).observe(/** @type {Element} */ (this.querySelector('.chart')));
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    if (!changed.has('corners') || !this.reading) return;
    this.reading = this.isEmpty ? null : readAt(this.corners, this.reading.x);
  }

  /** @param {Map<string, unknown>} changed */
  updated(changed) {
    if (changed.has('corners') || changed.has('summary')) this.draw();
    else this.placeCross();
  }

  get isEmpty() {
    return this.corners.length === 0;
  }

  // ---- drawing ----

  /** @returns {Mark[]} */
  get marks() {
    const names = { size: ['size_median', 'size_p90'], iat: ['iat_median_s', 'iat_p90_s'] }[this.quantity];
    const wanted = [
      { word: 'median', share: 0.5 },
      { word: 'p90', share: 0.9 },
    ];
    return wanted.flatMap(({ word, share }, i) => {
      const value = this.summary?.[names[i]];
      return typeof value === 'number'
        ? [{ share, value, label: `${word} ${valueText(this.quantity, rounded(value))}` }]
        : [];
    });
  }

  draw() {
    const canvas = this.querySelector('canvas');
    if (!canvas || this.isEmpty) return;
    const width = /** @type {HTMLElement} */ (canvas.parentElement).clientWidth;
    this.axis = cdfAxis(this.quantity, this.corners, Math.max(width - AXES, 100));
    const x = (width - AXES < TITLE_ROOM ? SHORT_AXIS_TITLES : AXIS_TITLES)[this.quantity];
    const titles = { x, y: `share of ${OF[this.quantity]}s` };
    const scene = (this.scene = { axis: this.axis, palette: colorsOf(this), marks: this.marks, titles });
    const drawing = cdfDrawing(scene);
    if (this.chart) {
      this.chart.data = drawing.data;
      this.chart.options = /** @type {any} */ (drawing.options);
      this.chart.update('none');
    } else {
      this.chart = new Chart(canvas, { ...drawing, plugins: cdfPlugins(() => this.scene ?? scene) });
    }
    this.placeCross();
  }

  placeCross() {
    const cross = /** @type {HTMLElement | null} */ (this.querySelector('.cross'));
    const { reading } = this;
    if (!cross) return;
    cross.hidden = !reading || !this.chart || !this.axis || this.isEmpty;
    if (!reading || !this.chart || !this.axis) return;
    const { scales, chartArea } = this.chart;
    const x = clamp(scales.x.getPixelForValue(this.axis.toAxis(reading.x)), chartArea.left, chartArea.right);
    const y = scales.y.getPixelForValue(reading.asked ?? reading.share);
    cross.style.setProperty('--x', `${x}px`);
    cross.style.setProperty('--y', `${y}px`);
    cross.style.setProperty('--left', `${chartArea.left}px`);
    cross.style.setProperty('--bottom', `${chartArea.bottom}px`);
  }

  // ---- reading ----

  /** @param {PointerEvent} event */
  onPointer(event) {
    if (!this.chart || !this.axis || this.isEmpty) return;
    const box = /** @type {HTMLElement} */ (event.currentTarget).getBoundingClientRect();
    const { chartArea, scales } = this.chart;
    const x = event.clientX - box.left;
    if (x < chartArea.left) {
      const share = scales.y.getValueForPixel(event.clientY - box.top) ?? 0;
      this.reading = readShare(this.corners, clamp(Math.round(share * 100) / 100, 0.01, 1));
      return;
    }
    this.position = clamp(scales.x.getValueForPixel(x) ?? 0, this.axis.min, this.axis.max);
    this.reading = readAt(this.corners, this.axis.toValue(this.position));
  }

  /** @param {PointerEvent} event */
  onPointerMove(event) {
    if (!this.kept) this.onPointer(event);
  }

  /** @param {PointerEvent} event */
  onPointerDown(event) {
    this.kept = event.pointerType !== 'touch';
    this.onPointer(event);
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    if (!this.axis || this.isEmpty) return;
    const step = event.shiftKey ? 10 : 1;
    /** @type {Record<string, () => void>} */
    const moves = {
      Enter: () => this.showPackets(),
      ArrowLeft: () => this.readBy(-step),
      ArrowRight: () => this.readBy(step),
      PageDown: () => this.readBy(-10),
      PageUp: () => this.readBy(10),
      Home: () => this.readBy(-Infinity),
      End: () => this.readBy(Infinity),
      ArrowDown: () => this.readShareBy(-step / 100),
      ArrowUp: () => this.readShareBy(step / 100),
    };
    const move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    move();
  }

  /** So many hundredths of the axis further, or to the next sample if that is further away. @param {number} by */
  readBy(by) {
    const { min, max, toAxis, toValue } = /** @type {CdfAxis} */ (this.axis);
    const before = this.reading;
    const from = this.position ?? (before ? toAxis(before.x) : min);
    this.position = clamp(from + (by * (max - min)) / 100, min, max);
    this.reading = readAt(this.corners, toValue(this.position));
    if (!before || this.reading.index !== before.index || !Number.isFinite(by)) return;
    this.reading = readNext(this.corners, before.index, Math.sign(by));
    this.position = this.reading.index < 0 ? this.position : toAxis(this.reading.x);
  }

  /** @param {number} by */
  readShareBy(by) {
    const share = this.reading?.asked ?? Math.round((this.reading?.share ?? 0) * 100) / 100;
    this.reading = readShare(this.corners, clamp(Math.round((share + by) * 100) / 100, 0.01, 1));
    this.position = null;
  }

  showPackets() {
    const { reading, quantity } = this;
    if (!reading || reading.index < 0) return;
    this.tell('show-packets', {
      name: `${quantity}<=${reading.x}`,
      label: `${TITLES[quantity]} ${atMost(quantity, reading.x, reading.index === 0)}`,
    });
  }

  // ---- pictures ----

  /** What a picture shows. @param {boolean} titled */
  content(titled) {
    const { quantity, corners, marks } = this;
    const n = counted(this.samples, OF[quantity]);
    const titles = { x: PICTURE_AXIS_TITLES[quantity], y: `cumulative share of ${n}` };
    if (!titled) return { quantity, corners, marks, titles };
    const selected = this.summary?.packets ?? 0;
    const isPart = this.total > 0 && selected !== this.total;
    const part = isPart ? `, ${count(selected)} of ${counted(this.total, 'packet')} selected` : '';
    return {
      quantity,
      corners,
      marks,
      titles,
      title: `CDF of ${TITLES[quantity].toLowerCase()}`,
      subtitle: `${this.fileName || this.fileStem}: n = ${n}${part}`,
    };
  }

  /** How many samples the curve is of. */
  get samples() {
    const { details } = this.summary ?? {};
    return (this.quantity === 'size' ? details?.size?.count : details?.interarrival?.count) ?? 0;
  }

  picture() {
    return cdfPicture(this, this.content(true), PICTURE);
  }

  // ---- the page ----

  render() {
    const title = TITLES[this.quantity];
    const id = `cdf-${this.quantity}`;
    return html`
      <figure class="cdf" aria-labelledby=${id}>
        <header>
          <h3 id=${id}>
            ${title} <span class="muted">${this.samples ? counted(this.samples, OF[this.quantity]) : ''}</span>
          </h3>
          <p class="exports">${this.exports(title)}</p>
        </header>
        <div
          class="chart"
          role="slider"
          tabindex=${this.isEmpty ? -1 : 0}
          aria-label="Cumulative distribution of ${title}: read it with the arrow keys, Enter shows the packets"
          aria-valuemin="0"
          aria-valuemax="1"
          aria-valuenow=${this.reading?.share ?? 0}
          aria-valuetext=${this.readoutText() || 'not read yet'}
          @pointerenter=${() => (this.kept = false)}
          @pointermove=${this.onPointerMove}
          @pointerdown=${this.onPointerDown}
          @keydown=${this.onKey}
        >
          <canvas aria-hidden="true" .style=${this.isEmpty ? 'visibility:hidden' : ''}></canvas>
          <div class="cross" hidden></div>
          ${this.isEmpty ? html`<p class="no-rows muted">${this.summary?.unknown[MEAN[this.quantity]]}</p>` : nothing}
        </div>
        ${
          this.print.on && !this.isEmpty
            ? html`<div class="on-paper">${cdfPicture(this, this.content(false), ON_PAPER)}</div>`
            : nothing
        }
        <figcaption>${this.caption()}</figcaption>
        ${
          this.open
            ? html`<div class="work">${definitionsOf(this.definitions, [`${this.quantity}_cdf`])}</div>`
            : nothing
        }
      </figure>
    `;
  }

  /** @param {string} title */
  exports(title) {
    return html`
      <button
        class="link"
        aria-expanded=${this.open}
        aria-label="How? CDF of ${title}"
        @click=${() => (this.open = !this.open)}
      >
        How?
      </button>
      <cdf-exports
        .quantity=${this.quantity}
        .named=${`the CDF of ${title}`}
        .fileStem=${this.fileStem}
        .isEmpty=${this.isEmpty}
        .exportable=${this.exportable}
        .picture=${() => this.picture()}
      ></cdf-exports>
    `;
  }

  caption() {
    if (this.isEmpty) return nothing;
    if (!this.reading || this.print.on) return html`<span class="muted">${this.atRest()}</span>`;
    const { x, share, index } = this.reading;
    return html`<span data-readout=${String(x)} data-share=${String(share)}
        ><strong>${this.readoutText()}</strong></span
      >
      ${index < 0 ? nothing : html`<button class="link" @click=${this.showPackets}>show them</button>`}`;
  }

  /** What the table says of the curve. */
  atRest() {
    const parts = this.marks.map(({ label }) => label);
    if (this.quantity === 'iat' && this.corners[0] <= 0)
      parts.push(`${percent(readAt(this.corners, 0).share)} are ${this.corners[0] < 0 ? '0 or negative' : '0'}`);
    const text = parts.join(' · ');
    return this.print.on ? text : `${text}${text ? '. ' : ''}Point at the curve to read it.`;
  }

  readoutText() {
    return this.reading && !this.isEmpty ? readingText(this.quantity, this.reading) : '';
  }
}
customElements.define('cdf-chart', CdfChart);

/** As the table shows it. @param {number} value */
const rounded = (value) => (Math.abs(value) < 1 ? value : Number(value.toFixed(2)));

/** Draws a chart that nobody sees: what Chart.js does for the first time takes twice as long. */
export function practiseDrawing() {
  const corners = Float64Array.from({ length: 400 }, (_, i) => (i % 2 ? (i + 1) / 400 : 50 + 3 * i));
  const { options, ...parts } = cdfDrawing({
    axis: cdfAxis('size', corners),
    palette: colorsOf(document.documentElement),
    marks: [],
    titles: { x: '', y: '' },
  });
  new Chart(document.createElement('canvas'), { ...parts, options: { ...options, responsive: false } }).destroy();
}
