// Packets per time bin, the idle tail shaded and labelled (behind a break of the axis when it is the longer part:
// time_axis.js), and a brush: what lies under it is what every figure below is of. The brush answers to mouse, touch
// (sideways; the page still scrolls up and down) and keys (its two edges are sliders). Nothing here changes its height.
import { html, nothing, svg } from 'lit';
import { PagePart } from './element.js';
import { counted, duration } from './format.js';
import { Printing } from './printing.js';
import { clamp } from './scale.js';
import { TimeAxis } from './time_axis.js';
import { TimeBars, binWidth } from './time_bars.js';

/** @import { PropertyValues } from 'lit' */
/** @import { IdleTail, Selection, Timeline } from './worker/protocol.js' */
/** @typedef {{ from: number, to: number }} Range  seconds since the first packet */

/** Pixels. */
const BAR_ROOM = 3.6;
const PAPER_WIDTH = 640;
const DRAG_STARTS_AT = 4;
/** A whole sentence fits into an idle tail so wide, and a duration into one so wide. */
const SENTENCE_ROOM = 150;
const DURATION_ROOM = 44;
const HOVER_ROOM = 110;
const CAPTION_ROOM = 420;
const MOST_BINS = 220;
const LEAST_BINS = 40;

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
    unknown: { attribute: false },
    bars: { state: true },
    width: { state: true },
    hovered: { state: true },
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
    /** What is selected, in words: stands in the header. @type {unknown} */
    this.selectionLine = null;
    /** Why there is no timeline. */
    this.unknown = '';
    /** Bins of a part of the trace. @type {(selection: Selection, bins: number) => Promise<Timeline | null>} */
    this.source = async () => null;
    /** What is drawn: `timeline`, or finer bins of its parts. @type {Timeline[]} */
    this.bars = [];
    /** Of the plot, in pixels; 0 until it stands on the page. */
    this.width = 0;
    /** Where the pointer is, as a share of the width. @type {number | null} */
    this.hovered = null;
    /** @type {{ kind: 'new' | 'move' | 'from' | 'to', at: number, x: number, brush: Range, moved: boolean } | null} */
    this.drag = null;
    this.axis = new TimeAxis(this.extent, null, 0);
    /** Counts the questions for bins, of which only the last one's answer is drawn. */
    this.asked = 0;
    /** @type {Promise<void> | null} */
    this.asking = null;
    this.print = new Printing(this);
  }

  firstUpdated() {
    const track = /** @type {HTMLElement} */ (this.querySelector('.track'));
    this.width = track.clientWidth;
    new ResizeObserver(() => {
      if (!this.print.on) this.width = track.clientWidth;
    }).observe(track);
  }

  /** @param {PropertyValues<any>} changed */
  willUpdate(changed) {
    const active = this.tail && !this.zoomed ? this.tailStart : null;
    this.axis = new TimeAxis(this.extent, active, this.print.on ? PAPER_WIDTH : this.width || PAPER_WIDTH);
    if (changed.has('timeline') || changed.has('width')) this.askForBins(changed.has('timeline'));
  }

  /** The timeline is complete when its bars stand there. */
  async getUpdateComplete() {
    const complete = await super.getUpdateComplete();
    await this.asking;
    return complete;
  }

  // ---- bins ----

  /**
   * Bins that suit the plot: those given, or when the axis is broken or has another width now, others.
   * @param {boolean} fresh  other ones have been given
   */
  askForBins(fresh) {
    const { timeline } = this;
    if (!timeline) this.bars = [];
    if (!timeline || this.width === 0) return;
    const parts = this.partsWanted();
    const fit = (/** @type {number} */ have, /** @type {number} */ want) => have > 0.74 * want && have < 1.36 * want;
    if (parts.length === 1 && fit(timeline.packets.length, parts[0].bins)) {
      this.asked++;
      this.bars = [timeline];
    } else if (fresh || !this.bars.length || !fit(this.bars[0].packets.length, parts[0].bins)) {
      this.asking = this.ask(parts).catch(() => {}); // the trace was closed meanwhile
    }
  }

  /** @returns {{ selection: Selection, bins: number }[]} */
  partsWanted() {
    const bins = clamp(Math.round(this.width / BAR_ROOM), LEAST_BINS, MOST_BINS);
    const { from, to } = this.extent;
    const [before, after] = this.axis.segments;
    if (!after || !this.tail) return [{ selection: this.zoomed ? { from_s: from, to_s: to } : {}, bins }];
    const first = this.tailStart + this.tail.gap_s;
    const share = 1 - this.axis.shareAt(first);
    return [
      { selection: { from_s: from, to_s: before.to }, bins: Math.round(bins * (before.right - before.left)) },
      {
        selection: { from_s: this.tailStart + this.tail.gap_s / 2, to_s: to },
        bins: Math.max(1, Math.round(bins * share)),
      },
    ];
  }

  /** @param {{ selection: Selection, bins: number }[]} parts */
  async ask(parts) {
    const asked = ++this.asked;
    const bars = await Promise.all(parts.map(({ selection, bins }) => this.source(selection, bins)));
    const known = bars.filter((one) => one !== null);
    if (asked === this.asked && known.length > 0) this.bars = known; // else nobody answers any more
    await super.getUpdateComplete();
  }

  // ---- the brush ----

  /** @param {PointerEvent} event */
  shareOf(event) {
    const box = /** @type {HTMLElement} */ (this.querySelector('.track')).getBoundingClientRect();
    return clamp((event.clientX - box.left) / box.width, 0, 1);
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
    const at = this.axis.secondsAt(this.shareOf(event));
    const edge = target.dataset.edge;
    const inside = this.brush && at > this.brush.from && at < this.brush.to;
    const kind = edge === 'from' || edge === 'to' ? edge : inside ? 'move' : 'new';
    this.drag = { kind, at, x: event.clientX, brush: this.range, moved: false };
    this.hovered = null;
    /** @type {HTMLElement} */ (event.currentTarget).setPointerCapture(event.pointerId);
  }

  /** @param {PointerEvent} event */
  onPointerMove(event) {
    const { drag } = this;
    if (!drag) {
      if (event.pointerType !== 'touch') this.hovered = this.shareOf(event);
      return;
    }
    if (!drag.moved && Math.abs(event.clientX - drag.x) < DRAG_STARTS_AT) return;
    drag.moved = true;
    const at = this.axis.secondsAt(this.shareOf(event));
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
    const bin = 1 / (this.bars.reduce((sum, { packets }) => sum + packets.length, 0) || 100);
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
    const at = this.axis.moved(range[edge], by);
    range[edge] = edge === 'from' ? Math.min(at, range.to) : Math.max(at, range.from);
    this.choose(range);
  }

  // ---- drawing ----

  render() {
    return html`
      <section class="timeline" aria-labelledby="timeline-title">
        <header class="section-head">
          <h2 id="timeline-title">Timeline</h2>
          <div class="what">${this.selectionLine ?? html`<p class="muted">${this.caption()}</p>`}</div>
          <div class="actions">${this.actions()}</div>
        </header>
        <div
          class="plot"
          @pointerdown=${this.onPointerDown}
          @pointermove=${this.onPointerMove}
          @pointerup=${this.onPointerUp}
          @pointercancel=${this.onPointerCancel}
          @pointerleave=${() => (this.hovered = null)}
        >
          <div class="track">${this.timeline ? this.plot() : html`<p class="no-rows muted">${this.unknown}</p>`}</div>
        </div>
        <div class="axis" aria-hidden="true">
          <div class="track">${this.timeline ? this.axisLabels() : nothing}</div>
        </div>
      </section>
    `;
  }

  plot() {
    return html`
      ${this.tailShade()}
      <svg viewBox="0 0 1000 100" preserveAspectRatio="none" role="img" aria-label=${this.summaryText()}>
        ${svg`<path d=${this.drawnBars.path()} />`}
      </svg>
      ${this.brushParts()} ${this.mostLabel()} ${this.tailLabel()} ${this.hover()}
    `;
  }

  caption() {
    const [first, behind] = this.bars;
    if (!first) return '';
    const width = binWidth(first);
    if (!(width > 0)) return 'all packets at one instant';
    const rest =
      behind && binWidth(behind) > 0 && this.width > CAPTION_ROOM
        ? `, behind the break per ${duration(binWidth(behind), 2)}`
        : '';
    return `packets per ${duration(width, 2)}${rest}${this.print.on ? '' : ' · drag to select'}`;
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

  get drawnBars() {
    return new TimeBars(this.axis, this.bars);
  }

  summaryText() {
    const { packets, from_s, to_s } = /** @type {Timeline} */ (this.timeline);
    const all = packets.reduce((a, b) => a + b, 0);
    const { from, to } = this.axis;
    const broken = this.axis.gap
      ? `; the axis is broken at ${duration(this.tailStart)}, where the idle tail begins`
      : '';
    const most = to > from ? `, most of them around ${duration(this.drawnBars.fullest.at, 3)}` : '';
    return `${counted(all, 'packet')} over ${duration(to_s - from_s)}${most}${broken}`;
  }

  mostLabel() {
    const { packets, width } = this.drawnBars.fullest;
    if (!(width > 0)) return nothing;
    return html`<p class="most">most: ${counted(packets, 'packet')} in ${duration(width, 2)}</p>`;
  }

  /** Where the idle tail begins, as a share; the break's right side when there is one. */
  get tailShare() {
    return this.axis.gap?.right ?? clamp(this.axis.shareAt(this.tailStart), 0, 1);
  }

  tailShade() {
    if (!this.tail) return nothing;
    const { gap } = this.axis;
    return html`
      <div class="idle" .style="left:${percent(this.tailShare)}"></div>
      ${
        gap
          ? html`<div class="break" .style="left:${percent(gap.left)};width:${percent(gap.right - gap.left)}"></div>`
          : nothing
      }
    `;
  }

  tailLabel() {
    if (!this.tail || this.tailShare > 0.85) return nothing;
    const room = (1 - this.tailShare) * this.axis.width;
    const nothingFor = duration(this.tail.gap_s);
    const sentence = `${nothingFor} of nothing, then ${counted(this.tail.packets, 'packet')} without new data`;
    if (room < DURATION_ROOM) return nothing;
    return html`<p class="idle-label" .style="left:${percent(this.tailShare)}" title="Idle tail: ${sentence}"
      ><span>${room < SENTENCE_ROOM ? `idle for ${nothingFor}` : `idle tail: ${sentence}`}</span
    ></p>`;
  }

  brushParts() {
    const { from, to } = this.range;
    const left = clamp(this.axis.shareAt(from), 0, 1);
    const right = clamp(this.axis.shareAt(to), 0, 1);
    return html`
      ${
        this.brush
          ? html`<div class="veil before" .style="width:${percent(left)}"></div>
            <div class="veil after" .style="--at:${right}"></div>
            <div class="brush" .style="--at:${left};width:${percent(right - left)}"></div>`
          : nothing
      }
      ${this.handle('from', left, from)} ${this.handle('to', right, to)}
    `;
  }

  /** @param {'from' | 'to'} edge @param {number} share @param {number} seconds */
  handle(edge, share, seconds) {
    return html`<div
      class="handle ${edge} ${this.brush ? '' : 'resting'}"
      .style="--at:${share}"
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

  /** What lies under the pointer. */
  hover() {
    if (this.hovered === null || this.drag || !(this.axis.to > this.axis.from)) return nothing;
    const { left, width, text } = this.drawnBars.at(this.hovered);
    const least = HOVER_ROOM / this.axis.width;
    const at = clamp(left + width / 2, Math.min(least, 0.5), Math.max(1 - least, 0.5));
    return html`<div class="hover" .style="--at:${left};width:${percent(width)}"></div>
      <p class="hover-text" .style="--at:${at}">${text}</p>`;
  }

  axisLabels() {
    const { gap } = this.axis;
    return html`${this.axis
      .labels()
      .map(({ share, text, place }) => html`<span class=${place} .style="left:${percent(share)}">${text}</span>`)}
    ${gap ? html`<i class="break" .style="left:${percent((gap.left + gap.right) / 2)}"></i>` : nothing}`;
  }
}
customElements.define('time-line', TimeLine);

/** @param {number} share */
const percent = (share) => `${Number((share * 100).toFixed(4))}%`;
