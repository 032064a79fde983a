// Opening files: chosen, dropped, the sample; cancelled; one after the other.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PNG, SAMPLE_ACTIVE_PACKETS, SAMPLE_PACKETS, csv, file, largePcap, sample } from './support/inputs.js';
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
    assert.match(await page.text('header'), /Nothing is uploaded/);
    const ways = (await page.text('welcome-page h3')).split('\n');
    assert.deepEqual(ways, ['In Wireshark', 'One line in a terminal', 'native_capture']);
    await page.close();
  });

  test('the line for a terminal is that of the visitor’s system, and of any other', async () => {
    const page = await open();
    assert.match(await page.text('welcome-page .command code'), /^sudo tcpdump -i any -w trace\.pcap/);
    await page.press('Windows');
    await page.page.waitForFunction(() =>
      /dumpcap" -i Wi-Fi -f "host /.test(document.querySelector('welcome-page .command code')?.textContent ?? ''),
    );
    await page.press('macOS');
    await page.page.waitForFunction(() =>
      /tcpdump -i en0 /.test(document.querySelector('welcome-page .command code')?.textContent ?? ''),
    );
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
    assert.equal(await page.text('[aria-labelledby=card-lost] .headline'), 'not visible');
    assert.match(await page.text('[aria-labelledby=card-lost]'), /without sequence numbers loss cannot be seen/);
    await page.close();
  });

  test('the sample opens by one press', async () => {
    const page = await open();
    await page.press('Try the sample');
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

onEach('one file after the other', {}, ({ open }) => {
  test('focus goes to the first answer’s heading', async () => {
    const page = await open();
    await page.load(capture);
    assert.equal(await page.page.evaluate(() => document.activeElement?.id), 'card-packets');
    await page.close();
  });

  test('a wrong file leaves the open trace alone, and a good one takes its place', async () => {
    const page = await open();
    await page.load(capture);
    await page.press('Trim the idle tail');
    await page.waitForShown(SAMPLE_ACTIVE_PACKETS);
    await page.choose(file('picture.pcap', PNG));
    await page.page.waitForSelector('.failure');
    assert.equal(await page.state(), 'ready');
    assert.match(await page.text('.failure'), /picture\.pcap could not be read.*PNG.*page-load\.pcap is still open/);
    assert.equal(await page.shown(), SAMPLE_ACTIVE_PACKETS, 'what was selected stays selected');
    assert.equal((await page.answers()).total_time_s, 0.205685);
    assert.equal(await page.page.title(), 'page-load.pcap · TraceDrop');
    await page.page.keyboard.press('Escape');
    await page.waitForShown(SAMPLE_PACKETS);

    await page.page.click('.failure button');
    await page.page.waitForFunction(() => !document.querySelector('.failure'));
    await page.load(file('notes.txt', 'no capture at all'));
    await page.page.waitForSelector('.failure');
    await page.choose(table);
    await page.waitForShown(3);
    await page.settled();
    assert.equal(await page.page.$('.failure'), null);
    assert.equal((await page.answers()).packets, 3);
    assert.deepEqual(page.errors, []);
    await page.close();
  });

  test('Back undoes what was selected, then the file; Forward brings both again', async () => {
    const page = await open();
    const goTo = (/** @type {number} */ delta) => page.page.evaluate((by) => history.go(by), delta);
    await page.load(capture);
    await page.press('Trim the idle tail');
    await page.waitForShown(SAMPLE_ACTIVE_PACKETS);
    await page.press('Show the handshake');
    await page.waitForShown(3);
    await goTo(-1);
    await page.waitForShown(SAMPLE_ACTIVE_PACKETS);
    assert.equal((await page.answers()).packets, SAMPLE_ACTIVE_PACKETS);
    await goTo(-1);
    await page.waitForShown(SAMPLE_PACKETS);
    await page.choose(table);
    await page.waitForShown(3);
    await page.settled();
    await goTo(-1);
    await page.waitForShown(SAMPLE_PACKETS);
    await page.settled();
    assert.equal(await page.page.title(), 'page-load.pcap · TraceDrop');
    await goTo(-1);
    await page.page.waitForSelector('welcome-page');
    assert.equal(await page.state(), 'empty');
    await goTo(1);
    await page.waitForShown(SAMPLE_PACKETS);
    await page.settled();
    assert.equal((await page.answers()).rtt_ms, 23.747);
    assert.deepEqual(page.errors, []);
    await page.close();
  });

  test('a dropped folder is called one', async () => {
    const page = await open();
    await page.load(capture);
    await page.page.evaluate(() => {
      DataTransferItem.prototype.webkitGetAsEntry = () => /** @type {any} */ ({ isDirectory: true, name: 'captures' });
    });
    await page.drop([{ name: 'captures', bytes: new Uint8Array(0) }]);
    await page.page.waitForSelector('.failure');
    assert.match(await page.text('.failure'), /captures could not be read.*This is a folder; drop a file in it/);
    assert.equal(await page.state(), 'ready');
    assert.equal((await page.answers()).packets, SAMPLE_PACKETS);
    await page.close();
  });
});

/** What stood on the page each time something changed while a file was being read. */
async function watchLoading(/** @type {import('./support/page.js').TracePage} */ page) {
  await page.page.evaluate(() => {
    /** @type {any[]} */
    const seen = [];
    Object.assign(window, { seen });
    const text = (/** @type {string} */ selector) =>
      [...document.querySelectorAll(selector)].map((one) => one.textContent?.replace(/\s+/g, ' ').trim() ?? '');
    new MutationObserver(() => {
      const quickLook = /** @type {any} */ (document.querySelector('quick-look'));
      if (document.documentElement.dataset.state !== 'loading' || !quickLook?.summary) return;
      if (seen.length > 200 || quickLook.isUpdatePending) return; // what stands there is not what it holds
      const enabled = [...document.querySelectorAll('packet-list button, .exports button')].filter(
        (one) => /csv|PNG|all/i.test(one.textContent ?? '') && !(/** @type {HTMLButtonElement} */ (one).disabled),
      );
      seen.push({
        headlines: text('.card .headline'),
        seconds: text('.card .second'),
        answers: document.querySelectorAll('[data-answer]').length,
        enabled: enabled.map((one) => one.textContent),
        counted: quickLook.counted,
        inTimeline: /** @type {any} */ ((document.querySelector('time-line')).timeline?.packets ?? []).reduce(
          (/** @type {number} */ a, /** @type {number} */ b) => a + b,
          0,
        ),
      });
    }).observe(document.documentElement, { subtree: true, childList: true, attributes: true, characterData: true });
  });
}

onEach('while a file is being read', {}, ({ open, browser }) => {
  test('no figure is taken for the answer, nothing is exported, and counts go on', async () => {
    const page = await open();
    await watchLoading(page);
    await page.load(large);
    const seen = await page.page.evaluate(() => /** @type {any} */ (window).seen);
    const drawn = seen.filter((/** @type {any} */ one) => one.seconds[1]?.startsWith('first '));
    assert.ok(drawn.length > 0, `no early figures in ${JSON.stringify(seen.slice(0, 3))}`);
    const { packets } = await page.answers();
    for (const { headlines, seconds, answers, enabled, counted, inTimeline } of drawn) {
      const stated = `first ${counted.toLocaleString('en-US')} packets`;
      assert.ok(counted < packets, `${counted} of ${packets}`);
      assert.deepEqual(seconds, ['so far, still reading', stated, stated, stated]);
      assert.ok(Number(headlines[0].replaceAll(',', '')) >= counted, headlines[0]);
      assert.equal(answers, 0, 'a figure of a part carries no contract');
      assert.deepEqual(enabled, []);
      assert.equal(inTimeline, counted, 'the timeline is of the same moment');
    }
    assert.ok(new Set(drawn.map((/** @type {any} */ one) => one.headlines[0])).size > 1, 'packets are counted live');
    assert.equal(await page.text('[aria-labelledby=card-packets] .headline'), packets.toLocaleString('en-US'));
    assert.match(await page.text('.packets .more'), /Show all/);
    await page.close();
  });

  const skip = browser !== 'chromium' && 'this browser measures no layout shift';
  for (const width of [360, 1280])
    test(`at ${width} px the page jumps neither while it is filled nor while one brushes`, { skip }, async () => {
      const page = await open();
      await page.page.setViewport({ width, height: 2600 }); // all of it in sight
      await page.page.evaluate(() => {
        const shifts = /** @type {number[]} */ ([]);
        Object.assign(window, { shifts });
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) shifts.push(/** @type {any} */ (entry).value);
        }).observe({ type: 'layout-shift', buffered: true });
      });
      /** Of all movements since the last call, those that an input has brought about counted too. */
      const shifted = async () => {
        await new Promise((resolve) => setTimeout(resolve, 600)); // a drag's are told after it
        const shifts = await page.page.evaluate(() => /** @type {number[]} */ (/** @type {any} */ (window).shifts.splice(0)));
        return shifts.reduce((all, value) => all + value, 0);
      };
      await shifted(); // by the other size
      await page.load(large);
      const filled = await shifted();
      assert.ok(filled < 0.05, `filled: ${filled}`);
      const { x, y, width: plot } = await page.box('.timeline .plot');
      await page.page.mouse.move(x + plot * 0.1, y + 40);
      await page.page.mouse.down();
      for (let share = 0.1; share < 0.9; share += 0.02) await page.page.mouse.move(x + plot * share, y + 40);
      await page.page.mouse.up();
      const brushed = await shifted();
      assert.ok(brushed < 0.02, `brushed: ${brushed}`); // digits of right-aligned figures
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
    await page.page.waitForFunction(() => document.activeElement?.id === 'choose');
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
