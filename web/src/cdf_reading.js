// Reading a CDF: only what packets have is ever read, so a place between two samples reads as the one to its left.
// The other way round, a share reads as the first sample up to which there are that many.
import { durationParts, percent } from './format.js';

/** @import { Quantity } from './worker/protocol.js' */
/**
 * @typedef {object} Reading
 * @property {number} index  of the corner; -1: left of all of them
 * @property {number} x  the sample
 * @property {number} share  of the packets or gaps that are at most that
 * @property {number | null} asked  the share that was asked for
 */

const OF = { size: 'packets', iat: 'gaps' };

/** @param {Float64Array} corners @param {number} index @param {number | null} [asked] @returns {Reading} */
function reading(corners, index, asked = null) {
  if (index < 0) return { index, x: corners[0], share: 0, asked };
  return { index, x: corners[2 * index], share: corners[2 * index + 1], asked };
}

/**
 * How many corners there are for which `left` holds: it does for some first ones, and for no other.
 * @param {Float64Array} corners
 * @param {(i: number) => boolean} left
 */
function countWhile(corners, left) {
  let low = 0;
  let high = corners.length / 2;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (left(2 * middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The sample at `x` or left of it. @param {Float64Array} corners pairs x, F(x) @param {number} x */
export const readAt = (corners, x) => reading(corners, countWhile(corners, (i) => corners[i] <= x) - 1);

/** The first sample up to which there is this share. @param {Float64Array} corners @param {number} share in 0 to 1 */
export function readShare(corners, share) {
  const index = countWhile(corners, (i) => corners[i + 1] < share);
  return reading(corners, Math.min(index, corners.length / 2 - 1), share);
}

/** The next sample. @param {Float64Array} corners @param {number} index @param {number} by */
export const readNext = (corners, index, by) =>
  reading(corners, Math.min(Math.max(index + by, -1), corners.length / 2 - 1));

/** "1,440 B", "15 µs" @param {Quantity} quantity @param {number} x */
export const valueText = (quantity, x) =>
  quantity === 'size' ? `${x.toLocaleString('en-US')}\u202fB` : durationParts(x, 4).join('\u202f');

/** "≤ 1,440 B"; "0" when nothing is below. @param {Quantity} quantity @param {number} x @param {boolean} [isLeast] */
export const atMost = (quantity, x, isLeast = false) =>
  isLeast && x === 0 ? '0' : `≤\u202f${valueText(quantity, x)}`;

/** @param {Quantity} quantity @param {Reading} reading */
export function readingText(quantity, { index, x, share, asked }) {
  const of = OF[quantity];
  if (index < 0) return `No ${of.slice(0, -1)} is below ${valueText(quantity, x)}`;
  const least = index === 0;
  if (asked === null || Math.abs(share - asked) < 1e-9)
    return `${percent(share)} of ${of} are ${atMost(quantity, x, least)}`;
  return `The smallest ${percent(asked)} of ${of} are ${atMost(quantity, x, least)} (${percent(share)} are)`;
}
