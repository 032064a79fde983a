// Opens the page in a browser and tells what stands on it.
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { dirname, resolve } from 'node:path';
import { after, describe, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import puppeteer from 'puppeteer-core';
import { adaptToFirefox } from './firefox.js';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');
export const pageFile = resolve(root, 'web/dist/index.html');
export const screenshots = resolve(root, 'build/screenshots');
mkdirSync(screenshots, { recursive: true });

const BROWSERS = {
  chromium: {
    paths: [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'],
    options: {
      args: [
        '--no-sandbox',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--disable-quic',
      ],
    },
  },
  firefox: {
    paths: [process.env.FIREFOX, '/usr/bin/firefox-esr', '/usr/bin/firefox'],
    options: { browser: 'firefox', defaultViewport: null }, // onEach gives every page its size
  },
};

/** @typedef {'chromium' | 'firefox'} BrowserName */
/** @typedef {{ browser: BrowserName, open: () => Promise<TracePage>, server: () => Server }} Site */
/** @typedef {Awaited<ReturnType<typeof serve>>} Server */

/** @param {BrowserName} name */
export const pathOf = (name) => BROWSERS[name].paths.find((path) => path && existsSync(path));

/** Serves the one file and remembers every request. */
export async function serve() {
  /** @type {string[]} */
  const requests = [];
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    if (request.url !== '/') return void response.writeHead(404).end();
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(readFileSync(pageFile));
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', () => listening(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return { origin: `http://127.0.0.1:${port}`, requests, close: () => server.close() };
}

/**
 * Runs `body` once for each browser and place the page comes from. It declares tests; `open()` gives a fresh page.
 * @param {string} theme
 * @param {{ from?: ('file' | 'http')[], browsers?: BrowserName[], prefs?: Record<string, unknown> }} where
 * @param {(site: Site) => void} body
 */
export function onEach(theme, { from = ['file'], browsers = ['chromium', 'firefox'], prefs = {} }, body) {
  for (const browser of browsers) {
    for (const place of from) {
      const name = `${browser}, ${place === 'file' ? 'file://' : 'http://'}`;
      const path = pathOf(browser);
      if (!path) {
        test(`${theme} in ${name}`, { skip: `${browser} is not installed` }, () => {});
        continue;
      }
      describe(`${theme} in ${name}`, () => {
        /** @type {Promise<import('puppeteer-core').Browser> | undefined} */
        let launched;
        /** @type {Awaited<ReturnType<typeof serve>> | undefined} */
        let server;
        after(async () => {
          await (await launched)?.close();
          server?.close();
        });
        const open = async () => {
          launched ??= puppeteer.launch({
            ...BROWSERS[browser].options,
            executablePath: path,
            extraPrefsFirefox: prefs,
            protocolTimeout: 120_000,
          });
          if (place === 'http') server ??= await serve();
          const page = await (await launched).newPage();
          if (browser === 'firefox') adaptToFirefox(page);
          const opened = new TracePage(page);
          await page.setViewport({ width: 1280, height: 900 });
          await page.goto(server ? `${server.origin}/` : pathToFileURL(pageFile).href);
          await page.waitForSelector('welcome-page h2');
          return opened;
        };
        body({ browser, open, server: () => /** @type {Server} */ (server) });
      });
    }
  }
}

export class TracePage {
  /** @param {import('puppeteer-core').Page} page */
  constructor(page) {
    this.page = page;
    /** @type {string[]} */
    this.errors = [];
    page.on('pageerror', (error) => this.errors.push(String(error)));
    page.on('console', (message) => message.type() === 'error' && this.errors.push(message.text()));
  }

  /** Chooses a file of the disk. @param {string} path */
  async choose(path) {
    const input = /** @type {import('puppeteer-core').ElementHandle<HTMLInputElement>} */ (await this.page.$('#file'));
    await input.uploadFile(path);
  }

  /** Chooses a file and waits until it is read. @param {string} path */
  async load(path) {
    await this.choose(path);
    await this.settled();
  }

  /** Drops files as a hand does: over the window, then let go. @param {{ name: string, bytes: Uint8Array }[]} files */
  async drop(files) {
    const plain = files.map(({ name, bytes }) => ({ name, base64: Buffer.from(bytes).toString('base64') }));
    await this.page.evaluate((files) => {
      const data = new DataTransfer();
      for (const { name, base64 } of files)
        data.items.add(new File([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))], name));
      const at = /** @type {Element} */ (document.querySelector('main'));
      for (const type of ['dragenter', 'dragover', 'drop'])
        at.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
    }, plain);
  }

  async settled() {
    await this.page.waitForFunction(() => ['ready', 'failed'].includes(document.documentElement.dataset.state ?? ''), {
      timeout: 60_000,
    });
  }

  state() {
    return this.page.evaluate(() => document.documentElement.dataset.state);
  }

  async shown() {
    return Number(await this.page.evaluate(() => document.documentElement.dataset.shown));
  }

  /** @param {number} count */
  async waitForShown(count) {
    await this.page.waitForFunction((n) => document.documentElement.dataset.shown === n, {}, String(count));
  }

  /** Every figure by its contract name. @returns {Promise<Record<string, number>>} */
  answers() {
    return this.page.$$eval('[data-answer]', (all) =>
      Object.fromEntries(all.map((one) => [one.getAttribute('data-answer'), Number(one.getAttribute('data-value'))])),
    );
  }

  /** @param {string} selector */
  text(selector) {
    return this.page.$$eval(selector, (all) =>
      all.map((one) => one.textContent?.replace(/\s+/g, ' ').trim() ?? '').join('\n'),
    );
  }

  /** The rows of the table that are drawn. @returns {Promise<string[][]>} */
  rows() {
    return this.page.$$eval('regular-table tbody tr', (rows) =>
      rows.map((row) => [.../** @type {HTMLTableRowElement} */ (row).cells].map((cell) => cell.textContent ?? '')),
    );
  }

  /** Presses the button with this text. @param {string} text */
  async press(text) {
    await this.page.evaluate((text) => {
      const button = [...document.querySelectorAll('button')].find((one) =>
        one.textContent?.replace(/\s+/g, ' ').includes(text),
      );
      if (!button) throw new Error(`no button says “${text}”`);
      button.click();
    }, text);
  }

  /** Catches what the page hands to the browser's downloads: name and text. */
  async catchDownloads() {
    await this.page.evaluate(() => {
      const caught = /** @type {any} */ (
        window.caught = /** @type {{ name: string, size: number, text: string }[]} */ ([])
      );
      HTMLAnchorElement.prototype.click = async function () {
        const blob = await /** @type {any} */ (window).blobOf(this.href);
        caught.push({ name: this.download, size: blob.size, type: blob.type, text: await blob.text() });
      };
      const blobs = new Map();
      const create = URL.createObjectURL.bind(URL);
      URL.createObjectURL = (blob) => {
        const url = create(blob);
        blobs.set(url, blob);
        return url;
      };
      /** @type {any} */ (window).blobOf = (/** @type {string} */ url) => blobs.get(url);
    });
  }

  async download() {
    const handle = await this.page.waitForFunction(() => /** @type {any} */ (window).caught?.shift());
    return /** @type {{ name: string, size: number, type: string, text: string }} */ (await handle.jsonValue());
  }

  /** @param {string} selector */
  async box(selector) {
    const element = await this.page.waitForSelector(selector);
    await element?.scrollIntoView();
    const box = await element?.boundingBox();
    if (!box) throw new Error(`${selector} is not on the page`);
    return box;
  }

  close() {
    return this.page.close();
  }
}
