// Packets per time bin, the idle tail shaded and labelled, and a brush: what lies under it is what every figure below
// is of. The brush answers to mouse, touch (sideways; the page still scrolls up and down) and keys (its two edges are
// sliders).
import { html, nothing, svg } from 'lit';
import { PagePart } from './element.js';
import { counted, duration, significant } from './format.js';
import { clamp, niceTicks } from './scale.js';

/** @import { IdleTail, Timeline } from './worker/protocol.js' */
/** @typedef {{ from: number, to: number }} Range  seconds since the first packet */

const PLOT_HEIGHT = 84;
const LEAST_BAR = (3 / PLOT_HEIGHT) * 100;
const DRAG_STARTS_AT = 4;

export class TimeLine extends PagePart {
  static properties = {
    timeline: { attribute: false },
    extent: { attribute: false },
    brush: { attribute: false },
    tail: { attribute: false },
    tailStart: { attribute: false },
    trimmed: { type: Boolean },
    zoomed: { type: Boolean },
    selectionLine: { attribute: false },
  };

  constructor() {
    super();
    /** @type {Timeline | null} */
    this.timeline = null;
    /** What the plot spans. @type {Range} */
    this.extent = { from: 0, to: 0 };
    /** @type {Range | null} */
    this.brush = null;
    /** @type {IdleTail | null} */
    this.tail = null;
    this.tailStart = 0;
    this.trimmed = false;
    this.zoomed = false;
    /** What is selected, in words, for the header. @type {unknown} */
    this.selectionLine = null;
    /** @type {{ kind: 'new' | 'move' | 'from' | 'to', at: number, x: number, brush: Range, moved: boolean } | null} */
    this.drag = null;
  }

  /** @param {number} seconds */
  percentAt(seconds) {
    const { from, to } = this.extent;
    return to > from ? ((seconds - from) / (to - from)) * 100 : 0;
  }

  /** @param {PointerEvent} event */
  secondsAt(event) {
    const box = /** @type {HTMLElement} */ (this.querySelector('.plot')).getBoundingClientRect();
    const share = clamp((event.clientX - box.left) / box.width, 0, 1);
    return this.extent.from + share * (this.extent.to - this.extent.from);
  }

  /** The brush, or everything. */
  get range() {
    return this.brush ?? this.extent;
  }

  /** @param {Range} range @param {boolean} [done] */
  choose(range, done = true) {
    const { from, to } = this.extent;
    const chosen = {
      from: clamp(Math.min(range.from, range.to), from, to),
      to: clamp(Math.max(range.from, range.to), from, to),
    };
    this.brush = chosen;
    this.tell('brush', { ...chosen, done });
  }

  /** @param {PointerEvent} event */
  onPointerDown(event) {
    if (event.button !== 0 || !(this.extent.to > this.extent.from)) return;
    const target = /** @type {HTMLElement} */ (event.target);
    const at = this.secondsAt(event);
    const edge = target.dataset.edge;
    const inside = this.brush && at > this.brush.from && at < this.brush.to;
    const kind = edge === 'from' || edge === 'to' ? edge : inside ? 'move' : 'new';
    this.drag = { kind, at, x: event.clientX, brush: this.range, moved: false };
    /** @type {HTMLElement} */ (event.currentTarget).setPointerCapture(event.pointerId);
  }

  /** @param {PointerEvent} event */
  onPointerMove(event) {
    const { drag } = this;
    if (!drag) return;
    if (!drag.moved && Math.abs(event.clientX - drag.x) < DRAG_STARTS_AT) return;
    drag.moved = true;
    const at = this.secondsAt(event);
    if (drag.kind === 'new') this.choose({ from: drag.at, to: at }, false);
    else if (drag.kind === 'from') this.choose({ from: Math.min(at, drag.brush.to), to: drag.brush.to }, false);
    else if (drag.kind === 'to') this.choose({ from: drag.brush.from, to: Math.max(at, drag.brush.from) }, false);
    else {
      const { from, to } = drag.brush;
      const by = clamp(at - drag.at, this.extent.from - from, this.extent.to - to);
      this.choose({ from: from + by, to: to + by }, false);
    }
  }

  onPointerUp() {
    const { drag } = this;
    this.drag = null;
    if (drag?.moved) this.choose(this.range);
    else if (drag && drag.kind === 'new' && this.brush) this.tell('select-all');
  }

  onPointerCancel() {
    if (this.drag?.moved) this.choose(this.drag.brush);
    this.drag = null;
  }

  /** @param {'from' | 'to'} edge @param {KeyboardEvent} event */
  onKey(edge, event) {
    const { from, to } = this.extent;
    const bin = (to - from) / (this.timeline?.packets.length || 100);
    /** @type {Record<string, number>} */
    const moves = {
      ArrowLeft: -bin,
      ArrowDown: -bin,
      ArrowRight: bin,
      ArrowUp: bin,
      PageDown: -10 * bin,
      PageUp: 10 * bin,
      Home: -Infinity,
      End: Infinity,
    };
    const by = moves[event.key];
    if (by === undefined) return;
    event.preventDefault();
    const range = { ...this.range };
    if (edge === 'from') range.from = clamp(range.from + by, from, range.to);
    else range.to = clamp(range.to + by, range.from, to);
    this.choose(range);
  }

