// Statistics and both CDFs: exact readings, the packets behind them, their exports.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { csv, file, sample } from './support/inputs.js';
import { onEach } from './support/page.js';

const capture = file('page-load.pcap', sample);
/** Sizes 100, 200, 300, 400; gaps 0, 1 ms, 1 s: a quarter of the packets are ≤ 100 B, a third of the gaps are 0. */
const four = file(
  'four.csv',
  csv([
    ['0.000000', 'a', 'b', 'UDP', 100, ''],
    ['0.000000', 'b', 'a', 'UDP', 200, ''],
    ['0.001000', 'a', 'b', 'UDP', 300, ''],
    ['1.001000', 'b', 'a', 'DNS', 400, ''],
  ]),
);

onEach('distributions', {}, ({ open }) => {
  /** @param {import('./support/page.js').TracePage} page @param {number} chart @param {number} share of its width */
  async function pointAt(page, chart, share) {
    const box = (await page.page.$$('.chart'))[chart];
    await box.scrollIntoView();
    const { x, y, width, height } = /** @type {NonNullable<Awaited<ReturnType<typeof box.boundingBox>>>} */ (
      await box.boundingBox()
    );
    await page.page.mouse.move(x + width * share, y + height / 2, { steps: 3 });
    return page.page.waitForFunction(
      (n) => document.querySelectorAll('figcaption')[n].querySelector('[data-readout] strong')?.textContent?.trim(),
      {},
      chart,
    );
  }

  /** @param {import('./support/page.js').TracePage} page */
  const readout = (page) =>
    page.page.$eval('[data-readout]', (one) => ({
      x: Number(one.getAttribute('data-readout')),
      share: Number(one.getAttribute('data-share')),
    }));

  test('the pointer reads the sample to its left; a click keeps it, “show them” shows its packets', async () => {
    const page = await open();
    await page.load(four);
    await pointAt(page, 0, 0.62);
    assert.deepEqual(await readout(page), { x: 200, share: 0.5 });
    assert.match(await page.text('figcaption'), /^50.% of packets are ≤.200.B/);
    const scrolled = await page.page.evaluate(() => scrollY);
    await page.page.mouse.down();
    await page.page.mouse.up();
    const { x, y, width, height } = await page.box('.chart');
    await page.page.mouse.move(x + width * 0.95, y + height / 2, { steps: 3 });
    assert.deepEqual(await readout(page), { x: 200, share: 0.5 }, 'kept on the way to the button');
    assert.equal(await page.shown(), 4, 'a click alone shows nothing');
    assert.equal(await page.page.evaluate(() => scrollY), scrolled, 'and scrolls nothing');
    await page.press('show them');
    await page.waitForShown(2);
    assert.deepEqual(
      (await page.rows()).map((row) => row[5]),
      ['100', '200'],
    );
    await page.close();
  });

  test('nothing is read that no packet has', async () => {
    const page = await open();
    await page.load(four);
    for (const [chart, samples] of /** @type {[number, number[]][]} */ ([
      [0, [100, 200, 300, 400]],
      [1, [0, 0.001, 1]],
    ])) {
      const read = new Set();
      for (const share of [0.14, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.97]) {
        await pointAt(page, chart, share);
        const { x } = await page.page.$eval(`cdf-chart:nth-child(${chart + 1}) [data-readout]`, (one) => ({
          x: Number(one.getAttribute('data-readout')),
        }));
        read.add(x);
      }
      assert.deepEqual(
        [...read].sort((a, b) => a - b),
        samples,
      );
    }
    await page.close();
  });

  test('the axis of shares reads the other way; the percentiles of the table are marked', async () => {
    const page = await open();
    await page.load(four);
    assert.match(await page.text('cdf-chart:first-child figcaption'), /^median 250.B · p90 370.B/);
    const { x, y, height } = await page.box('.chart');
    await page.page.mouse.move(x + 20, y + height * 0.55, { steps: 2 });
    await page.page.waitForSelector('[data-readout="200"]');
    assert.match(await page.text('figcaption'), /^The smallest [34]\d.% of packets are ≤.200.B \(50.% are\)/);
    await page.page.focus('.chart');
    await page.page.keyboard.press('Home');
    assert.match(await page.text('figcaption'), /^No packet is below 100.B/);
    await page.page.keyboard.press('ArrowUp');
    await page.page.waitForFunction(() =>
      /^The smallest 1.% of packets are ≤.100.B \(25.% are\)/.test(
        document.querySelector('figcaption [data-readout]')?.textContent?.trim() ?? '',
      ),
    );
    await page.close();
  });

  test('the band at the left of the logarithmic axis reads the zeros', async () => {
    const page = await open();
    await page.load(four);
    await pointAt(page, 1, 0.13);
    assert.match(await page.text('cdf-chart:last-child figcaption'), /^33\.3.% of gaps are 0/);
    await page.close();
  });

  test('the arrow keys read it too, and Enter shows the packets', async () => {
    const page = await open();
    await page.load(four);
    await page.page.focus('cdf-chart .chart');
    await page.page.keyboard.press('End');
    await page.page.waitForFunction(() => document.querySelector('.chart')?.getAttribute('aria-valuenow') === '1');
    await page.page.keyboard.press('Home');
    await page.page.waitForFunction(() => document.querySelector('.chart')?.getAttribute('aria-valuenow') === '0');
    await page.page.keyboard.press('ArrowRight'); // to the next sample, however far
    await page.page.waitForFunction(() => document.querySelector('.chart')?.getAttribute('aria-valuenow') === '0.25');
    assert.match(
      await page.page.$eval('.chart', (one) => one.getAttribute('aria-valuetext') ?? ''),
      /^25.% of packets are ≤/,
    );
    await page.page.keyboard.press('Enter');
    await page.waitForShown(1);
    await page.close();
  });

  test('both CDFs are exported as csv, with every corner', async () => {
    const page = await open();
    await page.catchDownloads();
    await page.load(four);
    await page.page.click('cdf-chart:nth-child(1) .exports button:last-child');
    assert.deepEqual(await page.download().then(({ name, text }) => ({ name, text })), {
      name: 'four-cdf-size.csv',
      text: 'size_bytes,cdf\n100,0.25\n200,0.5\n300,0.75\n400,1\n',
    });
    await page.page.click('cdf-chart:nth-child(2) .exports button:last-child');
    const gaps = (await page.download()).text
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split(',').map(Number));
    assert.deepEqual(gaps, [
      [0, 1 / 3],
      [0.001, 2 / 3],
      [1, 1],
    ]);
    await page.close();
  });

  test('without a figure there is a dash that says why, and the table keeps its columns', async () => {
    const page = await open();
    await page.load(capture);
    const columns = () =>
      page.page.$$eval('table.describe thead th', (all) => all.map((one) => one.getBoundingClientRect().width));
    await page.page.evaluate(() =>
      document
        .querySelector('time-line')
        ?.dispatchEvent(new CustomEvent('brush', { detail: { from: 10, to: 20, done: true }, bubbles: true })),
    );
    await page.waitForShown(0);
    assert.match(await page.text('.timeline .selection-bar'), /^No packet lies in this part/);
    const cells = await page.page.$$eval('table.describe tbody td', (all) =>
      all.map((one) => ({
        text: one.textContent?.trim() ?? '',
        why: one.querySelector('.unknown')?.getAttribute('aria-label') ?? '',
        title: one.querySelector('.unknown')?.getAttribute('title') ?? '',
      })),
    );
    assert.deepEqual(new Set(cells.map(({ text }) => text)), new Set(['–', '0', '']));
    for (const { text, why, title } of cells) if (text === '–') assert.ok(why.length > 8 && why === title, why);
    const shown = await page.text('.statistics');
    assert.equal(shown.match(/No packets are selected/g)?.length ?? 0, 1, `said once: ${shown}`);
    assert.equal(await page.page.$('.statistics [data-answer]'), null);
    for (const width of await columns()) assert.ok(width < 200, `a column of ${width} px`);
    assert.match(await page.text('.chart'), /No packets are selected\.\nNo packets are selected\./);
    assert.deepEqual(
      await page.page.$$eval('.chart canvas', (all) => all.map((one) => getComputedStyle(one).visibility)),
      ['hidden', 'hidden'],
      'the curve of before is gone',
    );
    const { fits, rows } = await page.page.$eval('.statistics .frame', (one) => ({
      fits: one.scrollWidth <= one.clientWidth,
      rows: one.querySelectorAll('tbody tr').length,
    }));
    assert.deepEqual({ fits, rows }, { fits: true, rows: 2 });
    await page.close();
  });

  test('any percentile; statistics by direction, protocol and conversation', async () => {
    const page = await open();
    await page.load(four);
    await page.page.$eval('.percentile input', (one) => {
      /** @type {HTMLInputElement} */ (one).value = '25';
      one.dispatchEvent(new Event('input', { bubbles: true }));
    });
    await page.page.waitForFunction(
      () => document.querySelector('[data-percentile=size]')?.getAttribute('data-value') === '175',
    );
    await page.press('Protocol');
    await page.page.waitForSelector('table.groups tbody tr:nth-child(2)');
    const groups = await page.page.$$eval('table.groups tbody tr', (rows) =>
      rows.map((row) => [...row.querySelectorAll('th, td')].map((cell) => cell.textContent?.trim())),
    );
    assert.deepEqual(
      groups.map((row) => row.slice(0, 5)),
      [
        ['UDP', '3', '75\u202f%', '600\u202fB', '200'],
        ['DNS', '1', '25\u202f%', '400\u202fB', '400'],
      ],
    );
    await page.press('Direction');
    await page.page.waitForFunction(() =>
      /a → b/.test(document.querySelector('table.groups tbody')?.textContent ?? ''),
    );
    await page.close();
  });

  test('each figure shows its definition and its pandas line', async () => {
    const page = await open();
    await page.load(capture);
    let text = '';
    const buttons = await page.page.$$('[aria-expanded="false"]');
    for (const button of buttons) {
      if (!(await button.evaluate((one) => /definition|How\?/.test(one.textContent ?? '')))) continue;
      await button.evaluate((one) => /** @type {HTMLElement} */ (one).click());
      await page.page.waitForFunction((one) => one.getAttribute('aria-expanded') === 'true', {}, button);
      // The lines are made for the file once it has been read.
      await page.page.waitForFunction(() => document.body.textContent?.includes('# page-load.pcap:'));
      text += await page.text('.shows-work, .work');
    }
    for (const line of [
      'len(pcap)',
      'pcap["Length"].quantile(0.9)',
      'percentile(gap, 50)',
      'drawstyle="steps-post"',
      'pd.read_csv("page-load.csv"',
    ])
      assert.ok(text.includes(line), `${line} is not shown`);
    await page.close();
  });
});
