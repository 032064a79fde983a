// The timeline can be read: its ends, its fullest bin, what lies under the pointer; behind a break of its axis too.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SAMPLE_ACTIVE_PACKETS, SAMPLE_PACKETS, csv, file, sample } from './support/inputs.js';
import { onEach } from './support/page.js';

const even = file(
  'even.csv',
  csv(Array.from({ length: 100 }, (_, i) => [(i / 10).toFixed(6), 'a', 'b', 'UDP', i < 50 ? 100 : 200, `n ${i}`])),
);
const capture = file('page-load.pcap', sample);
const ACTIVE = 0.205685;
const TOTAL = 90.257922;

/** @typedef {import('./support/page.js').TracePage} TracePage */

/** Left and right of the plot between its handles, and of the break. @param {TracePage} page */
const places = (page) =>
  page.page.evaluate(() => {
    const of = (/** @type {string} */ selector) => {
      const box = document.querySelector(selector)?.getBoundingClientRect();
      return { left: box?.left ?? NaN, right: box?.right ?? NaN, top: box?.top ?? NaN, width: box?.width ?? NaN };
    };
    return { track: of('.plot .track'), gap: of('.plot .break'), svg: of('.plot svg') };
  });

/** @param {TracePage} page @param {'from' | 'to'} edge */
const edge = (page, edge) => page.page.$eval(`.handle.${edge}`, (one) => Number(one.getAttribute('aria-valuenow')));

/** @param {TracePage} page @param {number} from @param {number} to pixels */
async function drag(page, from, to) {
  const { y, height } = await page.box('.plot');
  const { mouse } = page.page;
  await mouse.move(from, y + height / 2);
  await mouse.down();
  await mouse.move((from + to) / 2, y + height / 2, { steps: 3 });
  await mouse.move(to, y + height / 2, { steps: 3 });
  await mouse.up();
}

