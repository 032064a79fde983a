// Runs us and the peers in turn on the same files, and prints the medians, their ratios and the bars as a table.
//
//   node benchmark.mjs [--quick] [--rounds N] [MEASURE...]     MEASURE: native node page large scaling capture
import { mkdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { machine } from './machine.mjs';
import { MEASURES } from './measures.mjs';
import { inputs, report } from './report.mjs';

const { values, positionals } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, rounds: { type: 'string' } },
  allowPositionals: true,
});
const rounds = Number(values.rounds ?? (values.quick ? 1 : 5));
const wanted = positionals.length > 0 ? positionals : Object.keys(MEASURES);
const unknown = wanted.filter((name) => !(name in MEASURES));
if (unknown.length > 0) {
  console.error(`no such measure: ${unknown.join(', ')} (there are: ${Object.keys(MEASURES).join(', ')})`);
  process.exit(2);
}

const all = [];
for (const name of wanted) all.push(...(await MEASURES[name]({ rounds, quick: values.quick, inputs: inputs(values.quick) })));
const text = report(await machine(), rounds, values.quick, all);
console.log(text);
const folder = new URL('../../build/benchmark/', import.meta.url);
mkdirSync(folder, { recursive: true });
writeFileSync(new URL(values.quick ? 'quick.md' : 'report.md', folder), text);
const failed = all.filter(({ error }) => error);
// Not left to the end of everything: a browser that a failed measure has left open would keep this waiting for ever.
process.stdout.write('', () => process.exit(failed.length > 0 ? 1 : 0));
