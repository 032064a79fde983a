// Nothing leaves the page: it makes no request by itself, and could not if it wanted to.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readFileSync } from 'node:fs';
import { file, sample } from './support/inputs.js';
import { onEach, pageFile } from './support/page.js';

const capture = file('page-load.pcap', sample);

test('the page is one file that names no other', () => {
  const page = readFileSync(pageFile, 'utf8');
  assert.match(page, /connect-src 'none'/);
  assert.ok(
    !/<(script|link|img|iframe)[^>]+(src|href)=["']?(?!data:)[^"'> ]/i.test(
      page.replace(/<script[\s\S]*?<\/script>/g, ''),
    ),
  );
});

onEach('no request', { from: ['http'] }, ({ open, server, browser }) => {
  test('a whole session asks the server for the page alone', async () => {
    const page = await open();
    /** @type {string[]} */
    const asked = [];
    page.page.on('request', (request) => asked.push(request.url()));
    await page.load(capture);
    await page.press('Show all 235 rows');
    await page.press('How?');
    await page.press('Conversation');
    await page.press('Trim the idle tail');
    await page.waitForShown(231);
    await page.press('Show all');
    await page.waitForShown(235);
    await page.catchDownloads();
    await page.press('Export csv');
    await page.download();
    assert.deepEqual(server().requests, ['GET /']);
    assert.deepEqual(
      asked.filter((url) => !/^(blob|data):/.test(url)),
      [],
    );
    assert.deepEqual(page.errors, []);
    await page.close();
  });

  test('every way out is barred', async () => {
    const page = await open();
    const before = server().requests.length;
    const barred = await page.page.evaluate(async () => {
      /** @type {string[]} */
      const violations = [];
      document.addEventListener('securitypolicyviolation', (event) => violations.push(event.effectiveDirective));
      const there = `${location.origin}/leak`;
      const tries = {
        fetch: () => fetch(there),
        xhr: () =>
          new Promise((resolve, reject) => {
            const request = new XMLHttpRequest();
            request.open('GET', there);
            request.onload = resolve;
            request.onerror = () => reject(new Error('barred'));
            request.send();
          }),
        socket: () =>
          new Promise((resolve, reject) => {
            const socket = new WebSocket(there.replace('http', 'ws'));
            socket.onopen = resolve;
            socket.onerror = () => reject(new Error('barred'));
          }),
        image: () =>
          new Promise((resolve, reject) => {
            const image = new Image();
            image.onload = resolve;
            image.onerror = () => reject(new Error('barred'));
            image.src = there;
          }),
        worker: () =>
          new Promise((resolve, reject) => {
            const text = `fetch(${JSON.stringify(there)}).then(() => postMessage('out'), () => postMessage('barred'))`;
            const worker = new Worker(URL.createObjectURL(new Blob([text])));
            worker.onmessage = ({ data }) => (data === 'out' ? resolve(data) : reject(new Error(data)));
            worker.onerror = () => reject(new Error('barred'));
          }),
      };
      /** @type {string[]} */
      const out = [];
      for (const [name, attempt] of Object.entries(tries))
        await attempt().then(
          () => out.push(name),
          () => {},
        );
      const silent = [
        () => navigator.sendBeacon(there, 'x'),
        () => document.body.append(Object.assign(document.createElement('iframe'), { src: there })),
        () =>
          document.body
            .appendChild(Object.assign(document.createElement('form'), { action: there, method: 'post' }))
            .submit(),
      ];
      for (const attempt of silent) {
        try {
          attempt();
        } catch {
          // barred, and said so
        }
      }
      await new Promise((resolve) => setTimeout(resolve, 500));
      return { out, violations };
    });
    assert.deepEqual(barred.out, [], `${browser} let these out`);
    for (const directive of ['connect-src', 'img-src'])
      assert.ok(barred.violations.includes(directive), `${directive} was not enforced`);
    const leaks = server()
      .requests.slice(before)
      .filter((request) => /leak/.test(request));
    assert.deepEqual(leaks, []);
    await page.close();
  });
});
