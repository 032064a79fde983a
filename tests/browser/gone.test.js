// A worker that goes while one works: it is said, what stands there stays, and one press opens the file again.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SAMPLE_ACTIVE_PACKETS, SAMPLE_PACKETS, file, largePcap, longCsv, sample } from './support/inputs.js';
import { onEach } from './support/page.js';
import { ENDS, armWorkers, endWorker, rejections } from './support/workers.js';

const capture = file('page-load.pcap', sample);
const large = file('large.pcap', largePcap(150e6));
const rows = file('many-rows.csv', longCsv(300_000));

const CAUSES = {
  silence: /has ended without a word; a browser ends it when memory runs short/,
  error: /has ended of an error: .*an error of the test/,
  trap: /has ended of an error: .*a trap of the test/,
};

onEach('a worker that goes', { from: ['file', 'http'] }, ({ open }) => {
  for (const end of ENDS)
    test(`by ${end}: told at once, what stands there stays, one press opens the file again`, async () => {
      const page = await open();
      await armWorkers(page);
      await page.load(capture);
      await page.press('Trim the idle tail');
      await page.waitForShown(SAMPLE_ACTIVE_PACKETS);
      const before = { answers: await page.answers(), rows: await page.rows() };
      await endWorker(page, end);
      // A trap needs a call that meets it; what it should have computed must not stand there half.
      if (end === 'trap') await page.page.keyboard.press('Escape');
      await page.page.waitForSelector('.failure #again');
      const said = await page.text('.failure');
      assert.match(said, /Nothing more can be computed of page-load\.pcap/);
      assert.match(said, CAUSES[end]);
      assert.match(said, /What stands here stays; for anything else open the file again\./);
      assert.match(await page.text('[role=status]'), /Nothing more can be computed/, 'it is announced');

      await page.page.setViewport({ width: 1000, height: 700 }); // all is drawn again
      await new Promise((resolve) => setTimeout(resolve, 300));
      assert.deepEqual({ answers: await page.answers(), rows: await page.rows() }, before);
      assert.match(await page.text('.selection-bar'), /^Idle tail trimmed: 231 of 235 packets/);
      assert.ok(await page.page.$('.packets .actions button[disabled][title="Once the file has been opened again."]'));

      await page.page.click('.failure .link'); // dismissed, and told again to whoever asks for more
      await page.page.waitForFunction(() => !document.querySelector('.failure'));
      const { x, y, width } = await page.box('.timeline .plot');
      await page.page.mouse.move(x + width * 0.7, y + 40);
      await page.page.mouse.down();
      await page.page.mouse.move(x + width * 0.9, y + 40);
      await page.page.mouse.up();
      await page.page.waitForSelector('.failure #again');
      assert.match(await page.text('.selection-bar'), /231 of 235/, 'no brush stands there without its figures');
      assert.deepEqual(await page.answers(), before.answers);

      await page.page.click('#again');
      await page.page.waitForFunction(() => !document.querySelector('.failure'));
      await page.page.waitForFunction(() => /** @type {any} */ (document.querySelector('trace-drop')).open.lost === null);
      await page.settled();
      await page.waitForShown(SAMPLE_ACTIVE_PACKETS);
      assert.deepEqual(await page.answers(), before.answers, 'it is looked at as before');
      await page.page.keyboard.press('Escape');
      await page.waitForShown(SAMPLE_PACKETS);
      assert.deepEqual(await rejections(page), []);
      assert.deepEqual(page.errors, []);
      await page.close();
    });

  test('while a file is read: it is not read for ever; the figures so far say what they are of', async () => {
    const page = await open();
    await armWorkers(page);
    await page.choose(large);
    await page.page.waitForFunction(() => {
      const trace = /** @type {any} */ (document.querySelector('trace-drop')).open;
      if (!trace?.summary || !document.querySelector('.warnings-line')) return false;
      if (trace.state === 'loading') /** @type {any} */ (window).endWorker('silence');
      return true;
    });
    await page.page.waitForSelector('.failure #again');
    assert.equal(await page.state(), 'failed');
    assert.match(await page.text('.warnings-line'), /^Reading stopped: every figure is of the first [\d,]+ packets of the file\.$/);
    assert.equal(await page.page.$('#cancel'), null);
    assert.deepEqual(await page.answers(), {}, 'a figure of a part carries no contract');
    await page.page.click('#again');
    await page.page.waitForFunction(() => document.documentElement.dataset.state === 'ready', { timeout: 60_000 });
    assert.equal(await page.page.$('.failure'), null);
    assert.ok((await page.answers()).packets > 100_000);
    assert.deepEqual(await rejections(page), []);
    assert.deepEqual(page.errors, []);
    await page.close();
  });

  test('before the first figures: the file could not be read, and can be opened again', async () => {
    const page = await open();
    await armWorkers(page);
    await page.page.evaluate(() => {
      const app = /** @type {any} */ (document.querySelector('trace-drop'));
      const openFile = app.openFile.bind(app);
      app.openFile = (/** @type {File} */ chosen, /** @type {any} */ opening) => {
        openFile(chosen, opening);
        app.openFile = openFile;
        /** @type {any} */ (window).endWorker('silence');
      };
    });
    await page.choose(capture);
    await page.page.waitForSelector('.failure #again');
    assert.equal(await page.state(), 'failed');
    assert.match(await page.text('.failure'), /page-load\.pcap could not be read.*Reading stopped: .* has ended without a word/);
    await page.page.click('#again');
    await page.page.waitForFunction(() => document.documentElement.dataset.state === 'ready');
    assert.equal((await page.answers()).packets, SAMPLE_PACKETS);
    assert.deepEqual(await rejections(page), []);
    assert.deepEqual(page.errors, []);
    await page.close();
  });

  test('during an export: it ends, no half of it is saved, and why is said', async () => {
    const page = await open();
    await armWorkers(page);
    await page.load(rows);
    await page.catchDownloads();
    await page.page.evaluate(() => {
      new MutationObserver((_, observer) => {
        if (!/Exporting \d/.test(document.querySelector('packet-list .actions')?.textContent ?? '')) return;
        observer.disconnect();
        /** @type {any} */ (window).endWorker('silence');
      }).observe(/** @type {Element} */ (document.querySelector('packet-list')), { subtree: true, childList: true, characterData: true });
    });
    await page.press('Export csv');
    await page.page.waitForSelector('.failure #again');
    assert.match(await page.text('.failure'), CAUSES.silence);
    await page.page.waitForFunction(() => !/Exporting/.test(document.querySelector('packet-list')?.textContent ?? ''));
    assert.equal(await page.page.evaluate(() => /** @type {any} */ (window).caught.length), 0);
    assert.deepEqual(await rejections(page), []);
    assert.deepEqual(page.errors, []);
    await page.close();
  });

  test('one that waited for its file and has gone meanwhile is not taken', async () => {
    const page = await open();
    await armWorkers(page);
    await page.page.evaluate(async () => {
      await new Promise((resolve) => setTimeout(resolve, 500));
      for (const worker of /** @type {any} */ (window).workers) worker.postMessage({ end: 'silence' });
      await new Promise((resolve) => setTimeout(resolve, 1500));
    });
    await page.load(capture);
    assert.equal((await page.answers()).packets, SAMPLE_PACKETS);
    assert.deepEqual(await rejections(page), []);
    await page.close();
  });
});

onEach('a worker that never says a word', {}, ({ open }) => {
  test('is not waited for for ever', async () => {
    const page = await open();
    await armWorkers(page, { stillborn: true });
    await page.load(capture);
    assert.equal(await page.state(), 'failed');
    assert.match(await page.text('.failure'), CAUSES.silence);
    assert.ok(await page.page.$('#again'));
    assert.deepEqual(await rejections(page), []);
    assert.deepEqual(page.errors, []);
    await page.close();
  });
});
