// From a CDF's corners to the points and ticks of a chart. The axis of packet sizes is linear. That of interarrival
// times is logarithmic, and what a logarithm cannot show (gaps of zero, negative gaps of clocks set back) has a band of
// its own at the left: the curve starts there at P(X ≤ 0), not at 0.
import { duration, durationParts } from './format.js';
import { niceTicks } from './scale.js';

/** @import { Quantity } from './worker/protocol.js' */
/** @typedef {{ x: number, y: number }} Point  x in the axis' own units, y the cumulated share */
/** @typedef {{ value: number, label: string }} Tick */

/** Share of the logarithmic axis that the band takes. */
const BAND = 0.1;

/**
 * @typedef {object} CdfAxis
 * @property {Point[]} points  corners of a right-continuous step function
 * @property {number} min
 * @property {number} max
 * @property {Tick[]} ticks
 * @property {{ from: number, to: number, label: string } | null} band
 * @property {(x: number) => number} toAxis
 * @property {(position: number) => number} toValue  rounded to what can be pointed at
 */

/** @param {Quantity} quantity @param {Float64Array} corners pairs x, F(x) @returns {CdfAxis} */
export const cdfAxis = (quantity, corners) => (quantity === 'size' ? sizeAxis(corners) : gapAxis(corners));

/** @param {Float64Array} corners @returns {CdfAxis} */
function sizeAxis(corners) {
  const largest = corners.length ? corners[corners.length - 2] : 1;
  const max = Math.max(largest * 1.03, 1);
  const points = [{ x: 0, y: 0 }];
  for (let i = 0; i < corners.length; i += 2) points.push({ x: corners[i], y: corners[i + 1] });
  points.push({ x: max, y: 1 });
  return {
    points,
    min: 0,
    max,
    ticks: niceTicks(0, max, 8).map((value) => ({ value, label: value.toLocaleString('en-US') })),
    band: null,
    toAxis: (x) => x,
    toValue: (position) => Math.round(position),
  };
}

/** @param {Float64Array} corners @returns {CdfAxis} */
function gapAxis(corners) {
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
  const width = upToZero > 0 ? (high - low) * BAND : 0;
  const min = low - width;

  /** @type {Point[]} */
  const points = [{ x: min, y: below > 0 ? below : upToZero }];
  if (below > 0) points.push({ x: min + width / 2, y: upToZero });
  for (let i = first; i < corners.length; i += 2) points.push({ x: Math.log10(corners[i]), y: corners[i + 1] });
  points.push({ x: high, y: 1 });

  const ticks = decades(low, high);
  const bandLabel = below > 0 ? '≤ 0' : '0';
  if (width > 0) ticks.unshift({ value: min + width / 2, label: bandLabel });
  return {
    points,
    min,
    max: high,
    ticks,
    band: width > 0 ? { from: min, to: low, label: bandLabel } : null,
    toAxis: (x) => (x > 0 ? Math.log10(x) : min + width / 2),
    toValue: (position) => (position < low && width > 0 ? 0 : Number((10 ** position).toPrecision(3))),
  };
}

/** @param {number} low @param {number} high @returns {Tick[]} */
function decades(low, high) {
  const step = Math.max(1, Math.ceil((high - low) / 8));
  const ticks = [];
  for (let power = low; power <= high; power += step) ticks.push({ value: power, label: duration(10 ** power) });
  return ticks;
}

/**
 * The corner at the pointer when it points at a jump, else where it points.
 * @param {CdfAxis} axis
 * @param {Float64Array} corners
 * @param {number} position
 * @param {number} reach how far a jump attracts, in axis units
 */
export function valueAt(axis, corners, position, reach) {
  let best = axis.toValue(position);
  let height = 0.02; // lower steps do not attract
  let before = 0;
  for (let i = 0; i < corners.length; i += 2) {
    const jump = corners[i + 1] - before;
    before = corners[i + 1];
    if (corners[i] > 0 && jump > height && Math.abs(axis.toAxis(corners[i]) - position) <= reach) {
      best = corners[i];
      height = jump;
    }
  }
  return best;
}

/** "≤ 1,440 B", "0" @param {Quantity} quantity @param {number} x */
export function atMost(quantity, x) {
  if (quantity === 'size') return `≤\u202f${x.toLocaleString('en-US')}\u202fB`;
  return x <= 0 ? '0' : `≤\u202f${durationParts(x, 3).join('\u202f')}`;
}
