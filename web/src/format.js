// Numbers as texts. Nothing is computed from these texts again.

const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** 2544 → "2,544" @param {number} n */
export const count = (n) => grouped.format(n);

/** "1 packet", "2,544 packets" @param {number} n @param {string} one @param {string} [many] */
export const counted = (n, one, many = one + 's') => `${count(n)} ${n === 1 ? one : many}`;

/**
 * With `digits` significant digits, trailing zeros and exponents left out.
 * @param {number} x
 * @param {number} digits
 */
export function significant(x, digits) {
  const text = x.toPrecision(digits);
  return text.includes('e') ? String(Number(text)) : text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

const UNITS = /** @type {const} */ ([
  [1, 's'],
  [1e-3, 'ms'],
  [1e-6, 'µs'],
  [1e-9, 'ns'],
]);

/**
 * A duration as figure and unit: 0.0041 → ["4.1", "ms"].
 * @param {number} seconds
 * @param {number} [digits] significant ones
 * @returns {[string, string]}
 */
export function durationParts(seconds, digits = 4) {
  if (seconds === 0) return ['0', 's'];
  const size = Math.abs(seconds);
  const [scale, unit] = UNITS.find(([least]) => size >= least * (1 - 1e-12)) ?? UNITS[3];
  return [significant(seconds / scale, Math.max(digits, String(Math.trunc(size / scale)).length)), unit];
}

/** @param {number} seconds @param {number} [digits] */
export const duration = (seconds, digits) => durationParts(seconds, digits).join('\u202f');

/**
 * A length of the trace, in seconds from one second on: with three decimals, fewer when it is long.
 * @param {number} seconds
 * @returns {[string, string]}
 */
export function spanParts(seconds) {
  if (Math.abs(seconds) < 1) return durationParts(seconds);
  const decimals = seconds < 100 ? 3 : seconds < 1000 ? 2 : 1;
  return [seconds.toFixed(decimals), 's'];
}

const BYTE_UNITS = ['B', 'kB', 'MB', 'GB', 'TB'];

/** 3154894 → ["3.15", "MB"] @param {number} n @returns {[string, string]} */
export function bytesParts(n) {
  let at = 0;
  let value = n;
  while (value >= 999.5 && at < BYTE_UNITS.length - 1) {
    value /= 1000;
    at++;
  }
  return [at === 0 ? count(value) : significant(value, 3), BYTE_UNITS[at]];
}

/** @param {number} n */
export const bytes = (n) => bytesParts(n).join('\u202f');

/** A share as per cent: never 0 or 100 unless it is. @param {number} share */
export function percent(share) {
  const p = share * 100;
  if (p === 0 || p === 100) return `${p}\u202f%`;
  if (p < 0.1) return `<\u202f0.1\u202f%`;
  if (p > 99.9) return `>\u202f99.9\u202f%`;
  return `${p.toFixed(1).replace(/\.0$/, '')}\u202f%`;
}

/** Every digit of a double, without an exponent where that stays readable. @param {number} x */
export const exact = (x) => (Number.isInteger(x) ? String(x) : Math.abs(x) < 1e-6 ? x.toExponential() : String(x));
