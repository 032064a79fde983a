// What the capture program writes gives the page the answers that the program itself printed.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { test } from 'node:test';
import { onEach, root } from './support/page.js';

const TRACES = ['command.pcap', 'everything.pcap', 'everything.pcapng', 'cooked.pcap'];
const SKIPPED = 77;
const program = resolve(root, 'build/native/native_capture/native_capture');
const folder = resolve(root, 'build/browser-inputs/captured');

/** Captures real traffic; gives the reason when that cannot be done here. */
function capture() {
  if (!existsSync(program)) return 'native_capture is not built';
  const script = resolve(root, 'tests/capture/make_traces.py');
  const made = spawnSync('python3', ['-B', script, '--program', program, '--folder', folder], { encoding: 'utf8' });
  if (made.error) return String(made.error);
  if (made.status === SKIPPED) return made.stdout.trim();
  assert.equal(made.status, 0, made.stdout + made.stderr);
  return false;
}

const skip = capture();

onEach('a fresh capture', {}, ({ open }) => {
  for (const name of TRACES) {
    test(`${name}: the page says what the program said`, { skip }, async () => {
      const told = JSON.parse(readFileSync(resolve(folder, `${name}.json`), 'utf8'));
      const { unknown, details, warnings, ...figures } = told;
      assert.ok(figures.packets > 20 && figures.rtt_ms > 0, JSON.stringify(told));
      const page = await open();
      await page.load(resolve(folder, name));
      assert.deepEqual(await page.answers(), figures);
      assert.deepEqual(page.errors, []);
      await page.close();
    });
  }
});
