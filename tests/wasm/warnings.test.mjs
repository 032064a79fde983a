// The page has a title for every warning: codes are strings, which no compiler compares.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import test from 'node:test';
import { WARNING_TITLES } from '../../web/src/warning_titles.js';

const ENGINE = new URL('../../wasm/', import.meta.url);
/** A severity and, next to it, the code: `{Severity::note, "zero-tail", …`, `warn(Severity::warning, "no-time", …`. */
const WARNING = /Severity::(?:note|warning|error)\s*,\s*"([a-z0-9-]+)"/g;
/** Said by the page itself. */
const OF_THE_PAGE = ['file-changed', 'no-memory', 'notice', 'unreadable'];

const codes = new Set();
for (const name of readdirSync(ENGINE, { recursive: true }).filter((one) => /\.(cpp|h)$/.test(one)))
  for (const [, code] of readFileSync(new URL(name, ENGINE), 'utf8').matchAll(WARNING)) codes.add(code);

test('every warning of the engine has a title, and every title a warning', () => {
  assert.ok(codes.size > 20, `only ${codes.size} codes were found`);
  assert.deepEqual(Object.keys(WARNING_TITLES).sort(), [...codes, ...OF_THE_PAGE].sort());
});
