// From a CDF's corners to the points and ticks of a chart. The axis of packet sizes is linear. That of interarrival
// times is logarithmic, and what a logarithm cannot show (gaps of zero, negative gaps of clocks set back) has a band of
// its own at the left: the curve starts there at P(X ≤ 0), not at 0.
import { percent } from './format.js';
import { clamp, niceTicks } from './scale.js';

/** @import { Quantity } from './worker/protocol.js' */
/** @typedef {{ x: number, y: number }} Point  x in the axis' own units, y the cumulated share */
/** @typedef {{ value: number, label: string }} Tick */

/** Pixels: the band at least, and a tick's label. */
const BAND = 74;
const CHARACTER = 7.4;
const TICK_GAP = 12;

/**
 * @typedef {object} CdfAxis
 * @property {Point[]} points  corners of a right-continuous step function
 * @property {number} min
 * @property {number} max
 * @property {Tick[]} ticks
 * @property {{ from: number, to: number, label: string } | null} band
 * @property {(x: number) => number} toAxis
 * @property {(position: number) => number} toValue
 */

/**
 * @param {Quantity} quantity
 * @param {Float64Array} corners pairs x, F(x)
 * @param {number} [width] of the plot, in pixels
 * @returns {CdfAxis}
 */
export const cdfAxis = (quantity, corners, width = 480) =>
  quantity === 'size' ? sizeAxis(corners, width) : gapAxis(corners, width);

/** @param {Float64Array} corners @param {number} width @returns {CdfAxis} */
function sizeAxis(corners, width) {
  const [least, most] = corners.length ? [corners[0], corners[corners.length - 2]] : [0, 1];
  const max = Math.max(most * 1.03, 1);
  const points = [{ x: 0, y: 0 }];
  for (let i = 0; i < corners.length; i += 2) points.push({ x: corners[i], y: corners[i + 1] });
  points.push({ x: max, y: 1 });
  const tick = (/** @type {number} */ value) => ({ value, label: value.toLocaleString('en-US') });
  return {
    points,
    min: 0,
    max,
    // The extremes first: round numbers stand where these leave room.
    ticks: withRoom([most, least, ...niceTicks(0, max, clamp(width / 60, 2, 8))].map(tick), width / max),
    band: null,
    toAxis: (x) => x,
    toValue: (position) => position,
  };
}

/** @param {Float64Array} corners @param {number} width @returns {CdfAxis} */
function gapAxis(corners, width) {
  let first = 0; // the first corner right of zero
  let below = 0; // P(X < 0)
  let upToZero = 0; // P(X ≤ 0)
  for (; first < corners.length && corners[first] <= 0; first += 2) {
    upToZero = corners[first + 1];
    if (corners[first] < 0) below = upToZero;
  }
  const positive = first < corners.length;
  const least = positive ? Math.log10(corners[first]) : -6;
  const most = positive ? Math.log10(corners[corners.length - 2]) : 0;
  const low = Math.floor(least + 1e-9);
  const high = Math.max(most + 0.02 * (most - low), low + 1);
  const bandShare = clamp(BAND / width, 0.1, 0.3);
  const bandWidth = upToZero > 0 ? ((high - low) * bandShare) / (1 - bandShare) : 0;
  const min = low - bandWidth;

  /** @type {Point[]} */
  const points = [{ x: min, y: below > 0 ? below : upToZero }];
  if (below > 0) points.push({ x: min + bandWidth / 2, y: upToZero });
  for (let i = first; i < corners.length; i += 2) points.push({ x: Math.log10(corners[i]), y: corners[i + 1] });
  points.push({ x: high, y: 1 });
  return {
    points,
    min,
    max: high,
    ticks: decades(low, high, width / (high - min)),
    band:
      bandWidth > 0 ? { from: min, to: low, label: `${below > 0 ? '≤\u202f0' : '0'} (${percent(upToZero)})` } : null,
    toAxis: (x) => (x > 0 ? Math.log10(x) : min + bandWidth * (x < 0 ? 0.25 : below > 0 ? 0.75 : 0.5)),
    toValue: (position) => {
      if (position >= low || bandWidth === 0) return 10 ** position;
      return below > 0 && position < min + bandWidth / 2 ? -1e-9 : 0;
    },
  };
}

/** @param {number} low @param {number} high @param {number} pixels of a decade @returns {Tick[]} */
function decades(low, high, pixels) {
  const step = Math.max(1, Math.ceil(62 / pixels));
  const ticks = [];
  for (let power = low; power <= high + 1e-9; power += step) ticks.push({ value: power, label: powerOfTen(power) });
  return ticks;
}

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** "100 µs", "1,000 s", "10⁶ s" @param {number} power of a second */
function powerOfTen(power) {
  if (power > 4) return `10${[...String(power)].map((digit) => SUPERSCRIPTS[Number(digit)]).join('')}\u202fs`;
  if (power >= 0) return `${(10 ** power).toLocaleString('en-US')}\u202fs`;
  const thousands = Math.floor(power / 3);
  return `${10 ** (power - 3 * thousands)}\u202f${['', 'ms', 'µs', 'ns'][-thousands] ?? 'ns'}`;
}

/** Those whose labels do not touch one that came before them. @param {Tick[]} ticks @param {number} pixels of a unit */
function withRoom(ticks, pixels) {
  /** @type {Tick[]} */
  const kept = [];
  const half = (/** @type {Tick} */ { label }) => (label.length * CHARACTER) / 2;
  for (const tick of ticks) {
    const clear = (/** @type {Tick} */ other) =>
      Math.abs(other.value - tick.value) * pixels > half(other) + half(tick) + TICK_GAP;
    if (kept.every(clear)) kept.push(tick);
  }
  return kept.sort((a, b) => a.value - b.value);
}
