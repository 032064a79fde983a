// Round numbers for axes.

/**
 * Multiples of 1, 2 or 5 × 10ⁿ in [from, to], about `wanted` of them.
 * @param {number} from
 * @param {number} to
 * @param {number} wanted
 */
export function niceTicks(from, to, wanted) {
  const rough = (to - from) / wanted;
  if (!(rough > 0)) return [from];
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5].find((m) => m * power >= rough) ?? 10);
  const ticks = [];
  for (let i = Math.ceil(from / step - 1e-9); i * step <= to + step * 1e-9; i++) ticks.push(i * step + 0);
  return ticks;
}

/** @param {number} x @param {number} low @param {number} high */
export const clamp = (x, low, high) => Math.min(Math.max(x, low), high);
