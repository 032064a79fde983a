// What the headline of an answer says: a figure only where it can be known, else the verdict in words; long times as
// people say them; times of a csv as they are written.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { csv, file, sample } from './support/inputs.js';
import { onEach } from './support/page.js';

/** The sample's packets, each with the header of its record. */
const records = (() => {
  const view = new DataView(sample.buffer, sample.byteOffset);
  /** @type {Uint8Array[]} */
  const all = [];
  for (let at = 24; at < sample.length;) {
    const end = at + 16 + view.getUint32(at + 8); // big-endian
    all.push(sample.subarray(at, end));
    at = end;
  }
  return all;
})();

/** A capture of these packets of the sample. @param {(record: Uint8Array, number: number) => boolean} keep */
const captureOf = (keep) =>
  Buffer.concat([sample.subarray(0, 24), ...records.filter((record, i) => keep(record, i + 1))]);

const SYN = 5;
/** Before the one segment of the sample that is sent again. */
const BEFORE_LOSS = 120;
/** One of the server's segments, which the client acknowledges, has never been captured. */
const UNSEEN = 13;
const unseen = captureOf((_, number) => number < BEFORE_LOSS && number !== UNSEEN);

onEach('verdicts', {}, ({ open }) => {
  /** @param {string} name @param {Uint8Array | string} content */
  async function opened(name, content) {
    const page = await open();
    await page.load(file(name, content));
    assert.equal(await page.state(), 'ready');
    return page;
  }
  /** @param {import('./support/page.js').TracePage} page @param {string} id @param {string} part */
  const text = (page, id, part) => page.text(`[aria-labelledby=card-${id}] .${part}`);

  test('a lone SYN: no loss was seen, and none could be', async () => {
    const page = await opened(
      'syn.pcap',
      captureOf((_, number) => number === SYN),
    );
    assert.equal(await text(page, 'lost', 'headline'), 'none seen');
    assert.equal(await text(page, 'lost', 'second'), 'none sent again');
    assert.equal(await text(page, 'rtt', 'headline'), 'none here');
    assert.equal((await page.answers()).rtt_ms, undefined);
    await page.close();
  });

  test('segments that were never captured: not visible, and no bold 0', async () => {
    const page = await opened('unseen.pcap', unseen);
    assert.equal(await text(page, 'lost', 'headline'), 'not visible');
    assert.match(await text(page, 'lost', 'basis'), /Not visible to this capture/);
    await page.page.click('[aria-labelledby=card-lost] .links button:last-child');
    await page.page.waitForFunction(() => Number(document.documentElement.dataset.shown) < 100);
    assert.ok((await page.shown()) > 0, 'the packets behind the verdict are shown');
    await page.close();
  });

  test('a loss is counted in segments', async () => {
    const page = await opened('page-load.pcap', sample);
    assert.equal(await text(page, 'lost', 'headline'), '1 segment');
    assert.equal((await page.answers()).lost, 1);
    await page.close();
  });

  test('long times as people say them', async () => {
    const rows = (/** @type {string[]} */ times) => csv(times.map((time) => [time, 'a', 'b', 'UDP', 100, '']));
    const page = await opened('hours.csv', rows(['0.0', '10798.3']));
    assert.equal(await text(page, 'time', 'headline'), '2 h 59 min 58 s');
    assert.equal((await page.answers()).total_time_s, 10798.3);
    await page.load(file('years.csv', rows(['0.0', '192481820.7'])));
    await page.page.waitForFunction(() => document.title.startsWith('years.csv'));
    await page.settled();
    assert.equal(await text(page, 'time', 'headline'), '6.1 years');
    await page.load(file('minutes.csv', rows(['0.0', '1234.5'])));
    await page.page.waitForFunction(() => document.title.startsWith('minutes.csv'));
    await page.settled();
    assert.equal(await text(page, 'time', 'headline'), '1,234.5 s');
    await page.close();
  });

  test('the clock of a csv has no zone, and is said to have none', async () => {
    const page = await opened(
      'local.csv',
      csv([
        ['2022-09-28 13:07:49.340190', 'a', 'b', 'UDP', 100, ''],
        ['2022-09-28 13:07:49.440190', 'b', 'a', 'UDP', 100, ''],
      ]),
    );
    assert.match(await text(page, 'packets', 'basis'), /Began 2022-09-28 13:07:49, as written in the csv, no zone\./);
    await page.load(file('page-load.pcap', sample));
    await page.waitForShown(235);
    await page.settled();
    assert.match(await text(page, 'packets', 'basis'), /Began 2024-10-01 \d\d:\d\d:\d\d UTC\./);
    await page.close();
  });
});
