// Contestants, one after the other, several times over: what disturbs the machine disturbs them all.
import { spawnSync } from 'node:child_process';

export const median = (values) => {
  const sorted = [...values].sort((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
};

/** Wall time of a command in milliseconds, its output thrown away. */
export function timeOf(program, ...options) {
  const begun = performance.now();
  const { status, error, stderr } = spawnSync(program, options, { stdio: ['ignore', 'ignore', 'pipe'] });
  const ms = performance.now() - begun;
  if (error) throw error;
  if (status !== 0) throw new Error(`${program} ${options.join(' ')}: status ${status}\n${stderr}`);
  return { ms };
}

/** What a contestant that prints JSON measured of itself. */
export function printedBy(program, ...options) {
  const { status, error, stdout, stderr } = spawnSync(program, options, { encoding: 'utf8', maxBuffer: 1 << 26 });
  if (error) throw error;
  if (status !== 0) throw new Error(`${program} ${options.join(' ')}: status ${status}\n${stderr}`);
  return JSON.parse(stdout.trim().split('\n').at(-1));
}

/**
 * Runs every contestant `rounds` times, in turn.
 * @param {Record<string, () => object | Promise<object>>} contestants  each returns named numbers
 * @returns medians of what each returned; a contestant that is missing on this machine is left out
 */
export async function inTurn(rounds, contestants) {
  const results = {};
  for (let round = 0; round < rounds; round++) {
    for (const [name, run] of Object.entries(contestants)) {
      if (run) (results[name] ??= []).push(await run());
    }
  }
  return Object.fromEntries(
    Object.entries(results).map(([name, runs]) => [
      name,
      Object.fromEntries(Object.keys(runs[0]).map((key) => [key, median(runs.map((run) => run[key]))])),
    ]),
  );
}
