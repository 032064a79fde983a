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

const groupedFraction = new Intl.NumberFormat('en-US', { maximumFractionDigits: 20 });

/** "1200.50" → "1,200.50" @param {string} text of a number without an exponent */
const grouping = (text) => {
  const [whole, fraction] = text.split('.');
  return groupedFraction.format(Number(whole)) + (fraction === undefined ? '' : `.${fraction}`);
};

const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;
const YEAR = 365.25 * DAY;

/**
 * From an hour on as people say it: "2 h 59 min 58 s", "3 days 4 h", "6.1 years"; as figure and its last unit.
 * @param {number} seconds
 * @returns {[string, string]}
 */
function longParts(seconds) {
  const sign = seconds < 0 ? '-' : '';
  const size = Math.round(Math.abs(seconds));
  if (size >= 2 * YEAR) return [sign + grouping(significant(size / YEAR, 2)), 'years'];
  const [days, hours] = [Math.floor(size / DAY), Math.floor((size % DAY) / HOUR)];
  if (days > 1) return [`${sign}${count(days)}\u00a0days\u00a0${hours}`, 'h'];
  const minutes = Math.floor((size % HOUR) / MINUTE);
  return [`${sign}${Math.floor(size / HOUR)}\u00a0h\u00a0${minutes}\u00a0min\u00a0${size % MINUTE}`, 's'];
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
  if (Math.round(size) >= HOUR) return longParts(seconds);
  const [scale, unit] = UNITS.find(([least]) => size >= least * (1 - 1e-12)) ?? UNITS[3];
  const text = significant(seconds / scale, Math.max(digits, String(Math.trunc(size / scale)).length));
  return [size < 1000 ? text : grouping(text), unit];
}

/** @param {number} seconds @param {number} [digits] */
export const duration = (seconds, digits) => durationParts(seconds, digits).join('\u202f');

/**
 * A length of the trace, in seconds from one second up to an hour: with three decimals, fewer when it is long.
 * @param {number} seconds
 * @returns {[string, string]}
 */
export function spanParts(seconds) {
  if (Math.abs(seconds) < 1) return durationParts(seconds);
  if (Math.round(Math.abs(seconds)) >= HOUR) return longParts(seconds);
  const decimals = seconds < 100 ? 3 : seconds < 1000 ? 2 : 1;
  return [grouping(seconds.toFixed(decimals)), 's'];
}

const BYTE_UNITS = ['B', 'kB', 'MB', 'GB', 'TB'];

/** 3154894 → ["3.15", "MB"] @param {number} n @returns {[string, string]} */
function bytesParts(n) {
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
