// One cumulative distribution, drawn by Chart.js as the exact step function. The pointer, or the arrow keys, read it at
// any point; a click shows the packets up to there.
import { Chart, Filler, LinearScale, LineController, LineElement, PointElement } from 'chart.js';
import { html, nothing } from 'lit';
import { definitionsOf } from './answer.js';
import { atMost, cdfAxis, valueAt } from './cdf_axis.js';
import { download } from './download.js';
import { PagePart } from './element.js';
import { percent } from './format.js';
import { clamp } from './scale.js';

/** @import { CdfAxis } from './cdf_axis.js' */
/** @import { Definitions, Quantity } from './worker/protocol.js' */

Chart.register(LineController, LineElement, PointElement, LinearScale, Filler);

const TITLES = { size: 'Packet size', iat: 'Interarrival time' };
const AXIS_TITLES = { size: 'bytes on the wire', iat: 'time since the packet before, logarithmic' };
const NOTHING = { size: 'No packet here.', iat: 'Two packets make the first gap.' };
const OF = { size: 'packets', iat: 'gaps' };
/** Pixels within which a jump attracts the pointer. */
const SNAP = 6;

const dark = matchMedia('(prefers-color-scheme: dark)');

export class CdfChart extends PagePart {
  static properties = {
    quantity: {},
    corners: { attribute: false },
    definitions: { attribute: false },
    exportable: { attribute: false },
    open: { state: true },
    at: { state: true },
    share: { state: true },
  };

