// The page's policy: its own script and styles are named by their hashes; nothing that it does needs more, and no other
// script runs.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { PNG, SAMPLE_ACTIVE_PACKETS, SAMPLE_PACKETS, csv, file, sample } from './support/inputs.js';
import { onEach, pageFile } from './support/page.js';

const capture = file('page-load.pcap', sample);
const extra = file(
  'extra.csv',
  csv(
    Array.from({ length: 40 }, (_, i) => [(i / 10).toFixed(6), 'a', 'b', 'UDP', 60 + i, 'x'.repeat(i === 3 ? 5000 : 20), 'y']),
    ['Extra'],
  ),
);
const unknown = file('unknown.csv', csv([['0.0', 'a', 'b', 'UDP', '', 'x']]));

const hashOf = (/** @type {string} */ text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** @returns {Record<string, string[]>} */
function policyOf(/** @type {string} */ html) {
  const [, content] = /http-equiv="Content-Security-Policy"\s+content="([^"]*)"/.exec(html) ?? [];
  assert.ok(content, 'the page has no policy');
  return Object.fromEntries(
    content.split(';').map((directive) => {
      const [name, ...sources] = directive.trim().split(/\s+/);
      return [name, sources];
    }),
  );
}

test('scripts and styles are named by hash, and by nothing wider', () => {
  const html = readFileSync(pageFile, 'utf8');
  const policy = policyOf(html);
  const [, script] = /<script\b[^>]*>([^]*?)<\/script>/.exec(html) ?? [];
  const [, style] = /<style\b[^>]*>([^]*?)<\/style>/.exec(html.replace(/<script\b[^]*?<\/script>/g, '')) ?? [];
  assert.deepEqual(policy['default-src'], ["'none'"]);
  assert.deepEqual(policy['script-src'], ["'wasm-unsafe-eval'", hashOf(script)]);
  assert.deepEqual(policy['style-src'], [hashOf(style)]);
  assert.ok(html.indexOf('Content-Security-Policy') < html.indexOf('<script'), 'the policy comes before what it rules');
});

onEach('the policy', { from: ['file', 'http'] }, ({ open }) => {
  /** A page that remembers what its policy forbade. */
  async function watched() {
    const page = await open();
    await page.page.evaluateOnNewDocument(() => {
      const violations = /** @type {string[]} */ ([]);
      Object.assign(window, { violations });
      addEventListener('securitypolicyviolation', (event) =>
        violations.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber} ${event.sample}`),
      );
    });
    await page.page.reload();
    await page.page.waitForSelector('welcome-page h2');
    const violations = () => page.page.evaluate(() => /** @type {any} */ (window).violations);
    return { page, violations };
  }

  test('nothing that the page does is forbidden, and its styles are where they belong', async () => {
    const { page, violations } = await watched();
    await page.press('Windows');
    await page.load(capture);
    for (const text of ['Show all 235 rows', 'How?', 'Conversation', 'Trim the idle tail']) await page.press(text);
    await page.waitForShown(SAMPLE_ACTIVE_PACKETS);
    const under = await page.box('.timeline .plot');
    await page.page.mouse.move(under.x + under.width * 0.6, under.y + 40);
    await page.page.waitForSelector('.hover-text');
    await page.page.keyboard.press('Escape'); // what “How?” has opened
    await page.page.keyboard.press('Escape');
    await page.waitForShown(SAMPLE_PACKETS);
    const { x, y, width } = await page.box('.timeline .plot'); // it has moved
    await page.page.mouse.move(x + width * 0.1, y + 40);
    await page.page.mouse.down();
    await page.page.mouse.move(x + width * 0.3, y + 40);
    await page.page.mouse.move(x + width * 0.5, y + 40);
    await page.page.mouse.up();
    await page.page.waitForSelector('.brush');
    const brush = await page.page.$eval('.brush', (one) => [one.getAttribute('style'), one.getBoundingClientRect().width]);
    assert.ok(Number(brush[1]) > width * 0.3, `the brush is as wide as was dragged: ${brush}`);
    const chart = await page.box('cdf-chart .chart');
    await page.page.mouse.move(chart.x + chart.width / 2, chart.y + 80);
    await page.page.waitForSelector('cdf-chart [data-readout]');
    await page.catchDownloads();
    await page.press('PNG');
    assert.equal((await page.download()).type, 'image/png');
    await page.page.evaluate(() => {
      dispatchEvent(new Event('beforeprint'));
      dispatchEvent(new Event('afterprint'));
    });
    await page.page.setViewport({ width: 400, height: 900 });
    await page.load(extra);
    await page.page.setViewport({ width: 1280, height: 900 });
    await page.press('+ 1 column');
    await page.page.waitForSelector('regular-table td.cut');
    await page.page.click('regular-table td.cut');
    await page.page.keyboard.press('Escape');
    for (const name of [unknown, file('none.pcap', sample.subarray(0, 24)), file('picture.pcap', PNG)]) await page.load(name);
    await page.page.waitForSelector('.failure');
    assert.deepEqual(await violations(), []);
    assert.deepEqual(page.errors, []);
    await page.close();
  });

  test('a script or a style that comes into the page from elsewhere does nothing', async () => {
    const { page, violations } = await watched();
    await page.load(capture);
    const ran = await page.page.evaluate(async () => {
      const add = (/** @type {string} */ tag, /** @type {object} */ properties) =>
        document.body.append(Object.assign(document.createElement(tag), properties));
      add('script', { textContent: 'window.owned = "inline script"' });
      add('script', { type: 'module', textContent: 'window.owned = "inline module"' });
      add('script', { src: URL.createObjectURL(new Blob(['window.owned = "script of a blob"'])) });
      add('script', { src: 'data:text/javascript,window.owned="script of a data url"' });
      add('div', { innerHTML: '<img src="data:," onerror="window.owned = `handler`"><a href="javascript:window.owned=1">x</a>' });
      document.querySelector('a')?.click();
      add('style', { textContent: 'main { visibility: hidden }' });
      document.querySelector('h1')?.setAttribute('style', 'visibility: hidden');
      await new Promise((resolve) => setTimeout(resolve, 500));
      const seen = (/** @type {string} */ name) => getComputedStyle(/** @type {Element} */ (document.querySelector(name))).visibility;
      return { owned: /** @type {any} */ (window).owned ?? null, main: seen('main'), h1: seen('h1') };
    });
    assert.deepEqual(ran, { owned: null, main: 'visible', h1: 'visible' });
    const told = (await violations()).join('\n');
    for (const directive of ['script-src-elem inline', 'script-src-attr', 'style-src-elem', 'style-src-attr'])
      assert.ok(told.includes(directive), `${directive} was not enforced:\n${told}`);
    await page.close();
  });
});
