// Screenshots of every state for the eye, in build/screenshots, and what can be checked of them: nothing is wider than
// the screen.
import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { test } from 'node:test';
import { course, file, sample } from './support/inputs.js';
import { onEach, screenshots } from './support/page.js';

const lab = course('uchicagocs-20220922.pcap');
const capture = lab.skip ? file('page-load.pcap', sample) : lab.path;

onEach('looks', {}, ({ open, browser }) => {
  for (const scheme of /** @type {const} */ (['light', 'dark'])) {
    if (browser === 'firefox' && scheme === 'dark') continue; // a preference there: accessibility.test.js sets it
    for (const width of [320, 360, 900, 1280, 1920]) {
      test(`${scheme} at ${width} px`, async () => {
        const page = await open();
        const shoot = (/** @type {string} */ state) =>
          page.page.screenshot({ path: resolve(screenshots, `${browser}-${state}-${scheme}-${width}.png`) });
        const fits = async () => {
          const { scrollWidth, clientWidth } = await page.page.evaluate(() => {
            const { scrollWidth, clientWidth } = document.documentElement;
            return { scrollWidth, clientWidth };
          });
          assert.ok(scrollWidth <= clientWidth, `${scrollWidth} px on a screen of ${clientWidth} px`);
        };
        if (browser === 'chromium')
          await page.page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
        await page.page.setViewport({ width, height: 900 });
        await fits();
        await shoot('empty');
        await page.load(capture);
        await fits();
        const height = await page.page.evaluate(() => document.documentElement.scrollHeight);
        await page.page.setViewport({ width, height });
        await new Promise((drawn) => setTimeout(drawn, 400));
        await fits();
        await shoot('ready');
        await page.close();
      });
    }
  }
});
