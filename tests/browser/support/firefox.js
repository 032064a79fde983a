// Firefox ESR 140 (an older Debian) under puppeteer-core, which is made for later ones. Two of its ways fail there:
//
//   setViewport      also sends emulation.setScreenOrientationOverride, which came with Firefox 144
//   waitForFunction  makes the function from a text inside the page, which the page's content security policy forbids;
//                    later versions let a driver do that
//
// Both are done here by what every version has, so that tests call them as always.

const POLL_MS = 16;

/** @param {number} ms */
const sleep = (ms) => new Promise((over) => setTimeout(over, ms));

/** Replaces what fails in ESR 140 in this page alone. @param {import('puppeteer-core').Page} page */
export function adaptToFirefox(page) {
  page.setViewport = async (viewport) => {
    const { browsingContext } = /** @type {any} */ (page.mainFrame());
    await browsingContext.setViewport({
      viewport: viewport && { width: viewport.width, height: viewport.height },
      devicePixelRatio: viewport?.deviceScaleFactor || null,
    });
  };
  page.waitForFunction = /** @type {typeof page.waitForFunction} */ (
    async (told, { timeout = page.getDefaultTimeout(), signal } = {}, ...values) => {
      const end = Date.now() + (timeout || Infinity);
      for (;;) {
        signal?.throwIfAborted();
        const handle = await page.evaluateHandle(told, ...values);
        if (await handle.evaluate((value) => Boolean(value))) return handle;
        await handle.dispose();
        if (Date.now() > end) throw new Error(`Waiting failed: ${timeout} ms exceeded: ${told}`);
        await sleep(POLL_MS);
      }
    }
  );
}
