// Where a time stands on the timeline, and which time stands where. When the idle tail is longer than all that is
// before it the axis is broken at the tail's start: what is before has four fifths of the width and the tail the rest,
// so that the trace is more than its first bar. A place inside the break is the time of the break.
import { duration, significant, spanParts } from './format.js';
import { clamp, niceTicks } from './scale.js';

/** @import { Range } from './time_line.js' */
/** @typedef {{ from: number, to: number, left: number, right: number }} Segment  seconds; shares of the width */
/** @typedef {{ share: number, text: string, place: 'start' | 'middle' | 'end' }} Label */

const BEFORE_BREAK = 0.8;
const BREAK_WIDTH = 12;
/** Pixels: between two labels, and of a character of theirs. */
const LABEL_GAP = 16;
const CHARACTER = 7.2;
/** Pixels a tick has for itself, about. */
const TICK_ROOM = 110;

/**
 * Whether the axis from `from` to `to` breaks at `active`, where the idle tail begins.
 * @param {Range} extent
 * @param {number | null} active
 */
export const breaksAt = ({ from, to }, active) => active !== null && active > from && to - active > active - from;

export class TimeAxis {
  /** @param {Range} extent @param {number | null} active  where an idle tail begins @param {number} width pixels */
  constructor({ from, to }, active, width) {
    this.from = from;
    this.to = to;
    this.width = width;
    /** @type {Segment[]} one, or those before and after the break */
    this.segments = [{ from, to, left: 0, right: 1 }];
    if (active !== null && breaksAt({ from, to }, active)) {
      const half = clamp(BREAK_WIDTH / 2 / Math.max(width, 1), 0, 0.02);
      this.segments = [
        { from, to: active, left: 0, right: BEFORE_BREAK - half },
        { from: active, to, left: BEFORE_BREAK + half, right: 1 },
      ];
    }
  }

  /** The parts of the width that the break takes. */
  get gap() {
    const [before, after] = this.segments;
    return after ? { left: before.right, right: after.left } : null;
  }

  /** @param {number} seconds  beyond both ends too */
  shareAt(seconds) {
    const { from, to, left, right } =
      this.segments.find((one) => seconds <= one.to) ?? this.segments.at(-1) ?? this.none;
    return to > from ? left + ((seconds - from) / (to - from)) * (right - left) : left;
  }

  /** @param {number} share */
  secondsAt(share) {
    const at = clamp(share, 0, 1);
    const segment = this.segments.find((one) => at <= one.right) ?? this.segments[0];
    const { from, to, left, right } = segment;
    if (at <= left) return from; // in the break before it, too
    return at >= right ? to : from + ((at - left) / (right - left)) * (to - from);
  }

  /**
   * The time that lies `by` of the width further on; the break is a stop on the way.
   * @param {number} seconds
   * @param {number} by
   */
  moved(seconds, by) {
    const at = this.shareAt(seconds);
    const { gap } = this;
    if (gap && Number.isFinite(by)) {
      const stop = this.segments[0].to;
      if (by > 0 && at < gap.left && at + by > gap.left) return stop;
      if (by < 0 && at > gap.right && at + by < gap.right) return stop;
      if (by > 0 && at === gap.left) return this.secondsAt(gap.right + by);
    }
    return this.secondsAt(at + by);
  }

  /** @returns {Label[]} the ends first, then round times where there is room */
  labels() {
    if (!(this.to > this.from)) return [{ share: 0.5, text: edgeText(this.from, 0), place: 'middle' }];
    const room = new Room(this.width);
    const [first, second] = this.segments;
    const span = first.to - first.from;
    room.put({ share: first.left, text: edgeText(first.from, span), place: 'start' });
    if (second) room.put({ share: 1, text: this.endText(second), place: 'end' });
    room.put({ share: first.right, text: edgeText(first.to, span), place: 'end' });
    for (const segment of this.segments) for (const label of this.roundTimes(segment)) room.put(label);
    return room.labels;
  }

