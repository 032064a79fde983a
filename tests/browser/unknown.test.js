// What a csv leaves unknown is said to be unknown, with the reason, in every part; never 0, and no figure is given.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { file } from './support/inputs.js';
import { onEach } from './support/page.js';

const ROWS = [
  ['0.000000', 'UDP', '100', '1000 > 2000 Len=58'],
  ['0.250000', 'UDP', '200', '2000 > 1000 Len=158'],
  ['0.750000', 'UDP', '300', '1000 > 2000 Len=258'],
];
/** @param {string[]} titles @param {(row: string[]) => string[]} cells */
const csv = (titles, cells) => [titles, ...ROWS.map(cells)].map((line) => line.map((one) => `"${one}"`).join(',')).join('\n');

const withoutLength = file(
  'without-length.csv',
  csv(['Time', 'Source', 'Destination', 'Protocol', 'Info'], ([time, protocol, , info]) => [time, 'a', 'b', protocol, info]),
);
/** As a spreadsheet leaves the seconds of an epoch. */
const withoutDigits = file(
  'without-digits.csv',
  csv(['Time', 'Source', 'Destination', 'Protocol', 'Length', 'Info'], ([, ...row]) => ['1.70E+09', 'a', 'b', ...row]),
);

onEach('unknown figures', {}, ({ open }) => {
  test('without lengths: no sizes, all else', async () => {
    const page = await open();
    await page.load(withoutLength);
    assert.equal(await page.state(), 'ready');
    const answers = await page.answers();
    assert.equal(answers.packets, 3);
    assert.equal(answers.total_time_s, 0.75);
    assert.equal(answers.iat_median_s, 0.375);
    for (const name of ['size_mean', 'size_std', 'size_min', 'size_median', 'size_p90', 'size_max'])
      assert.ok(!(name in answers), `${name}: ${answers[name]}`);
    assert.match(await page.text('[aria-labelledby=card-packets] .second'), /^size not known$/);
    assert.match(await page.text('.why-unknown'), /^Packet size: .*no column Length/);
    assert.match(await page.text('cdf-chart:first-child .chart'), /no column Length/);
    assert.match(await page.text('[data-warning=missing-column]'), /Missing column/);

    await page.press('Protocol');
    await page.page.waitForSelector('table.groups tbody tr');
    const cells = await page.page.$$eval('table.groups tbody tr:first-child td', (all) => all.map((one) => one.textContent));
    assert.deepEqual(cells.slice(2, 6), ['–', '–', '–', '–'], 'bytes, and what is made of sizes');

    await page.page.evaluate(() =>
      document
        .querySelector('time-line')
        ?.dispatchEvent(new CustomEvent('brush', { detail: { from: 0.2, to: 0.8, done: true }, bubbles: true })),
    );
    await page.waitForShown(2);
    assert.match(await page.text('[aria-labelledby=card-packets] .basis'), /^size not known\./);
    await page.close();
  });

  test('without digits of the time: nothing about time, all else', async () => {
    const page = await open();
    await page.load(withoutDigits);
    assert.equal(await page.state(), 'ready');
    const answers = await page.answers();
    assert.equal(answers.packets, 3);
    assert.equal(answers.size_median, 200);
    for (const name of ['total_time_s', 'active_time_s', 'rtt_ms', 'iat_mean_s', 'iat_median_s', 'iat_zero'])
      assert.ok(!(name in answers), `${name}: ${answers[name]}`);
    assert.equal(await page.text('[aria-labelledby=card-time] .headline'), 'not known');
    for (const part of ['[aria-labelledby=card-time] .basis', '.timeline .plot', 'cdf-chart:last-child .chart', '.why-unknown'])
      assert.match(await page.text(part), /digits are lost/, part);
    assert.equal(await page.page.$('.timeline svg'), null);
    assert.match(await page.text('[data-warning=lost-digits]'), /Times lost digits/);
    await page.close();
  });
});
