// The page and a bare reader in Chromium: every measurement starts at the moment a file is chosen, on the page's own clock.
import { existsSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import puppeteer from 'puppeteer-core';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
export const PAGE = `${ROOT}web/dist/index.html`;
const BARE = fileURLToPath(new URL('contestants/bare_read.html', import.meta.url));
const MINUTES = 60_000;
const FLAGS = ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-quic'];

export const chromium = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/google-chrome'].find(
  (path) => path && existsSync(path),
);

export async function launch() {
  const browser = await puppeteer.launch({ executablePath: chromium, args: FLAGS, protocolTimeout: 10 * MINUTES });
  return { browser, version: await browser.version(), close: () => browser.close() };
}

/** Notes when a file is chosen, when rows stand there, and when the page calls itself ready. */
function watchPage() {
  const marks = (window.marks = { opened: 0, chosen: 0, rows: 0, ready: 0 });
  addEventListener('change', () => (marks.chosen = performance.now()), { capture: true });
  const onPage = {
    opened: () => document.querySelector('#file') && document.querySelector('welcome-page h2'),
    rows: () => marks.chosen && document.querySelector('regular-table tbody td')?.textContent,
    ready: () => marks.chosen && ['ready', 'failed'].includes(document.documentElement.dataset.state),
  };
  const observer = new MutationObserver(() => {
    for (const [name, isThere] of Object.entries(onPage)) {
      if (marks[name]) continue;
      if (!isThere()) return;
      marks[name] = performance.now();
      // Rows count from the frame that shows them.
      if (name === 'rows') requestAnimationFrame(() => setTimeout(() => (marks.rows = performance.now())));
    }
    observer.disconnect();
  });
  observer.observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-state'] });
}

/** How long a fresh engine gets to start and warm up before a file is chosen: less than a person takes. */
const SETTLE_MS = 1500;
const pause = (ms) => new Promise((done) => setTimeout(done, ms));

/** Opens the page anew. */
export async function openPage({ browser }) {
  const page = await browser.newPage();
  await page.setViewport({ width: 1280, height: 900 });
  await page.evaluateOnNewDocument(watchPage);
  await page.goto(pathToFileURL(PAGE).href);
  await page.waitForFunction(() => window.marks.opened);
  await pause(SETTLE_MS);
  return page;
}

async function choose(page, file) {
  await (await page.$('#file')).uploadFile(file);
}

const marksOf = (page) => page.evaluate(() => window.marks);

async function ready(page) {
  await page.waitForFunction(() => window.marks.ready, { timeout: 10 * MINUTES, polling: 50 });
  const state = await page.evaluate(() => document.documentElement.dataset.state);
  if (state !== 'ready') throw new Error(`the page says: ${await page.$eval('main', (main) => main.innerText)}`);
  const { opened, chosen, rows, ready } = await marksOf(page);
  return { opened_ms: opened, rows_ms: rows - chosen, ready_ms: ready - chosen };
}

/** The page with one file. */
export async function readInPage(session, file) {
  const page = await openPage(session);
  await choose(page, file);
  const times = await ready(page);
  const begun = (await marksOf(page)).chosen;
  const stages = await page.evaluate(() => performance.getEntriesByType('mark').map(({ name, startTime }) => [name, startTime]));
  await page.close();
  return { ...times, ...Object.fromEntries(stages.map(([name, at]) => [name.replaceAll('-', '_') + '_ms', at - begun])) };
}

/** Nothing but reading: the same File, in a worker, by the fastest way there is (contestants/bare_read.html). */
export async function readBare({ browser }, file) {
  const page = await browser.newPage();
  await page.goto(pathToFileURL(BARE).href);
  await choose(page, file);
  await page.waitForFunction(() => window.readMs, { timeout: 10 * MINUTES, polling: 50 });
  const read_ms = await page.evaluate(() => window.readMs);
  await page.close();
  return { read_ms };
}