  /** The end, in three digits where the tail has no room for more. @param {Segment} segment */
  endText({ from, to, left, right }) {
    const text = edgeText(to, to - from);
    return text.length * CHARACTER + LABEL_GAP < (right - left) * this.width ? text : duration(to, 3);
  }

  /** @param {Segment} segment @returns {Label[]} */
  roundTimes({ from, to, left, right }) {
    const [scale, unit] = unitOf(Math.max(Math.abs(from), Math.abs(to)));
    const wanted = clamp(((right - left) * this.width) / TICK_ROOM, 2, 8);
    return niceTicks(from / scale, to / scale, wanted).map((tick) => ({
      share: this.shareAt(tick * scale),
      text: tickText(tick) + (tick === 1 ? (ONE[unit] ?? unit) : unit),
      place: 'middle',
    }));
  }

  get none() {
    return { from: this.from, to: this.to, left: 0, right: 1 };
  }
}

/** Labels that do not touch each other. */
class Room {
  /** @param {number} width */
  constructor(width) {
    this.width = width;
    /** @type {Label[]} */
    this.labels = [];
    /** @type {[number, number][]} */
    this.taken = [];
  }

  /** Unless its place is taken. @param {Label} label */
  put(label) {
    const long = label.text.length * CHARACTER;
    const at = label.share * this.width;
    const left = at - { start: 0, middle: long / 2, end: long }[label.place];
    if (left < 0 || left + long > this.width + 1) return;
    if (this.taken.some(([from, to]) => left < to + LABEL_GAP && left + long > from - LABEL_GAP)) return;
    this.taken.push([left, left + long]);
    this.labels.push(label);
  }
}

/** @type {Record<string, string>} */
const ONE = { '\u202fdays': '\u202fday', '\u202fyears': '\u202fyear' };

/** @param {number} tick */
const tickText = (tick) => significant(tick, 9).replace(/^\d{4,}/, (digits) => Number(digits).toLocaleString('en-US'));

/** What a round time is told in. @param {number} longest @returns {[number, string]} */
function unitOf(longest) {
  if (longest < 1e-3) return [1e-6, '\u202fµs'];
  if (longest < 1) return [1e-3, '\u202fms'];
  if (longest < 3600) return [1, '\u202fs'];
  if (longest < 2 * 86_400) return [3600, '\u202fh'];
  return longest < 2 * 365.25 * 86_400 ? [86_400, '\u202fdays'] : [365.25 * 86_400, '\u202fyears'];
}

/**
 * A time at an end of what spans `span`: as the answers tell it, or, far from 0, with the digits that differ.
 * @param {number} seconds
 * @param {number} span
 */
function edgeText(seconds, span) {
  if (seconds === 0) return '0\u202fs';
  if (Math.abs(seconds) < 10 * span || Math.abs(seconds) >= 3600) return spanParts(seconds).join('\u202f');
  return timeText(seconds, span / 1000);
}

/** A time told as exactly as `step` needs it. @param {number} seconds @param {number} step */
function timeText(seconds, step) {
  const [scale, unit] = unitOf(Math.abs(seconds));
  return scaled(seconds, step, scale) + unit;
}

/** "513.3 – 519.2 ms": as exactly as `step` needs it. @param {number} from @param {number} to @param {number} step */
export function rangeText(from, to, step) {
  const [scale, unit] = unitOf(Math.max(Math.abs(from), Math.abs(to)));
  const [first, last] = [scaled(from, step, scale), scaled(to, step, scale)];
  return `${first === last ? first : `${first} – ${last}`}${unit}`;
}

/** @param {number} seconds @param {number} step @param {number} scale */
function scaled(seconds, step, scale) {
  const decimals = clamp(Math.ceil(-Math.log10(Math.max(step, 1e-9) / scale) - 1e-9), 0, 9);
  const [whole, fraction] = (seconds / scale).toFixed(decimals).split('.');
  return `${Number(whole).toLocaleString('en-US')}${fraction ? `.${fraction}` : ''}`;
}
