// What befalls a worker: ways it goes by itself, and memory that ends. Brought about from within: its text is given a
// first part.

/** How a worker goes: without a word, by an error that nothing catches, by an engine call that ends in the middle. */
export const ENDS = /** @type {const} */ (['silence', 'error', 'trap']);

/**
 * Loads the page again, with workers that can be ended, and whose engine gets no more memory than `memory`; stillborn: that end before
 * they say a word.
 * @param {import('./page.js').TracePage} page
 * @param {{ memory?: number, stillborn?: boolean }} [limits]
 */
export async function armWorkers(page, { memory = 4 * 2 ** 30, stillborn = false } = {}) {
  await page.page.evaluateOnNewDocument((memory, stillborn) => {
    const first = `
      let trapped = false;
      let hold;
      const holding = new Promise((held) => (hold = held));
      const { request } = LockManager.prototype;
      LockManager.prototype.request = function (name, held) {
        return request.call(this, name, (lock) => (hold(), held(lock)));
      };
      if (${stillborn}) close();
      const { grow } = WebAssembly.Memory.prototype;
      WebAssembly.Memory.prototype.grow = function (pages) {
        if (this.buffer.byteLength + pages * 65536 > ${memory}) throw new RangeError('no memory, says the test');
        return grow.call(this, pages);
      };
      addEventListener('message', ({ data, ports }) => {
        if (data?.end === 'silence') holding.then(close);
        if (data?.end === 'error') setTimeout(() => { throw new Error('an error of the test'); });
        if (data?.end === 'trap') trapped = true;
      });
      const { instantiate } = WebAssembly;
      WebAssembly.instantiate = async (...values) => {
        const { instance, module } = await instantiate(...values);
        const isTable = (one) => one instanceof WebAssembly.Table;
        const guarded = (call) => (...values) => {
          if (trapped) throw new WebAssembly.RuntimeError('a trap of the test');
          return call(...values);
        };
        const table = Object.values(instance.exports).find(isTable);
        const watched = { get: (at) => guarded(table.get(at)), set: (at, call) => table.set(at, call),
          grow: (by) => table.grow(by), get length() { return table.length; } };
        const exports = Object.fromEntries(
          Object.entries(instance.exports).map(([name, one]) => [name, isTable(one) ? watched : one]));
        return { instance: { exports }, module };
      };
    `;
    const workers = /** @type {Worker[]} */ ([]);
    const PlainBlob = Blob;
    const PlainWorker = Worker;
    window.Blob = /** @type {any} */ (
      class extends PlainBlob {
        constructor(/** @type {BlobPart[]} */ parts = [], /** @type {BlobPropertyBag} */ options = {}) {
          super(options.type === 'text/javascript' ? [first, ...parts] : parts, options);
        }
      }
    );
    window.Worker = /** @type {any} */ (
      class extends PlainWorker {
        constructor(/** @type {string} */ url) {
          super(url);
          workers.push(this);
        }
      }
    );
    /** Of the file that is looked at. */
    const current = () => /** @type {any} */ (document.querySelector('trace-drop')).open.worker.worker;
    Object.assign(window, { workers, endWorker: (/** @type {string} */ end) => current().postMessage({ end }) });
    Object.assign(window, { rejections: [] });
    addEventListener('unhandledrejection', ({ reason }) => /** @type {any} */ (window).rejections.push(String(reason)));
  }, memory, stillborn);
  await page.page.reload();
  await page.page.waitForSelector('welcome-page h2');
}

/** @param {import('./page.js').TracePage} page @param {typeof ENDS[number]} end */
export const endWorker = (page, end) => page.page.evaluate((end) => /** @type {any} */ (window).endWorker(end), end);

/** What nobody waited for. @param {import('./page.js').TracePage} page @returns {Promise<string[]>} */
export const rejections = (page) => page.page.evaluate(() => /** @type {any} */ (window).rejections);
