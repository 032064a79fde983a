// The page's figures are those of tests/unit/figures.tsv, which the program's are, too.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { bytes, count, duration, spanParts } from '../../web/src/format.js';

/** @type {Record<string, (x: number) => string>} */
const FORMATS = {
  count,
  bytes,
  span: (s) => spanParts(s).join(' '),
  duration,
  milliseconds: (ms) => duration(ms / 1000, 3),
  decimals: (x) => String(Number(x.toFixed(2))),
};

const table = readFileSync(new URL('../unit/figures.tsv', import.meta.url), 'utf8');
const rows = table.split('\n').filter((line) => line && !line.startsWith('#'));

test('the page shows the figures of the table', () => {
  assert.ok(rows.length > 80);
  for (const row of rows) {
    const [kind, number, text] = row.split('\t');
    assert.equal(FORMATS[kind](Number(number)).replaceAll(/[\u202f\u00a0]/g, ' '), text, row);
  }
});
