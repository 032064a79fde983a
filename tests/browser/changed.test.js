// What becomes of a file after it was read, and memory that ends: nothing that stands on the page is made up.
import assert from 'node:assert/strict';
import { appendFileSync, closeSync, openSync, truncateSync, unlinkSync, writeFileSync, writeSync } from 'node:fs';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { file, largePcap, sample } from './support/inputs.js';
import { onEach } from './support/page.js';
import { armWorkers, rejections } from './support/workers.js';

/** Above what the page keeps in memory. */
const LARGE = largePcap(80e6);

/** @param {string} path @param {number} at @param {number} length */
function writeOver(path, at, length) {
  const open = openSync(path, 'r+');
  writeSync(open, Buffer.alloc(length, 0x41), 0, length, at);
  closeSync(open);
}

/** @type {Record<string, (path: string) => void>} */
const CHANGES = {
  deleted: unlinkSync,
  grown: (path) => appendFileSync(path, 'x'),
  'written over': (path) => writeOver(path, 3000, 2000),
  cut: (path) => truncateSync(path, 4000),
  replaced: (path) => {
    unlinkSync(path);
    writeFileSync(path, sample.map((byte) => byte ^ 1));
  },
};

/** Its last row, as a user comes to it. @param {import('./support/page.js').TracePage} page @param {number} last */
async function showLast(page, last) {
  if (!(await page.page.$('regular-table.grown'))) await page.press('Show all');
  await page.page.waitForSelector('regular-table.grown');
  await page.page.focus('regular-table');
  await page.page.keyboard.press('End');
  const row = await page.page.waitForFunction(
    (number) => {
      const rows = /** @type {HTMLTableRowElement[]} */ ([...document.querySelectorAll('regular-table tbody tr')]);
      const cells = rows.map((one) => [...one.cells].map((cell) => cell.textContent ?? ''));
      return cells.find(([first]) => first === number);
    },
    {},
    String(last),
  );
  return /** @type {string[]} */ (await row.jsonValue());
}

/** @param {import('./support/page.js').TracePage} page */
const waitForWarning = (page) => page.page.waitForSelector('[data-warning=file-changed]');

onEach('a file that is another one after it was read', {}, ({ open, browser }) => {
  for (const [what, change] of Object.entries(CHANGES))
    test(`${what}, small: every row stays, and it is said`, async () => {
      const path = file(`changes-${browser}.pcap`, sample);
      const page = await open();
      await page.load(path);
      const before = await showLast(page, 235);
      await page.page.keyboard.press('Home');
      change(path);
      const after = await showLast(page, 235);
      assert.deepEqual(after, before);
      await waitForWarning(page);
      assert.match(await page.text('.warnings'), /changed, moved or deleted after it was read.*All that stands here is of what was read/);
      await page.catchDownloads();
      await page.press('Export csv');
      const { text } = await page.download();
      assert.equal(text.trimEnd().split('\n').length, 236);
      assert.deepEqual(page.errors, []);
      await page.close();
    });

  const lose = { deleted: CHANGES.deleted, 'written over': (/** @type {string} */ path) => writeOver(path, 79e6, 2e6), cut: (/** @type {string} */ path) => truncateSync(path, 70e6) };
  for (const [what, change] of Object.entries(lose))
    test(`${what}, large: rows say what is known without it, nothing else, and no row is exported`, async () => {
      const path = file(`changes-large-${browser}.pcap`, LARGE);
      const page = await open();
      await page.load(path);
      const { packets } = await page.answers();
      const before = await showLast(page, packets);
      assert.match(before[6], /Keep-Alive ACK/);
      await page.page.keyboard.press('Home');
      await page.page.waitForFunction(() => document.querySelector('regular-table tbody td')?.textContent === '1');
      change(path);
      assert.deepEqual(await showLast(page, packets), [...before.slice(0, 6), '']);
      await waitForWarning(page);
      assert.match(await page.text('.warnings'), /rows show what is known without the file and no Info, and no rows are exported/);
      await page.catchDownloads();
      await page.press('Export csv');
      await page.page.waitForSelector('.failure');
      assert.match(await page.text('.failure'), /This could not be done.*The file is not what was read any more, and rows of it are lost/);
      assert.equal(await page.page.evaluate(() => /** @type {any} */ (window).caught.length), 0);
      assert.equal((await page.answers()).packets, packets, 'the figures are of what was read');
      assert.deepEqual(page.errors, []);
      await page.close();
    });
});

onEach('memory that ends', {}, ({ open }) => {
  test('packets, rows and answers of what was read, and a word', async () => {
    const page = await open();
    await armWorkers(page, { memory: 200e6 });
    // Packets without bytes: as many in as little as can be.
    const path = file('bomb.pcap.gz', gzipSync(Buffer.concat([sample.subarray(0, 24), Buffer.alloc(16 * 6e6)]), { level: 1 }));
    await page.load(path);
    assert.equal(await page.state(), 'ready');
    const answers = await page.answers();
    assert.ok(answers.packets > 500_000 && answers.packets < 6e6, `${answers.packets} packets`);
    assert.equal(answers.size_max, 0);
    assert.equal(answers.total_time_s, 0);
    assert.match(await page.text('.warnings'), /memory/);
    await showLast(page, answers.packets);
    await page.press('Conversation');
    await page.page.waitForFunction(() => !/Counting/.test(document.querySelector('statistics-table')?.textContent ?? ''));
    assert.deepEqual(await rejections(page), []);
    assert.deepEqual(page.errors, []);
    await page.close();
  });
});
