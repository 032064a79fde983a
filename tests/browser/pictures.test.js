// What is handed in: the CDFs as PNG, and the page on paper. Both are light and complete whatever the page looks like.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SAMPLE_PACKETS, file, sample } from './support/inputs.js';
import { onEach } from './support/page.js';

const capture = file('page-load.pcap', sample);
const DARK = { 'layout.css.prefers-color-scheme.content-override': 0 };
const LIGHT = { 'layout.css.prefers-color-scheme.content-override': 1 };

/** @param {import('./support/page.js').TracePage} page @param {string} browser */
async function goDark(page, browser) {
  if (browser === 'chromium') await page.page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'dark' }]);
  assert.equal(await page.page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches), true);
}

/**
 * Presses the PNG button of a chart and decodes what it hands out: the size, the corners' colours, the share of its
 * pixels that are nearly white, and those of the curve's colour.
 * @param {import('./support/page.js').TracePage} page
 * @param {number} chart
 */
async function exported(page, chart) {
  await page.page.evaluate(() => {
    const toBlob = HTMLCanvasElement.prototype.toBlob;
    HTMLCanvasElement.prototype.toBlob = function (done, ...rest) {
      toBlob.call(this, (blob) => (Object.assign(window, { picture: blob }), done(blob)), ...rest);
    };
  });
  await page.page.click(`cdf-chart:nth-child(${chart}) .exports [aria-label$="as PNG"]`);
  const { name, type } = await page.download();
  const pixels = await page.page.evaluate(async () => {
    const bitmap = await createImageBitmap(/** @type {any} */ (window).picture);
    const { width, height } = bitmap;
    const canvas = Object.assign(document.createElement('canvas'), { width, height });
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
    context.drawImage(bitmap, 0, 0);
    const { data } = context.getImageData(0, 0, width, height);
    let white = 0;
    let accent = 0;
    let opaque = 0;
    for (let i = 0; i < data.length; i += 4) {
      const [r, g, b, a] = data.subarray(i, i + 4);
      if (a === 255) opaque++;
      if (r > 225 && g > 235 && b > 235) white++;
      if (Math.abs(r - 10) < 6 && Math.abs(g - 99) < 6 && Math.abs(b - 196) < 6) accent++;
    }
    const pixels = width * height;
    const corner = (/** @type {number} */ x, /** @type {number} */ y) => [
      ...data.subarray(4 * (y * width + x)).slice(0, 4),
    ];
    return {
      width,
      height,
      corners: [corner(0, 0), corner(width - 1, 0), corner(0, height - 1), corner(width - 1, height - 1)],
      white: white / pixels,
      opaque: opaque / pixels,
      accent,
    };
  });
  return { name, type, ...pixels };
}

onEach('pictures', { prefs: DARK }, ({ open, browser }) => {
  test('a PNG is light from a dark page too, and twice the size it is read at', async () => {
    const page = await open();
    await goDark(page, browser);
    await page.catchDownloads();
    await page.load(capture);
    for (const [chart, quantity] of /** @type {[number, string][]} */ ([
      [1, 'size'],
      [2, 'iat'],
    ])) {
      const png = await exported(page, chart);
      assert.equal(png.name, `page-load-cdf-${quantity}.png`);
      assert.equal(png.type, 'image/png');
      assert.deepEqual([png.width, png.height], [1600, 1040]);
      assert.deepEqual(png.corners, Array(4).fill([255, 255, 255, 255]));
      assert.equal(png.opaque, 1);
      assert.ok(png.white > 0.85, `${png.white} of it is light`);
      assert.ok(png.accent > 2000, `${png.accent} pixels are the curve's`);
    }
    await page.close();
  });
});

onEach('pictures in light', { prefs: LIGHT }, ({ open }) => {
  test('what a picture says: the quantity, its unit, of how many of which file, and the percentiles', async () => {
    const page = await open();
    await page.catchDownloads();
    await page.page.evaluate(() => {
      const said = (Object.assign(window, { said: /** @type {string[]} */ ([]) }), /** @type {any} */ (window).said);
      const fillText = CanvasRenderingContext2D.prototype.fillText;
      CanvasRenderingContext2D.prototype.fillText = function (text, ...rest) {
        said.push(text);
        return /** @type {any} */ (fillText).call(this, text, ...rest);
      };
    });
    await page.load(capture);
    const texts = async (/** @type {number} */ chart) => {
      await page.page.evaluate(() => /** @type {any} */ ((window).said.length = 0));
      await page.page.click(`cdf-chart:nth-child(${chart}) .exports [aria-label$="as PNG"]`);
      await page.download();
      return page.page.evaluate(() => /** @type {any} */ (window).said.join('\n').replaceAll('\u202f', ' '));
    };
    const size = await texts(1);
    for (const part of [
      'CDF of packet size',
      'page-load.pcap: n = 235 packets',
      'Packet size (bytes)',
      'cumulative share of 235 packets',
    ])
      assert.ok(size.includes(part), `${part} is not in ${size}`);
    const { size_median, size_p90, size_min, size_max } = await page.answers();
    for (const figure of [
      `median ${size_median.toLocaleString('en-US')} B`,
      `p90 ${size_p90.toLocaleString('en-US')} B`,
    ])
      assert.ok(size.includes(figure), `${figure} is not in ${size}`);
    assert.ok(size.split('\n').includes(String(size_min)), 'the least size is labelled');
    assert.ok(size.split('\n').includes(size_max.toLocaleString('en-US')), 'the largest size is labelled');
    const gaps = await texts(2);
    assert.match(gaps, /Time since the packet before \(logarithmic\)/);
    assert.match(gaps, /cumulative share of 234 gaps/);

    await page.press('Trim the idle tail');
    await page.waitForShown(231);
    await page.page.waitForFunction(() => /231 packets/.test(document.querySelector('.cdf h3')?.textContent ?? ''));
    assert.match(await texts(1), /n = 231 packets, 231 of 235 packets selected/);
    await page.close();
  });
});

