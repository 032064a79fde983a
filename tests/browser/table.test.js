// The packet table: head(10), every row to the last, the packets behind a figure, the export.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SAMPLE_PACKETS, course, file, largePcap, longCsv, sample } from './support/inputs.js';
import { onEach } from './support/page.js';

const capture = file('page-load.pcap', sample);
/** More rows than an element can be tall in any browser: scrolling is scaled. */
const ROWS = 400_000;
const large = file('large.pcap', largePcap(150e6));
const long = file('long.csv', longCsv(ROWS));

/** @param {import('./support/page.js').TracePage} page @param {string} number */
const waitForRow = (page, number) =>
  page.page.waitForFunction(
    (n) => [...document.querySelectorAll('regular-table tbody td:first-child')].some((cell) => cell.textContent === n),
    {},
    number,
  );

/** Packet number of the first row that is wholly in sight. @param {import('./support/page.js').TracePage} page */
const firstRow = async (page) => Number((await page.rows())[0][0]);

onEach('the table', {}, ({ open }) => {
  test('ten rows at first, then all of them', async () => {
    const page = await open();
    await page.load(capture);
    assert.equal((await page.rows()).length, 10);
    assert.match(await page.text('.packets .section-head'), /head\(10\)/);
    await page.press(`Show all ${SAMPLE_PACKETS} rows`);
    await waitForRow(page, '15');
    await page.page.focus('regular-table');
    await page.page.keyboard.press('End');
    await waitForRow(page, String(SAMPLE_PACKETS));
    const last = (await page.rows()).find((row) => row[0] === String(SAMPLE_PACKETS));
    assert.match(last?.[6] ?? '', /^\[TCP Keep-Alive ACK\] 80 → 52814/);
    await page.page.keyboard.press('Home');
    await waitForRow(page, '1');
    await page.close();
  });

  test('the packets behind a figure, and all of them again', async () => {
    const page = await open();
    await page.load(capture);
    await page.page.$$eval('.card .links button', (all) => /** @type {HTMLElement} */ (all.at(-1)).click());
    await page.waitForShown(1);
    await waitForRow(page, '127');
    assert.match((await page.rows())[0][6], /^\[TCP (Fast )?Retransmission\]/);
    assert.match(await page.text('.packets .section-head'), /1 of 235 packets/);
    await page.page.click('.chip.remove');
    await page.waitForShown(SAMPLE_PACKETS);
    await page.close();
  });

  test('the export is the csv that Wireshark writes', async () => {
    const page = await open();
    await page.catchDownloads();
    await page.load(capture);
    await page.press('Export csv');
    const { name, text } = await page.download();
    assert.equal(name, 'page-load.csv');
    const lines = text.split('\n');
    assert.equal(lines[0], '"No.","Time","Source","Destination","Protocol","Length","Info"');
    assert.equal(
      lines[1],
      '"1","0.000000","192.0.2.10","192.0.2.53","DNS","75","Standard query 0x6c41 A www.example.edu"',
    );
    assert.equal(lines.length, SAMPLE_PACKETS + 2);

    const again = file('exported.csv', text);
    await page.load(again);
    await page.page.waitForFunction(() => document.title.startsWith('exported.csv'));
    await page.settled();
    const { packets, rtt_ms, lost } = await page.answers();
    assert.deepEqual({ packets, rtt_ms, lost }, { packets: SAMPLE_PACKETS, rtt_ms: 23.747, lost: 1 });
    await page.close();
  });

  test('no half of a file is exported: what cannot be pressed yet says when it can', async () => {
    const page = await open();
    await page.page.evaluate(() => {
      const seen =
        (Object.assign(window, { seen: /** @type {Set<string>} */ (new Set()) }), /** @type {any} */ (window).seen);
      new MutationObserver(() => {
        // Its figures are not final yet.
        if (!document.querySelector('.quick-look[aria-busy=true]') || !document.querySelector('.chart canvas')) return;
        const text = (/** @type {Element} */ one) => one.getAttribute('aria-label') ?? one.textContent?.trim() ?? '';
        for (const one of /** @type {NodeListOf<HTMLButtonElement>} */ (
          document.querySelectorAll('.packets .actions .button, .packets .more, .exports button:not([aria-expanded])')
        ))
          seen.add(`${text(one)}: ${one.disabled ? `disabled, ${one.title}` : 'can be pressed'}`);
      }).observe(document.body, { subtree: true, childList: true, attributes: true });
    });
    await page.load(large);
    const seen = await page.page.evaluate(() => [.../** @type {any} */ (window).seen]);
    for (const one of [
      /^Export csv/,
      /rows/,
      /^Export the CDF of Packet size as PNG/,
      /^Export the CDF of Packet size as csv/,
    ])
      assert.ok(
        seen.some((text) => one.test(text)),
        `${one} was not seen while reading: ${seen.join('\n')}`,
      );
    assert.deepEqual(
      seen.filter((text) => !/: disabled, Once the file has been read\.$/.test(text)),
      [],
    );
    const off = await page.page.$$eval('.packets .button, .packets .more, .exports button', (all) =>
      all.filter((one) => /** @type {HTMLButtonElement} */ (one).disabled).map((one) => one.textContent),
    );
    assert.deepEqual(off, [], 'all can be pressed now');
    await page.close();
  });

  test(`${ROWS} rows: every one can be reached, by keys, wheel and scroll bar`, async () => {
    const page = await open();
    await page.load(long);
    await page.press('Show all');
    await waitForRow(page, '15');
    await page.box('regular-table');
    await page.page.focus('regular-table');
    await page.page.keyboard.press('End');
    await waitForRow(page, String(ROWS));
    await page.page.keyboard.press('Home');
    await waitForRow(page, '1');
    await page.page.$eval('regular-table', (one) => (one.scrollTop = (one.scrollHeight - one.clientHeight) / 2));
    await page.page.waitForFunction(
      () => Math.abs(Number(document.querySelector('regular-table tbody td')?.textContent) - 200_000) < 100,
    );
    const before = await firstRow(page);
    const { x, y } = await page.box('regular-table');
    await page.page.mouse.move(x + 200, y + 200);
    await page.page.mouse.wheel({ deltaY: 280 });
    await page.page.waitForFunction(
      (n) => Number(document.querySelector('regular-table tbody td')?.textContent) !== n,
      {},
      before,
    );
    await new Promise((resolve) => setTimeout(resolve, 300));
    const moved = (await firstRow(page)) - before;
    assert.ok(moved >= 3 && moved <= 30, `the wheel moved ${moved} rows`);
    await page.close();
  });

  const { path, skip } = course('netflix.csv.gz');
  test('netflix.csv.gz scrolls to its last row', { skip }, async () => {
    const page = await open();
    await page.load(path);
    await page.press('Show all 141,471 rows');
    await waitForRow(page, '15');
    await page.page.$eval('regular-table', (one) => (one.scrollTop = one.scrollHeight));
    await waitForRow(page, '141471');
    await page.close();
  });
});
