// Opening files: chosen, dropped, the sample; cancelled; one after the other.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SAMPLE_PACKETS, csv, file, largePcap, sample } from './support/inputs.js';
import { onEach } from './support/page.js';

const capture = file('page-load.pcap', sample);
const table = file(
  'three.csv',
  csv([
    ['0.000000', '192.0.2.1', '192.0.2.2', 'UDP', 100, '1000 > 2000 Len=58'],
    ['0.500000', '192.0.2.2', '192.0.2.1', 'UDP', 200, '2000 > 1000 Len=158'],
    ['0.750000', '192.0.2.1', '192.0.2.2', 'UDP', 300, '1000 > 2000 Len=258'],
  ]),
);
const large = file('large.pcap', largePcap(150e6));

onEach('opening', { from: ['file', 'http'] }, ({ open }) => {
  test('the empty page tells how to come by a file', async () => {
    const page = await open();
    assert.equal(await page.state(), 'empty');
    assert.equal(await page.shown(), 0);
    assert.match(await page.text('welcome-page'), /native_capture --host 128\.135\.24\.72 -o trace\.pcap/);
    assert.match(await page.text('welcome-page'), /Nothing is uploaded/);
    await page.close();
  });

  test('a chosen capture gives its figures', async () => {
    const page = await open();
    await page.load(capture);
    assert.equal(await page.state(), 'ready');
    assert.equal(await page.shown(), SAMPLE_PACKETS);
    const answers = await page.answers();
    assert.equal(answers.packets, SAMPLE_PACKETS);
    assert.equal(answers.total_time_s, 90.257922);
    assert.equal(answers.active_time_s, 0.205685);
    assert.equal(answers.rtt_ms, 23.747);
    assert.equal(answers.retransmissions, 1);
    assert.equal(answers.lost, 1);
    assert.deepEqual((await page.rows())[4], [
      '5',
      '0.009028',
      '192.0.2.10',
      '198.51.100.80',
      'TCP',
      '66',
      '52814 → 80 [SYN] Seq=0 Win=64240 Len=0 MSS=1460 SACK_PERM WS=128',
    ]);
    assert.deepEqual(page.errors, []);
    await page.close();
  });

  test('a dropped csv gives its figures', async () => {
    const page = await open();
    const two = csv([
      ['0.0', 'a', 'b', 'UDP', 70, 'x'],
      ['0.1', 'b', 'a', 'UDP', 90, 'y'],
    ]);
    await page.drop([{ name: 'dropped.csv', bytes: new TextEncoder().encode(two) }]);
    await page.settled();
    const answers = await page.answers();
    assert.equal(answers.packets, 2);
    assert.equal(answers.size_mean, 80);
    assert.equal(answers.iat_max_s, 0.1);
    assert.equal(answers.retransmissions, undefined, 'without TCP nothing is known of retransmissions');
    assert.match(await page.text('.card'), /No TCP segment is among these packets/);
    await page.close();
  });

  test('the sample opens by one press', async () => {
    const page = await open();
    await page.press('Try a sample');
    await page.settled();
    assert.equal((await page.answers()).packets, SAMPLE_PACKETS);
    assert.match(await page.text('.warnings'), /made-up page load/);
    await page.close();
  });

  test('a second file takes the place of the first', async () => {
    const page = await open();
    await page.load(capture);
    await page.choose(table);
    await page.waitForShown(3);
    await page.settled();
    const answers = await page.answers();
    assert.equal(answers.packets, 3);
    assert.equal(answers.total_time_s, 0.75);
    assert.equal(answers.size_median, 200);
    assert.deepEqual(
      (await page.rows()).map((row) => row[5]),
      ['100', '200', '300'],
    );
    await page.close();
  });

  test('several dropped files: the first is opened, and the page says so', async () => {
    const page = await open();
    await page.drop([
      { name: 'one.pcap', bytes: sample },
      { name: 'two.pcap', bytes: sample },
    ]);
    await page.settled();
    assert.match(await page.text('.warnings'), /2 files were dropped/);
    await page.close();
  });
});

onEach('cancelling', {}, ({ open }) => {
  test('reading stops at once, and another file can be opened', async () => {
    const page = await open();
    await page.page.evaluate(() => {
      new MutationObserver((_, observer) => {
        const button = /** @type {HTMLButtonElement | null} */ (document.querySelector('#cancel'));
        if (!button) return;
        observer.disconnect();
        const pressed = performance.now();
        button.click();
        requestAnimationFrame(() => {
          Object.assign(window, {
            stateAfterCancel: document.documentElement.dataset.state,
            took: performance.now() - pressed,
          });
        });
      }).observe(document.body, { subtree: true, childList: true });
    });
    await page.choose(large);
    await page.page.waitForFunction(() => 'stateAfterCancel' in window);
    const { stateAfterCancel, took } = await page.page.evaluate(
      () => /** @type {any} */ ({ stateAfterCancel: window.stateAfterCancel, took: window.took }),
    );
    assert.equal(stateAfterCancel, 'empty');
    assert.ok(took < 200, `cancelling took ${took} ms`);
    await page.load(capture);
    assert.equal((await page.answers()).packets, SAMPLE_PACKETS);
    await page.close();
  });

  test('rows are on the page while a large file is still being read', async () => {
    const page = await open();
    await page.page.evaluate(() => {
      new MutationObserver((_, observer) => {
        const { state, shown } = document.documentElement.dataset;
        if (state !== 'loading' || !Number(shown) || !document.querySelector('regular-table tbody td')) return;
        observer.disconnect();
        Object.assign(window, { shownWhileLoading: Number(shown) });
      }).observe(document.documentElement, { subtree: true, childList: true, attributes: true });
    });
    await page.load(large);
    const early = await page.page.evaluate(() => /** @type {any} */ (window).shownWhileLoading);
    const { packets } = await page.answers();
    assert.ok(early > 0 && early < packets, `${early} of ${packets} packets were shown while loading`);
    await page.close();
  });
});