onEach('paper', { browsers: ['chromium'] }, ({ open, browser }) => {
  // The width between the margins of A4 and of Letter, in CSS pixels.
  for (const [paper, width] of /** @type {[string, number][]} */ ([
    ['A4', 703],
    ['Letter', 725],
  ])) {
    test(`${paper}: light, without controls, nothing wider than the sheet, every definition there`, async () => {
      const page = await open();
      await goDark(page, browser);
      await page.load(capture);
      await page.page.setViewport({ width, height: 1000 });
      await page.page.emulateMediaType('print');
      await page.page.waitForSelector('print-definitions .definition');
      const found = await page.page.evaluate(() => {
        const visible = (/** @type {Element} */ one) =>
          one.getClientRects().length > 0 && getComputedStyle(one).visibility === 'visible';
        const all = [...document.querySelectorAll('body *')].filter(visible);
        const width = document.documentElement.clientWidth;
        const rgb = (/** @type {Element} */ one, /** @type {'color' | 'backgroundColor'} */ what) =>
          (getComputedStyle(one)[what].match(/[\d.]+/g) ?? []).slice(0, 3).map(Number);
        return {
          overflow: document.documentElement.scrollWidth - width,
          wide: all
            .filter((one) => !one.closest('svg, .timeline, .visually-hidden'))
            .filter((one) => one.getBoundingClientRect().right > width + 1)
            .map((one) => `${one.tagName}.${one.className}`),
          controls: all
            .filter((one) => one.matches('button:not(.figure-link), input, [role=slider]'))
            .map((one) => one.outerHTML),
          ground: rgb(document.documentElement, 'backgroundColor'),
          text: rgb(document.body, 'color'),
          definitions: all.filter((one) => one.matches('print-definitions .definition')).length,
          code: all.filter((one) => one.matches('print-definitions code')).length,
          caption: document.querySelector('table.paper caption')?.textContent?.trim(),
          head: [...document.querySelectorAll('table.paper thead th')].map((one) => one.textContent),
          rows: document.querySelectorAll('table.paper tbody tr').length,
          statistics: [...document.querySelectorAll('table.describe tbody th')].map((one) => one.textContent?.trim()),
          curves: [...document.querySelectorAll('.on-paper canvas')].map((one) => one.getBoundingClientRect().width),
        };
      });
      assert.equal(found.overflow, 0);
      assert.deepEqual(found.wide, []);
      assert.deepEqual(found.controls, []);
      assert.deepEqual(found.ground, [255, 255, 255]);
      assert.ok(Math.max(...found.text) < 60, `the text is ${found.text}`);
      assert.ok(found.definitions > 15 && found.code > 15, `${found.definitions} definitions, ${found.code} lines`);
      assert.equal(found.caption, `The first 10 of ${SAMPLE_PACKETS} packets`);
      assert.deepEqual(found.head, ['No.', 'Time', 'Source', 'Destination', 'Protocol', 'Length', 'Info']);
      assert.equal(found.rows, 10);
      for (const one of ['mean', 'p90', 'zeros', 'p99']) assert.ok(found.statistics.includes(one), `${one} is missing`);
      assert.equal(found.curves.length, 2);
      for (const one of found.curves) assert.ok(one > width * 0.85 && one <= width, `a curve of ${one} px`);
      await page.page.emulateMediaType('screen');
      await page.page.waitForFunction(() => !document.querySelector('print-definitions .definition, .on-paper'));
      await page.close();
    });
  }

  test('the printed file holds what is on the page when it is asked for', async () => {
    const page = await open();
    await page.load(capture);
    const pdf = Buffer.from(await page.page.pdf({ format: 'A4' })).toString('latin1');
    const pages = pdf.match(/\/Type\s*\/Page\b/g)?.length ?? 0;
    assert.ok(pages >= 3 && pages <= 12, `${pages} pages`);
    assert.ok((pdf.match(/\/Subtype\s*\/Image/g)?.length ?? 0) >= 2, 'both curves are in it');
    assert.equal(await page.page.$('print-definitions .definition'), null, 'the page is as it was');
    await page.close();
  });
});

onEach('before printing', {}, ({ open }) => {
  test('all is drawn for paper by the end of the event, and gone after it', async () => {
    const page = await open();
    await page.load(capture);
    const [before, during, after] = await page.page.evaluate(() => {
      const drawn = () => ({
        rows: document.querySelectorAll('table.paper tbody tr').length,
        definitions: document.querySelectorAll('print-definitions .definition').length > 15,
        curves: document.querySelectorAll('.on-paper canvas').length,
      });
      const first = drawn();
      dispatchEvent(new Event('beforeprint'));
      const second = drawn();
      dispatchEvent(new Event('afterprint'));
      return [first, second, drawn()];
    });
    assert.deepEqual(before, { rows: 0, definitions: false, curves: 0 });
    assert.deepEqual(during, { rows: 10, definitions: true, curves: 2 });
    assert.deepEqual(after, before);
    await page.close();
  });
});
