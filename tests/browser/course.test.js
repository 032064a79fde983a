// The course's own files, against the figures that were checked with Wireshark and pandas: to the digit.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { course } from './support/inputs.js';
import { onEach } from './support/page.js';

const both = {
  rtt_ms: 4.181,
  retransmissions: 1,
  lost: 0,
  size_median: 1440,
  size_p90: 1440,
  size_min: 54,
  size_max: 1440,
  iat_median_s: 1e-6,
  iat_zero: 181,
};

/** @type {Record<string, Record<string, number>>} */
const FIGURES = {
  'uchicagocs-20220922.pcap': {
    ...both,
    packets: 2544,
    total_time_s: 92.001504,
    active_time_s: 1.032544,
    size_mean: 1239.7224842767296,
    size_std: 473.8774470997741,
    iat_mean_s: 0.036178334250884785,
    iat_p90_s: 198.8e-6,
    iat_max_s: 45.480514,
  },
  'uchicagocs-20220922.csv': {
    ...both,
    packets: 2540,
    total_time_s: 1.032544,
    active_time_s: 1.032544,
    size_mean: 1241.588188976378,
    size_std: 471.9098590026436,
    iat_mean_s: 0.0004066734935013785,
    iat_p90_s: 190.4e-6,
    iat_max_s: 0.374483,
  },
};

/** Rows of the other files, all of which students really drop. */
const ROWS = { 'http.csv.gz': 24_798, 'netflix.csv.gz': 141_471, 'normal-iot.csv.gz': 35_177 };

onEach('the course’s trace', { from: ['file', 'http'] }, ({ open }) => {
  for (const [name, figures] of Object.entries(FIGURES)) {
    const { path, skip } = course(name);
    test(`${name} gives the lab’s figures`, { skip }, async () => {
      const page = await open();
      await page.load(path);
      assert.deepEqual(await page.answers(), figures);
      assert.equal(await page.shown(), figures.packets);
      assert.deepEqual(page.errors, []);
      await page.close();
    });
  }

  const { path, skip } = course('uchicagocs-20220922.pcap');
  test('one headline each, the second number beside it; of a part the whole', { skip }, async () => {
    const page = await open();
    await page.load(path);
    const cards = async () =>
      (await page.text('.card .headline'))
        .split('\n')
        .map(async (headline, i) => [headline, (await page.text('.card .second')).split('\n')[i]]);
    assert.deepEqual(await Promise.all(await cards()), [
      ['2,544', '3.15 MB on the wire'],
      ['92.002 s', '1.033 s active'],
      ['4.18 ms', '5.16 ms by 48 data ACKs'],
      ['0', '1 sent again'],
    ]);
    await page.press('Trim the idle tail');
    await page.waitForShown(2540);
    await page.page.waitForFunction(() => /in all/.test(document.querySelector('.second')?.textContent ?? ''));
    assert.deepEqual(await Promise.all(await cards()), [
      ['2,540', '2,544 in all'],
      ['1.033 s', 'all active · 92.002 s in all'],
      ['4.18 ms', '4.18 ms in all'],
      ['0', '1 sent again · 0 lost in all'],
    ]);
    await page.close();
  });

  test('the round trip says its method and direction, the loss its proof', { skip }, async () => {
    const page = await open();
    await page.load(path);
    const cards = await page.text('.card');
    assert.match(cards, /SYN to SYN\/ACK, at the sender of the SYN/);
    assert.match(cards, /ACKs from 128\.135\.24\.72/);
    assert.match(cards, /Packet 1153 was sent again needlessly: D-SACK in packet 1239/);
    await page.page.click('[aria-label="How lost is computed"]');
    await page.page.waitForSelector('.proofs');
    assert.match(await page.text('.shows-work'), /D-SACK \(duplicate selective acknowledgment\): .* nothing was lost/);
    await page.press('Show the two');
    await page.waitForShown(2);
    await page.page.waitForFunction(() => document.querySelectorAll('regular-table tbody tr').length === 2);
    const [again, proof] = await page.rows();
    assert.equal(again[0], '1153');
    assert.match(proof[6], /SLE=9840 SRE=10442/);
    await page.close();
  });

  test('“packet N” leads to that packet among its neighbours', { skip }, async () => {
    const page = await open();
    await page.load(path);
    await page.press('Show the two');
    await page.waitForShown(2);
    await page.page.click('[aria-labelledby=card-lost] a[href="#packet-1239"]');
    await page.waitForShown(2544);
    const row = await page.page.waitForSelector('tr.marked[data-packet="1239"]');
    assert.ok(await row?.isIntersectingViewport());
    const numbers = (await page.rows()).map((cells) => Number(cells[0]));
    assert.ok(numbers.includes(1238) && numbers.includes(1240), numbers.join());
    assert.doesNotMatch(page.page.url(), /#/);

    await page.press('Trim the idle tail');
    await page.waitForShown(2540);
    await page.page.click('[aria-label="How time is computed"]');
    await page.close();
  });
});

onEach('the course’s other files', {}, ({ open }) => {
  for (const [name, rows] of Object.entries(ROWS)) {
    const { path, skip } = course(name);
    test(`${name}: ${rows} rows`, { skip }, async () => {
      const page = await open();
      await page.load(path);
      const answers = await page.answers();
      assert.equal(answers.packets, rows);
      assert.ok(answers.size_mean > 0 && answers.total_time_s > 0);
      await page.close();
    });
  }

  const { path, skip } = course('normal-iot.csv.gz');
  test('further columns of a csv can be shown', { skip }, async () => {
    const page = await open();
    await page.load(path);
    await page.press('+ 3 columns');
    await page.page.waitForFunction(() => document.querySelectorAll('regular-table thead th').length === 10);
    assert.match(await page.text('regular-table thead'), /Src_port.*Dst_port.*Delta_time/);
    await page.close();
  });
});
