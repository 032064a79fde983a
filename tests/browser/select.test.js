// Selecting a part of the time: by mouse, by touch, by keys; trimming the idle tail; and back. Every figure follows.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SAMPLE_ACTIVE_PACKETS, SAMPLE_PACKETS, csv, file, sample } from './support/inputs.js';
import { onEach } from './support/page.js';

/** A packet every 100 ms from 0 to 9.9 s; the second half is twice as large. */
const even = file(
  'even.csv',
  csv(Array.from({ length: 100 }, (_, i) => [(i / 10).toFixed(6), 'a', 'b', 'UDP', i < 50 ? 100 : 200, `n ${i}`])),
);
const capture = file('page-load.pcap', sample);

onEach('selecting', {}, ({ open }) => {
  test('dragging over the second half selects it', async () => {
    const page = await open();
    await page.load(even);
    const { x, y, width, height } = await page.box('.plot');
    const { mouse } = page.page;
    await mouse.move(x + width * 0.55, y + height / 2);
    await mouse.down();
    await mouse.move(x + width * 0.8, y + height / 2, { steps: 4 });
    await mouse.move(x + width - 1, y + height / 2, { steps: 4 });
    await mouse.up();
    await page.page.waitForFunction(
      () => document.querySelector('[data-answer="size_min"]')?.getAttribute('data-value') === '200',
    );
    const answers = await page.answers();
    assert.ok(answers.packets >= 44 && answers.packets <= 46, `${answers.packets} packets`);
    assert.equal(await page.shown(), answers.packets);
    assert.equal(answers.size_mean, 200);
    assert.equal((await page.rows())[0][1] >= '5.4', true);
    assert.match(await page.text('.selection-bar'), /of 100 packets/);

    await page.page.keyboard.press('Escape');
    await page.waitForShown(100);
    assert.equal((await page.answers()).size_mean, 150);
    assert.equal(await page.page.$('.selection-bar'), null);
    await page.close();
  });

  test('nothing under the brush: said once, and the whole beside it', async () => {
    const page = await open();
    await page.load(capture);
    const { x, y, width, height } = await page.box('.plot');
    const { mouse } = page.page;
    await mouse.move(x + width * 0.9, y + height / 2);
    await mouse.down();
    await mouse.move(x + width * 0.94, y + height / 2, { steps: 4 });
    await mouse.up();
    await page.waitForShown(0);
    await page.page.waitForFunction(() => document.querySelector('.card .headline')?.textContent?.trim() === '0');
    assert.deepEqual((await page.text('.card .headline')).split('\n'), ['0', 'none here', 'none here', 'none here']);
    assert.deepEqual((await page.text('.card .second')).split('\n'), [
      '235 in all',
      '90.258 s in all',
      '23.7 ms in all',
      '1 lost in all',
    ]);
    assert.equal((await page.text('.card .basis')).match(/No packet/g)?.length, 1);
    await page.close();
  });

  test('nothing but the brush itself moves while one brushes', async () => {
    const page = await open();
    await page.load(even);
    const { x, y, width, height } = await page.box('.plot');
    await page.page.evaluate(() => scrollTo(0, 0));
    const places = () =>
      page.page.$$eval(
        'h2, .card, .card p, .plot, .axis, regular-table, regular-table th, .statistics, .chart',
        (all) =>
          all.flatMap((one) => {
            const { x, y } = one.getBoundingClientRect();
            if (y > innerHeight) return [];
            return `${one.className || one.tagName} ${one.textContent?.trim().slice(0, 12)}: ${Math.round(x)}, ${Math.round(y)}`;
          }),
      );
    const withoutText = (/** @type {string[]} */ all) => all.map((one) => one.replace(/ .*:/, ''));
    const before = await places();
    const { mouse } = page.page;
    await mouse.move(x + width * 0.2, y + height / 2);
    await mouse.down();
    for (const share of [0.22, 0.4, 0.6, 0.5]) {
      await mouse.move(x + width * share, y + height / 2);
      await new Promise((resolve) => setTimeout(resolve, 150));
      const now = await places();
      assert.deepEqual(withoutText(now), withoutText(before), now.join('\n'));
    }
    await mouse.up();
    await page.close();
  });

  test('the edges of the selection move by keys', async () => {
    const page = await open();
    await page.load(even);
    await page.page.focus('.handle.from');
    for (let i = 0; i < 11; i++) await page.page.keyboard.press('PageUp');
    await page.page.waitForFunction(() => Number(document.documentElement.dataset.shown) < 60);
    const edge = await page.page.$eval('.handle.from', (one) => Number(one.getAttribute('aria-valuenow')));
    assert.ok(edge > 4.9 && edge < 5, `the edge is at ${edge} s`);
    assert.equal((await page.answers()).packets, 50);
    await page.page.keyboard.press('Escape');
    await page.waitForShown(100);
    await page.close();
  });

  test('a finger selects sideways', async () => {
    const page = await open();
    await page.load(even);
    const { x, y, width, height } = await page.box('.plot');
    await page.page.evaluate(
      (x, y, width) => {
        const plot = /** @type {Element} */ (document.querySelector('.plot'));
        plot.setPointerCapture = () => {};
        const touch = (/** @type {string} */ type, /** @type {number} */ at) =>
          plot.dispatchEvent(
            new PointerEvent(type, {
              pointerId: 7,
              pointerType: 'touch',
              clientX: x + width * at,
              clientY: y,
              bubbles: true,
              button: 0,
            }),
          );
        touch('pointerdown', 0.01);
        touch('pointermove', 0.2);
        touch('pointermove', 0.4);
        touch('pointerup', 0.4);
      },
      x,
      y + height / 2,
      width,
    );
    await page.page.waitForFunction(() => Number(document.documentElement.dataset.shown) < 50);
    const { packets, size_max } = await page.answers();
    assert.ok(packets >= 38 && packets <= 40, `${packets} packets`);
    assert.equal(size_max, 100);
    await page.close();
  });

  test('trimming the idle tail: every figure follows; the boundary can be moved; Esc undoes it', async () => {
    const page = await open();
    await page.load(capture);
    assert.match(await page.text('.idle-label'), /45.s of nothing, then 4 packets without new data/);
    await page.press('Trim the idle tail');
    await page.waitForShown(SAMPLE_ACTIVE_PACKETS);
    await page.page.waitForFunction(() =>
      /of 235 packets/.test(document.querySelector('.selection-bar')?.textContent ?? ''),
    );
    const trimmed = await page.answers();
    assert.equal(trimmed.packets, SAMPLE_ACTIVE_PACKETS);
    assert.equal(trimmed.total_time_s, 0.205685);
    assert.ok(trimmed.iat_max_s < 1);

    await page.page.focus('.handle.to');
    await page.page.keyboard.press('PageDown');
    await page.page.waitForFunction(
      (n) => Number(document.documentElement.dataset.shown) < n,
      {},
      SAMPLE_ACTIVE_PACKETS,
    );
    assert.ok((await page.answers()).total_time_s < 0.205685);

    await page.page.keyboard.press('Escape');
    await page.waitForShown(SAMPLE_PACKETS);
    assert.equal((await page.answers()).total_time_s, 90.257922);
    await page.close();
  });
});