/** Bytes of JavaScript's memory and of its buffers, in the page and its worker, and of the engine's. */
async function heap(page) {
  const sessions = [await page.createCDPSession(), ...page.workers().map((worker) => worker.client)];
  let bytes = await page.evaluate(async () => (await document.querySelector('trace-drop').open.remote.status()).memory);
  for (const session of sessions) {
    const { totalSize, backingStorageSize } = await session.send('Runtime.getHeapUsage'); // without WebAssembly's memory
    bytes += totalSize + backingStorageSize;
  }
  return bytes;
}

/** The longest task of the page's main thread while `work` runs, from Chromium's own trace. */
async function longestTask(page, work) {
  await page.tracing.start({ categories: ['toplevel', 'devtools.timeline', 'disabled-by-default-devtools.timeline'] });
  await page.evaluate(() => console.timeStamp('measured page'));
  const result = await work();
  const { traceEvents } = JSON.parse(new TextDecoder().decode(await page.tracing.stop()));
  const mark = traceEvents.find((event) => event.name === 'TimeStamp' && event.args?.data?.message === 'measured page');
  const tasks = traceEvents.filter((event) => /RunTask/.test(event.name) && event.pid === mark.pid && event.tid === mark.tid && event.ts > mark.ts);
  return { ...result, longest_task_ms: Math.max(0, ...tasks.map((event) => (event.dur ?? 0) / 1000)) };
}

/** Loads `file` under the tracer. */
export async function mainThreadWhileLoading(session, file) {
  const page = await openPage(session);
  const measured = await longestTask(page, async () => {
    await choose(page, file);
    return ready(page);
  });
  await page.close();
  return measured;
}

/** In the page: puts the grid at a fraction of its height; resolves, with the last row's number, when its rows are there. */
async function scrollTo(fraction) {
  const grid = document.querySelector('regular-table');
  const texts = () => [...grid.querySelectorAll('tbody tr')].map((row) => row.cells[0]?.textContent).join();
  const before = texts();
  const begun = performance.now();
  grid.scrollTop = (grid.scrollHeight - grid.clientHeight) * fraction;
  while (texts() === before && performance.now() - begun < 5000) await new Promise(requestAnimationFrame);
  const rows = [...grid.querySelectorAll('tbody tr')];
  return { ms: performance.now() - begun, last: rows.at(-1)?.cells[0]?.textContent ?? '' };
}

const SCROLLS = 60;

/** A large file: its memory, scrolling through all of its rows to the last one, and a selection's figures. */
export async function lookAround(session, file) {
  const page = await openPage(session);
  await choose(page, file);
  const times = await ready(page);
  const heap_bytes = await heap(page);
  await page.evaluate(() => [...document.querySelectorAll('packet-list button')].find((one) => /all|grow|show/i.test(one.textContent))?.click());
  await pause(500);
  await page.evaluate(`window.scrollToFraction = ${scrollTo}`);
  const scrolled = await longestTask(page, async () => {
    const waits = [];
    for (let i = 1; i <= SCROLLS; i++) waits.push((await page.evaluate((f) => window.scrollToFraction(f), ((i * 37) % SCROLLS) / SCROLLS)).ms);
    return { scroll_ms: waits.sort((a, b) => a - b)[SCROLLS >> 1] };
  });
  const { last } = await page.evaluate(() => window.scrollToFraction(1));
  await page.close();
  return { ...times, heap_bytes, ...scrolled, last_row: Number(last.replace(/\D/g, '')) };
}

/** In the page: presses Cancel a moment after the file was chosen; the time to the empty page, NaN when it was read by then. */
async function pressCancel() {
  const MOMENT_MS = 40;
  const { dataset } = document.documentElement;
  let button = null;
  while (!(button && performance.now() > window.marks.chosen + MOMENT_MS)) {
    await new Promise(requestAnimationFrame);
    button = document.querySelector('#cancel');
    if (dataset.state === 'ready') return NaN;
  }
  const begun = performance.now();
  button.click();
  while (dataset.state !== 'empty') await new Promise(requestAnimationFrame);
  return performance.now() - begun;
}

/** From the press of Cancel to the empty page. */
export async function cancelWhileLoading(session, file) {
  const page = await openPage(session);
  const pressed = page.evaluate(pressCancel);
  await choose(page, file);
  const cancel_ms = (await pressed) ?? NaN;
  await page.close();
  return { cancel_ms };
}