onEach('the timeline', {}, ({ open }) => {
  test('its ends, its fullest bin and what is under the pointer are told', async () => {
    const page = await open();
    await page.load(even);
    await page.page.waitForSelector('.plot svg path');
    const { track } = await places(page);
    const labels = await page.page.$$eval('.timeline .axis span', (all) =>
      all.map((one) => {
        const { left, right } = one.getBoundingClientRect();
        return { text: one.textContent ?? '', left, right };
      }),
    );
    const inOrder = [...labels].sort((a, b) => a.left - b.left);
    assert.equal(inOrder[0].text, '0\u202fs');
    assert.ok(Math.abs(inOrder[0].left - track.left) < 1.5, 'the first stands at the left edge');
    assert.equal(inOrder.at(-1)?.text, '9.900\u202fs');
    assert.ok(Math.abs((inOrder.at(-1)?.right ?? 0) - track.right) < 1.5, 'the last at the right edge');
    for (let i = 1; i < inOrder.length; i++)
      assert.ok(inOrder[i].left > inOrder[i - 1].right, `${inOrder[i - 1].text} touches ${inOrder[i].text}`);
    assert.match(await page.text('.timeline .most'), /^most: 1 packet in 45.ms$/);
    const { y, height } = await page.box('.plot');
    await page.page.mouse.move(track.left + 2, y + height / 2);
    await page.page.waitForSelector('.hover-text');
    assert.match(await page.text('.hover-text'), /^0 – 45.ms: 1 packet$/);
    await page.close();
  });

  test('handles stand outside the first and the last bar', async () => {
    const page = await open();
    await page.load(even);
    const { svg } = await places(page);
    const handles = await page.page.$$eval('.handle', (all) =>
      all.map((one) => {
        const { left, right } = one.getBoundingClientRect();
        return { left, right };
      }),
    );
    assert.ok(handles[0].right <= svg.left + 0.5, `${handles[0].right} > ${svg.left}`);
    assert.ok(handles[1].left >= svg.right - 0.5, `${handles[1].left} < ${svg.right}`);
    await page.close();
  });

  test('an idle tail longer than the rest stands behind a break, and the brush knows it', async () => {
    const page = await open();
    await page.load(capture);
    await page.page.waitForSelector('.plot .break');
    const { track, gap } = await places(page);
    const before = (gap.left - track.left) / track.width;
    assert.ok(before > 0.77 && before < 0.81, `the active part has ${before} of the width`);
    const labels = await page.page.$$eval('.timeline .axis span', (all) => all.map((one) => one.textContent ?? ''));
    assert.ok(labels.includes('205.7\u202fms') && labels.includes('90.258\u202fs'), labels.join(', '));
    assert.equal(await page.page.$$eval('.timeline .axis .break', (all) => all.length), 1);
    assert.match(await page.page.$eval('.plot svg', (one) => one.getAttribute('aria-label') ?? ''), /axis is broken/);

    // From the middle of the active part into the middle of the tail.
    const [a, b] = [track.left + (gap.left - track.left) / 2, gap.right + (track.right - gap.right) / 2];
    await drag(page, a, b);
    await page.page.waitForSelector('.timeline .selection-bar');
    const pixel = ACTIVE / (gap.left - track.left);
    assert.ok(Math.abs((await edge(page, 'from')) - ACTIVE / 2) < 1.5 * pixel, `${await edge(page, 'from')} s`);
    const tailPixel = (TOTAL - ACTIVE) / (track.right - gap.right);
    const expected = ACTIVE + (TOTAL - ACTIVE) / 2;
    assert.ok(Math.abs((await edge(page, 'to')) - expected) < 1.5 * tailPixel, `${await edge(page, 'to')} s`);

    // Up to the break is all that is active, to the nanosecond.
    await drag(page, track.left - 4, (gap.left + gap.right) / 2);
    await page.waitForShown(SAMPLE_ACTIVE_PACKETS);
    assert.equal(await edge(page, 'to'), ACTIVE);
    assert.equal((await page.answers()).total_time_s, ACTIVE);
    await page.close();
  });

  test('keys stop at the break and go on behind it', async () => {
    const page = await open();
    await page.load(capture);
    await page.page.waitForSelector('.plot .break');
    await page.page.focus('.handle.to');
    /** Where the edge is once the key has moved it. @param {import('puppeteer-core').KeyInput} key */
    const press = async (key) => {
      const before = String(await edge(page, 'to'));
      await page.page.keyboard.press(key);
      await page.page.waitForFunction(
        (before) => document.querySelector('.handle.to')?.getAttribute('aria-valuenow') !== before,
        {},
        before,
      );
      return edge(page, 'to');
    };
    const first = await press('ArrowLeft');
    assert.ok(first < TOTAL && first > TOTAL - 3, `one bin of the tail is ${TOTAL - first} s`);
    let at = first;
    for (let i = 0; i < 12 && at > ACTIVE; i++) at = await press('PageDown');
    assert.equal(at, ACTIVE, 'the break is a stop');
    await page.waitForShown(SAMPLE_ACTIVE_PACKETS);
    at = await press('ArrowLeft');
    assert.ok(at < ACTIVE && at > ACTIVE * 0.98, `${at} s`);
    assert.equal(await press('ArrowRight'), ACTIVE);
    assert.ok((await press('ArrowRight')) > ACTIVE + 1, 'a step of the tail');
    assert.equal(await press('End'), TOTAL);
    await page.close();
  });

  test('brushing, trimming and undoing move nothing on the page', async () => {
    for (const width of [1280, 720, 360]) {
      const page = await open();
      await page.page.setViewport({ width, height: 900 });
      await page.load(capture);
      await page.page.waitForSelector('.plot .break');
      const where = () =>
        page.page.evaluate(() =>
          ['.timeline .section-head', '.plot', '.timeline .axis'].map((one) => {
            const { height } = /** @type {Element} */ (document.querySelector(one)).getBoundingClientRect();
            const of = /** @type {Element} */ (document.querySelector('.timeline')).getBoundingClientRect();
            return [height, of.height].map(Math.round).join('/');
          }),
        );
      const before = await where();
      assert.deepEqual(before.slice(1), [before[1], before[2]]);
      assert.match(before[1], /^112\//);
      assert.match(before[2], /^26\//);
      const { track } = await places(page);
      await drag(page, track.left + track.width * 0.2, track.left + track.width * 0.6);
      await page.page.waitForSelector('.timeline .selection-bar');
      assert.deepEqual(await where(), before, `brushed at ${width} px`);
      await page.press('Trim the idle tail');
      await page.waitForShown(SAMPLE_ACTIVE_PACKETS);
      assert.deepEqual(await where(), before, `trimmed at ${width} px`);
      await page.press('Show all');
      await page.waitForShown(SAMPLE_PACKETS);
      assert.deepEqual(await where(), before, `all again at ${width} px`);
      await page.close();
    }
  });

  test('its bins fit the width it has', async () => {
    const page = await open();
    await page.load(even);
    const bins = () =>
      page.page.$eval('time-line', (one) => {
        const { bars } = /** @type {any} */ (one);
        return bars[0]?.packets.length ?? 0;
      });
    assert.equal(await bins(), 220);
    await page.page.setViewport({ width: 360, height: 900 });
    await page.page.waitForFunction(
      () => /** @type {any} */ (document.querySelector('time-line')).bars[0].packets.length < 100,
    );
    assert.ok((await bins()) >= 60, `${await bins()} bins`);
    await page.page.setViewport({ width: 1280, height: 900 });
    await page.page.waitForFunction(
      () => /** @type {any} */ (document.querySelector('time-line')).bars[0].packets.length === 220,
    );
    await page.close();
  });
});
