// axe-core finds nothing to object to, in any state, light and dark, wide and narrow; and everything works by keys
// alone.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { PNG, file, sample } from './support/inputs.js';
import { onEach } from './support/page.js';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const capture = file('page-load.pcap', sample);
const picture = file('picture.png', PNG);

/**
 * A colour on its way from one scheme to the other is neither's: waits until all have arrived.
 * @param {import('./support/page.js').TracePage} page
 */
async function settled(page) {
  await page.page.evaluate(async () => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    await frame();
    await frame();
    const moving = Promise.allSettled(document.getAnimations().map((one) => one.finished));
    await Promise.race([moving, new Promise((resolve) => setTimeout(resolve, 1000))]);
    await frame();
  });
}

/** @param {import('./support/page.js').TracePage} page */
async function violations(page) {
  await settled(page);
  await page.page.evaluate(axe);
  return page.page.evaluate(async () => {
    const { violations } = await /** @type {any} */ (window).axe.run(document, { resultTypes: ['violations'] });
    return violations.map(
      (/** @type {any} */ one) =>
        `${one.id}: ${one.nodes.map((/** @type {any} */ node) => `${node.target} ${node.failureSummary}`).join('; ')}`,
    );
  });
}

for (const [scheme, prefs] of /** @type {const} */ ([
  ['light', { 'layout.css.prefers-color-scheme.content-override': 1 }],
  ['dark', { 'layout.css.prefers-color-scheme.content-override': 0 }],
])) {
  onEach(`axe, ${scheme}`, { prefs }, ({ open, browser }) => {
    // Without motion: a colour on its way from one scheme to the other is neither's.
    const features = [
      { name: 'prefers-color-scheme', value: scheme },
      { name: 'prefers-reduced-motion', value: 'reduce' },
    ];
    for (const width of [1280, 360]) {
      test(`every state at ${width} px`, async () => {
        const page = await open();
        await page.page.setViewport({ width, height: 800 });
        if (browser === 'chromium') await page.page.emulateMediaFeatures(features);
        assert.equal(await page.page.evaluate((s) => matchMedia(`(prefers-color-scheme: ${s})`).matches, scheme), true);
        assert.deepEqual(await violations(page), [], 'empty');

        await page.load(capture);
        assert.deepEqual(await violations(page), [], 'ready');

        await page.page.$$eval('[aria-expanded="false"]', (all) =>
          all.forEach((one) => /** @type {HTMLElement} */ (one).click()),
        );
        await page.press('Trim the idle tail');
        await page.waitForShown(231);
        await page.page.focus('cdf-chart .chart');
        await page.page.keyboard.press('End');
        await page.page.waitForSelector('[data-readout]');
        assert.deepEqual(await violations(page), [], 'everything open');

        await page.press('Conversation');
        await page.page.waitForSelector('table.groups tbody tr');
        assert.deepEqual(await violations(page), [], 'by conversation');

        await page.load(picture);
        await page.page.waitForSelector('.failure');
        assert.deepEqual(await violations(page), [], 'another file could not be read');

        await page.page.evaluate(() => /** @type {any} */ (document.querySelector('trace-drop')).open.worker.worker.terminate());
        await page.page.waitForSelector('#again');
        assert.deepEqual(await violations(page), [], 'its worker has gone');

        await page.load(file('none.pcap', sample.subarray(0, 24)));
        await page.page.waitForSelector('.empty-capture');
        assert.deepEqual(await violations(page), [], 'no packets');
        await page.close();
      });
    }
  });
}

onEach('keys alone', {}, ({ open }) => {
  test('the tab key reaches every control, in the order of the page', async () => {
    const page = await open();
    await page.load(capture);
    await page.page.focus('#file'); // not in the order itself: what follows it is
    /** @type {string[]} */
    const reached = [];
    for (let i = 0; i < 80; i++) {
      await page.page.keyboard.press('Tab');
      const what = await page.page.evaluate(() => {
        const one = document.activeElement;
        return one && one !== document.body
          ? (one.getAttribute('aria-label') || one.textContent || one.parentElement?.textContent || '')
              .replace(/\s+/g, ' ')
              .trim()
          : '';
      });
      if (what === '' && reached.length > 0) break;
      if (what !== '') reached.push(what);
    }
    const expected = [
      'Open…',
      'How packets is computed',
      'Show packets: Packets',
      'How lost is computed',
      'Trim the idle tail',
      'Start of the selection',
      'End of the selection',
      'Export csv',
      'Packet rows',
      'Show all 235 rows',
      'Direction',
      'all digits',
      'PNG',
      'csv',
    ];
    let from = 0;
    for (const one of expected) {
      const at = reached.findIndex((text, i) => i >= from && (text === one || text.includes(one)));
      assert.ok(at >= 0, `${one} is not reached after ${reached[from]}: ${reached.join(' | ')}`);
      from = at;
    }
    await page.close();
  });
});