  constructor() {
    super();
    /** @type {Quantity} */
    this.quantity = 'size';
    /** Pairs x, F(x). */
    this.corners = new Float64Array();
    /** F at x, asked of the engine. @type {(x: number) => Promise<number>} */
    this.readout = async () => NaN;
    this.fileStem = 'trace';
    /** @type {Definitions | null} */
    this.definitions = null;
    /** No half of a file is. */
    this.exportable = true;
    this.open = false;
    /** Where it is being read. @type {number | null} */
    this.at = null;
    /** @type {number | null} */
    this.share = null;
    /** @type {Chart | null} */
    this.chart = null;
    /** @type {CdfAxis | null} */
    this.axis = null;
    /** Where the arrow keys stand, in axis units. @type {number | null} */
    this.position = null;
    this.onScheme = () => this.draw();
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

  /** @param {Map<string, unknown>} changed */
  updated(changed) {
    if (!changed.has('corners')) return;
    this.draw();
    if (this.at !== null) this.read(this.at);
  }

  draw() {
    const canvas = this.querySelector('canvas');
    if (!canvas || this.corners.length === 0) return;
    this.axis = cdfAxis(this.quantity, this.corners);
    const options = chartOptions(this, this.axis, () => requestAnimationFrame(() => this.placeCross()));
    if (this.chart) {
      this.chart.data = options.data;
      this.chart.options = /** @type {any} */ (options.options);
      this.chart.update('none');
    } else {
      this.chart = new Chart(canvas, {
        ...options,
        plugins: [{ id: 'band', beforeDatasetsDraw: (chart) => this.drawBand(chart) }],
      });
    }
    this.placeCross();
  }

  /** @param {Chart} chart */
  drawBand(chart) {
    const band = this.axis?.band;
    if (!band) return;
    const { ctx, chartArea, scales } = chart;
    const from = scales.x.getPixelForValue(band.from);
    const to = scales.x.getPixelForValue(band.to);
    ctx.save();
    ctx.beginPath();
    ctx.rect(from, chartArea.top, to - from, chartArea.bottom - chartArea.top);
    ctx.clip();
    ctx.strokeStyle = color(this, '--hatch');
    ctx.lineWidth = 5;
    ctx.beginPath();
    for (let x = from - (chartArea.bottom - chartArea.top); x < to; x += 14) {
      ctx.moveTo(x, chartArea.bottom);
      ctx.lineTo(x + chartArea.bottom - chartArea.top, chartArea.top);
    }
    ctx.stroke();
    ctx.restore();
  }

  /** Reads the curve at x; of several readings under way only the last one counts. @param {number} x */
  async read(x) {
    this.at = x;
    if (this.reading) return;
    this.reading = true;
    let asked;
    do {
      asked = this.at;
      this.share = await this.readout(asked);
    } while (asked !== this.at);
    this.reading = false;
    this.placeCross();
  }

  placeCross() {
    const cross = /** @type {HTMLElement | null} */ (this.querySelector('.cross'));
    if (!cross || !this.chart || !this.axis) return;
    cross.hidden = this.at === null || this.share === null || Number.isNaN(this.share);
    if (cross.hidden || this.at === null || this.share === null) return;
    const { scales, chartArea } = this.chart;
    const x = clamp(scales.x.getPixelForValue(this.axis.toAxis(this.at)), chartArea.left, chartArea.right);
    const y = scales.y.getPixelForValue(this.share);
    cross.style.setProperty('--x', `${x}px`);
    cross.style.setProperty('--y', `${y}px`);
    cross.style.setProperty('--left', `${chartArea.left}px`);
    cross.style.setProperty('--bottom', `${chartArea.bottom}px`);
  }

  /** @param {PointerEvent} event */
  onPointer(event) {
    if (!this.chart || !this.axis) return;
    const box = /** @type {HTMLElement} */ (event.currentTarget).getBoundingClientRect();
    const { chartArea, scales } = this.chart;
    const pixel = clamp(event.clientX - box.left, chartArea.left, chartArea.right);
    const position = scales.x.getValueForPixel(pixel) ?? 0;
    const reach = ((this.axis.max - this.axis.min) / (chartArea.right - chartArea.left)) * SNAP;
    this.read(valueAt(this.axis, this.corners, position, reach));
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    if (!this.axis) return;
    if (event.key === 'Enter') return this.showPackets();
    const { min, max } = this.axis;
    const step = ((max - min) / 100) * (event.shiftKey ? 10 : 1);
    /** @type {Record<string, number>} */
    const moves = {
      ArrowLeft: -step,
      ArrowDown: -step,
      ArrowRight: step,
      ArrowUp: step,
      PageDown: -10 * step,
      PageUp: 10 * step,
      Home: -Infinity,
      End: Infinity,
    };
    const by = moves[event.key];
    if (by === undefined) return;
    event.preventDefault();
    /** @type {number} */
    const from = this.position ?? this.axis.toAxis(this.at ?? this.corners[0] ?? 0);
    this.position = clamp(from + by, min, max);
    this.read(this.axis.toValue(this.position));
  }

  showPackets() {
    if (this.at === null) return;
    this.tell('show-packets', {
      name: `${this.quantity}<=${this.at}`,
      label: `${TITLES[this.quantity]} ${atMost(this.quantity, this.at)}`,
    });
  }

  /** @param {PointerEvent} event */
  onClick(event) {
    if (event.pointerType !== 'touch') this.showPackets();
  }

  async exportPng() {
    const source = this.querySelector('canvas');
    if (!source) return;
    const scale = source.width / source.clientWidth;
    const padding = 16 * scale;
    const title = 36 * scale;
    const canvas = document.createElement('canvas');
    canvas.width = source.width + 2 * padding;
    canvas.height = source.height + title + padding;
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
    context.fillStyle = color(this, '--surface');
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.fillStyle = color(this, '--text');
    context.font = `600 ${14 * scale}px ${getComputedStyle(this).fontFamily}`;
    context.fillText(`CDF of ${TITLES[this.quantity].toLowerCase()}: ${this.fileStem}`, padding, 24 * scale);
    context.drawImage(source, padding, title);
    canvas.toBlob((blob) => blob && download(blob, `${this.fileStem}-cdf-${this.quantity}.png`), 'image/png');
  }

  render() {
    const title = TITLES[this.quantity];
    const id = `cdf-${this.quantity}`;
    const empty = this.corners.length === 0;
    return html`
      <figure class="cdf" aria-labelledby=${id}>
        <header>
          <h3 id=${id}>${title} <span class="muted">${AXIS_TITLES[this.quantity]}</span></h3>
          <p class="exports">
            <button
              class="link"
              aria-expanded=${this.open}
              aria-label="definition, pandas: CDF of ${title}"
              @click=${() => (this.open = !this.open)}
            >
              definition, pandas
            </button>
            <button
              class="link"
              ?disabled=${empty || !this.exportable}
              title=${this.exportable ? nothing : 'As soon as the file has been read'}
              aria-label="Export the CDF of ${title} as PNG"
              @click=${this.exportPng}
            >
              PNG
            </button>
            <button
              class="link"
              ?disabled=${empty || !this.exportable}
              title=${this.exportable ? nothing : 'As soon as the file has been read'}
              aria-label="Export the CDF of ${title} as csv"
              @click=${() => this.tell('export-cdf', this.quantity)}
            >
              csv
            </button>
          </p>
        </header>
        <div
          class="chart"
          role="slider"
          tabindex=${empty ? -1 : 0}
          aria-label="Cumulative distribution of ${title}: read it with the arrow keys, Enter shows the packets"
          aria-valuemin="0"
          aria-valuemax="1"
          aria-valuenow=${this.share ?? 0}
          aria-valuetext=${this.readoutText() || 'not read yet'}
          @pointermove=${this.onPointer}
          @pointerdown=${this.onPointer}
          @click=${this.onClick}
          @keydown=${this.onKey}
        >
          <canvas aria-hidden="true"></canvas>
          <div class="cross" hidden></div>
          ${empty ? html`<p class="no-rows muted">${NOTHING[this.quantity]}</p>` : nothing}
        </div>
        <figcaption>
          ${
            this.at === null || empty
              ? html`<span class="muted">Point at the curve to read it.</span>`
              : html`<span data-readout=${String(this.at)} data-share=${String(this.share)}
                    ><strong>${this.readoutText()}</strong></span
                  >
                <button class="link" @click=${this.showPackets}>show them</button>`
          }
        </figcaption>
        ${
          this.open
            ? html`<div class="work">${definitionsOf(this.definitions, [`${this.quantity}_cdf`])}</div>`
            : nothing
        }
      </figure>
    `;
  }

  readoutText() {
    if (this.at === null || this.share === null || Number.isNaN(this.share)) return '';
    return `${percent(this.share)} of ${OF[this.quantity]} are ${atMost(this.quantity, this.at)}`;
  }
}
customElements.define('cdf-chart', CdfChart);

/** Draws a chart that nobody sees: what Chart.js does for the first time takes twice as long. */
export function practiseDrawing() {
  const corners = Float64Array.from({ length: 400 }, (_, i) => (i % 2 ? (i + 1) / 400 : 50 + 3 * i));
  const { options, ...parts } = chartOptions(document.documentElement, cdfAxis('size', corners), () => {});
  new Chart(document.createElement('canvas'), { ...parts, options: { ...options, responsive: false } }).destroy();
}

/** @param {Element} element @param {string} name */
const color = (element, name) => getComputedStyle(element).getPropertyValue(name).trim();

/**
 * @param {Element} element  whose colours and font it has
 * @param {CdfAxis} axis
 * @param {() => void} onResize
 * @returns {import('chart.js').ChartConfiguration<'line'>}
 */
function chartOptions(element, axis, onResize) {
  const line = color(element, '--line');
  const font = { family: getComputedStyle(element).fontFamily, size: 12 };
  const labels = new Map(axis.ticks.map((tick) => [tick.value, tick.label]));
  return {
    type: 'line',
    data: {
      datasets: [
        {
          data: axis.points,
          stepped: true, // on to the next corner's x, then up: right-continuous
          borderColor: color(element, '--accent'),
          backgroundColor: color(element, '--accent-fill'),
          borderWidth: 2,
          pointRadius: 0,
          fill: 'start',
        },
      ],
    },
    options: {
      animation: false,
      parsing: false,
      normalized: true,
      responsive: true,
      maintainAspectRatio: false,
      events: [],
      onResize,
      layout: { padding: { top: 8, right: 10 } },
      scales: {
        x: {
          type: 'linear',
          min: axis.min,
          max: axis.max,
          grid: { color: line, drawTicks: false },
          border: { color: color(element, '--line-strong') },
          ticks: {
            color: color(element, '--muted'),
            font,
            padding: 6,
            maxRotation: 0,
            autoSkipPadding: 12,
            callback: (value) => labels.get(Number(value)) ?? '',
          },
          afterBuildTicks: (scale) => {
            scale.ticks = axis.ticks.map(({ value }) => ({ value }));
          },
        },
        y: {
          type: 'linear',
          min: 0,
          max: 1,
          grid: { color: line, drawTicks: false },
          border: { display: false },
          ticks: {
            color: color(element, '--muted'),
            font,
            padding: 8,
            stepSize: 0.2,
            callback: (value) => `${Math.round(Number(value) * 100)}\u202f%`,
          },
        },
      },
    },
  };
}