  render() {
    if (!this.timeline) return nothing;
    const bins = this.timeline.packets.length;
    const binWidth = (this.timeline.to_s - this.timeline.from_s) / bins;
    return html`
      <section class="timeline" aria-labelledby="timeline-title">
        <header class="section-head">
          <h2 id="timeline-title">Timeline</h2>
          ${
            this.selectionLine ??
            html`<p class="muted">
              ${binWidth > 0 ? html`packets per ${duration(binWidth, 2)} · drag to select` : 'all packets at one instant'}
            </p>`
          }
          <div class="actions">${this.actions()}</div>
        </header>
        <div
          class="plot"
          @pointerdown=${this.onPointerDown}
          @pointermove=${this.onPointerMove}
          @pointerup=${this.onPointerUp}
          @pointercancel=${this.onPointerCancel}
        >
          ${this.tailShade()}
          <svg viewBox="0 0 1000 100" preserveAspectRatio="none" role="img" aria-label=${this.summaryText()}>
            ${svg`<path d=${this.bars()} />`}
          </svg>
          ${this.tailLabel()} ${this.brushParts()}
        </div>
        <div class="axis" aria-hidden="true">${this.axis()}</div>
      </section>
    `;
  }

  actions() {
    return html`
      ${
        this.brush && !this.trimmed && !this.zoomed
          ? html`<button class="button small" @click=${() => this.tell('zoom')}>Zoom in</button>`
          : nothing
      }
      ${
        this.brush || this.zoomed
          ? html`<button class="button small" @click=${() => this.tell('select-all')}>Show all <kbd>Esc</kbd></button>`
          : nothing
      }
      ${
        this.tail && !this.trimmed
          ? html`<button class="button small" @click=${() => this.tell('trim')}>Trim the idle tail</button>`
          : nothing
      }
    `;
  }

  summaryText() {
    const { packets, from_s, to_s } = /** @type {Timeline} */ (this.timeline);
    const all = packets.reduce((a, b) => a + b, 0);
    const most = packets.indexOf(Math.max(...packets));
    const at = from_s + ((most + 0.5) / packets.length) * (to_s - from_s);
    return `${counted(all, 'packet')} over ${duration(to_s - from_s)}, most of them around ${duration(at, 3)}`;
  }

  bars() {
    const { packets, from_s, to_s } = /** @type {Timeline} */ (this.timeline);
    const most = Math.max(...packets, 1);
    const left = to_s > from_s ? this.percentAt(from_s) * 10 : 495;
    const width = to_s > from_s ? (this.percentAt(to_s) * 10 - left) / packets.length : 10;
    const bar = Math.max(width * 0.86, 1.6);
    let path = '';
    for (let i = 0; i < packets.length; i++) {
      if (packets[i] === 0) continue;
      const x = (left + i * width).toFixed(2);
      const height = Math.max((packets[i] / most) * 96, LEAST_BAR);
      path += `M${x} 100V${(100 - height).toFixed(2)}h${bar.toFixed(2)}V100z`;
    }
    return path;
  }

  tailShade() {
    if (!this.tail) return nothing;
    const left = clamp(this.percentAt(this.tailStart), 0, 100);
    return html`<div class="idle" style="left:${left}%"></div>`;
  }

  tailLabel() {
    if (!this.tail || this.percentAt(this.tailStart) > 60) return nothing;
    const left = Math.max(this.percentAt(this.tailStart), 0);
    return html`<p class="idle-label" style="left:${left}%"><span
        >idle tail: ${duration(this.tail.gap_s)} of nothing, then ${counted(this.tail.packets, 'packet')} without new
        data</span
      ></p>`;
  }

  brushParts() {
    const { from, to } = this.range;
    const left = clamp(this.percentAt(from), 0, 100);
    const right = clamp(this.percentAt(to), 0, 100);
    return html`
      ${
        this.brush
          ? html`<div class="veil" style="left:0;width:${left}%"></div>
            <div class="veil" style="left:${right}%;right:0"></div>
            <div class="brush" style="left:${left}%;width:${right - left}%"></div>`
          : nothing
      }
      ${this.handle('from', left, from)} ${this.handle('to', right, to)}
    `;
  }

  /** @param {'from' | 'to'} edge @param {number} left @param {number} seconds */
  handle(edge, left, seconds) {
    return html`<div
      class="handle ${edge} ${this.brush ? '' : 'resting'}"
      style="left:${left}%"
      data-edge=${edge}
      role="slider"
      tabindex="0"
      aria-label=${edge === 'from' ? 'Start of the selection' : 'End of the selection'}
      aria-valuemin=${this.extent.from}
      aria-valuemax=${this.extent.to}
      aria-valuenow=${seconds}
      aria-valuetext=${duration(seconds)}
      @keydown=${(/** @type {KeyboardEvent} */ event) => this.onKey(edge, event)}
    ></div>`;
  }

  axis() {
    const { from, to } = this.extent;
    if (!(to > from)) return nothing;
    const longest = Math.max(Math.abs(from), Math.abs(to));
    const [scale, unit] = longest >= 1 ? [1, 's'] : longest >= 1e-3 ? [1e-3, 'ms'] : [1e-6, 'µs'];
    return niceTicks(from, to, 6).map((tick) => {
      const left = this.percentAt(tick);
      const place = left < 2 ? 'first' : left > 96 ? 'last' : '';
      return html`<span class=${place} style="left:${left}%">${significant(tick / scale, 6)}\u202f${unit}</span>`;
    });
  }
}
customElements.define('time-line', TimeLine);
