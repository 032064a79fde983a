// Bad input: what can be read is shown, what was wrong is said in words, and text of a file is only ever text.
import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { test } from 'node:test';
import { PNG, SAMPLE_PACKETS, csv, file, sample } from './support/inputs.js';
import { onEach } from './support/page.js';

const EVIL = `<img src=x onerror="document.title='owned'"><script>document.title='owned'</script>`;

onEach('bad input', {}, ({ open }) => {
  /** @param {string} name @param {Uint8Array | string} content */
  async function opened(name, content) {
    const page = await open();
    await page.load(file(name, content));
    return page;
  }

  test('a capture that ends in the middle of a packet: all before it, and where', async () => {
    const page = await opened('cut.pcap', sample.subarray(0, sample.length - 30));
    assert.equal(await page.state(), 'ready');
    assert.equal((await page.answers()).packets, SAMPLE_PACKETS - 1);
    const warnings = await page.text('.warnings');
    assert.match(warnings, /223,046|223046/, 'the offset of the record that is cut');
    assert.match(warnings, /cut|truncated|ends/i);
    await page.close();
  });

  test('a capture with a length that lies: all before it, and where', async () => {
    const broken = sample.slice();
    const at = 24 + 16 + 75 + 16 + 75; // the third record
    broken.set([0xff, 0xff, 0xff, 0x7f, 0xff, 0xff, 0xff, 0x7f], at + 8);
    const page = await opened('lying.pcap', broken);
    assert.equal((await page.answers()).packets, 2);
    assert.match(await page.text('.warnings'), /\b206\b/);
    await page.close();
  });

  test('an empty file says so', async () => {
    const page = await opened('empty.pcap', '');
    assert.equal(await page.state(), 'failed');
    assert.match(await page.text('.failure'), /empty/i);
    assert.equal(await page.shown(), 0);
    await page.load(file('page-load.pcap', sample));
    assert.equal(await page.state(), 'ready');
    await page.close();
  });

  test('a picture is called one, and what is accepted is said', async () => {
    const page = await opened('picture.pcap', PNG);
    assert.equal(await page.state(), 'failed');
    assert.match(await page.text('.failure'), /PNG/);
    assert.match(await page.text('.failure'), /pcap/);
    assert.match(await page.text('.failure'), /csv/i);
    await page.close();
  });

  test('a csv without the needed columns names them', async () => {
    const page = await opened('columns.csv', '"No.","Source","Info"\n"1","a","b"\n');
    assert.equal(await page.state(), 'failed');
    assert.match(await page.text('.failure'), /Time and Length/);
    await page.close();
  });

  test('a bad row of a csv is skipped, counted and placed', async () => {
    const rows = csv([
      ['0.0', 'a', 'b', 'UDP', 100, ''],
      ['when?', 'a', 'b', 'UDP', 100, ''],
      ['0.2', 'a', 'b', 'UDP', 100, ''],
    ]);
    const page = await opened('row.csv', rows);
    assert.equal((await page.answers()).packets, 2);
    assert.match(await page.text('.warnings'), /line 3/i);
    await page.close();
  });

  test('HTML in a file stays text', async () => {
    const page = await opened(
      'evil.csv',
      csv(
        [
          ['0.0', EVIL, EVIL, EVIL, 100, EVIL, EVIL],
          ['0.1', EVIL, 'b', 'UDP', 100, EVIL, EVIL],
        ],
        [EVIL],
      ),
    );
    assert.equal((await page.rows())[0][6], EVIL);
    await page.press('Conversation');
    await page.page.waitForSelector('table.groups');
    await page.press('+ 1 column');
    await new Promise((resolve) => setTimeout(resolve, 300));
    assert.equal(await page.page.$('main img, main script'), null);
    assert.equal(await page.page.title(), 'evil.csv · TraceDrop');
    await page.close();
  });

  test('a hostile name of a file is text, and what a cell says stays in its cell', async () => {
    const page = await open();
    await page.page.evaluate(() => {
      const asked = /** @type {string[]} */ ([]);
      Object.assign(window, { asked, alert: (/** @type {string} */ text) => asked.push(text) });
    });
    const turned = 'fdp\u202e\u2066gpj\u009b31m';
    const bytes = new TextEncoder().encode(
      csv([
        ['0.0', 'javascript:alert(1)', turned, 'UDP', 100, turned],
        ['0.1', 'b', 'a', 'UDP', 100, '=cmd|x'],
      ]),
    );
    await page.drop([{ name: `${EVIL}<svg onload=alert(1)>\u202egpj.csv`, bytes }]);
    await page.settled();
    await page.page.waitForSelector('regular-table tbody td');
    await page.press('Conversation');
    await page.page.waitForSelector('table.groups');
    const found = await page.page.evaluate(() => ({
      made: document.querySelectorAll('trace-drop :is(img, script, [onload], a[href^="javascript"])').length,
      asked: /** @type {any} */ (window).asked,
      cells: [...document.querySelectorAll('regular-table tbody td')].map((one) => getComputedStyle(one).unicodeBidi),
    }));
    assert.equal(found.made, 0);
    assert.deepEqual(found.asked, []);
    assert.ok(found.cells.length > 0 && found.cells.every((one) => one.startsWith('isolate')), found.cells.join());
    assert.match(await page.page.title(), /^<img src=x/);
    await page.close();
  });

  test('a text of a megabyte does not hold up the page', async () => {
    const page = await open();
    await page.page.evaluate(() => {
      let last = performance.now();
      const told = { pause: 0 };
      Object.assign(window, { told });
      setInterval(() => {
        told.pause = Math.max(told.pause, performance.now() - last);
        last = performance.now();
      }, 5);
    });
    const long = 'x'.repeat(1_000_000);
    await page.load(file('long.csv', csv(Array.from({ length: 12 }, (_, i) => [`${i}.0`, 'a', 'b', 'UDP', 100, long]))));
    await page.press('Show all 12 rows');
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const pause = await page.page.evaluate(() => /** @type {any} */ (window).told.pause);
    assert.ok(pause < 400, `the page stood still for ${Math.round(pause)} ms`);
    await page.page.waitForSelector('regular-table td.cut');
    assert.ok(((await page.rows())[0][6] ?? '').length < 2000);
    await page.close();
  });

  test('gzip around a capture or a csv', async () => {
    const page = await opened('page-load.pcap.gz', gzipSync(sample));
    const answers = await page.answers();
    assert.equal(answers.packets, SAMPLE_PACKETS);
    assert.equal(answers.rtt_ms, 23.747);
    assert.match((await page.rows())[4][6], /\[SYN\]/, 'rows are read from the inflated bytes');
    await page.close();
  });

  test('gzip data that is cut off: what could be inflated, and a word', async () => {
    const whole = gzipSync(sample, { level: 0 });
    const page = await opened('cut.pcap.gz', whole.subarray(0, whole.length / 2));
    assert.equal(await page.state(), 'ready');
    const { packets } = await page.answers();
    assert.ok(packets > 20 && packets < SAMPLE_PACKETS, `${packets} packets`);
    assert.match(await page.text('.warnings'), /gzip/);
    await page.close();
  });

  test('a capture without packets gets the help it needs; so does a csv without rows', async () => {
    const page = await opened('none.pcap', sample.subarray(0, 24));
    assert.equal(await page.state(), 'ready');
    assert.deepEqual(await page.answers(), { packets: 0 });
    const help = await page.text('main');
    assert.match(help, /This capture holds no packets/);
    assert.match(help, /Was there traffic on that interface\?/);
    assert.match(help, /Does the filter name today’s address of the site\?/);
    assert.match(help, /native_capture --host/);
    assert.doesNotMatch(help, /No packets are selected/);
    assert.equal(await page.page.evaluate(() => document.activeElement?.id), 'card-packets');
    await page.load(file('no-rows.csv', csv([])));
    await page.page.waitForFunction(() => document.title.startsWith('no-rows.csv'));
    await page.settled();
    assert.match(await page.text('main'), /This csv holds no packets.*display filter/);
    await page.close();
  });

  test('a capture with a single packet', async () => {
    const page = await open();
    await page.load(file('one.pcap', sample.subarray(0, 24 + 16 + 75)));
    await page.waitForShown(1);
    await page.settled();
    const answers = await page.answers();
    assert.equal(answers.size_mean, 75);
    assert.equal(answers.iat_mean_s, undefined, 'one packet has no gap');
    assert.equal(answers.size_std, undefined, 'one packet has no deviation');
    assert.ok(!/NaN|undefined|null/.test(await page.text('main')));
    await page.close();
  });
});
