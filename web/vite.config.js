// Builds the page as one file: dist/index.html holds its styles, its modules, the worker, the engine and the sample.
//
// Three virtual modules carry what a file:// page cannot fetch:
//   virtual:worker   the worker with Emscripten's glue before it, as the text of one classic script (a module worker
//                    made from a Blob does not start from file:// in Chromium)
//   virtual:engine   tracedrop.wasm, gzip'ed (by Zopfli: 5 % less than gzip -9) and in base64
//   virtual:sample   the sample capture (sample/sample.js), likewise
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipAsync } from '@gfx/zopfli';
import { build as bundle } from 'esbuild';
import { defineConfig } from 'vite';
import { viteSingleFile } from 'vite-plugin-singlefile';
import { makeSample } from './sample/sample.js';

const here = fileURLToPath(new URL('.', import.meta.url));
/** Where CMake's preset `wasm` leaves tracedrop.js and tracedrop.wasm. */
const engineDir = resolve(here, process.env.TRACEDROP_ENGINE ?? '../build/wasm/wasm');

async function packed(/** @type {Uint8Array} */ bytes) {
  return Buffer.from(await gzipAsync(bytes, { numiterations: 15 })).toString('base64');
}

async function workerText() {
  const result = await bundle({
    entryPoints: [resolve(here, 'src/worker/worker.js')],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    target: 'es2022',
  });
  return readFileSync(resolve(engineDir, 'tracedrop.js'), 'utf8') + '\n' + result.outputFiles[0].text;
}

/** @type {Record<string, () => string | Promise<string>>} */
const virtualModules = {
  'virtual:worker': workerText,
  'virtual:engine': () => packed(readFileSync(resolve(engineDir, 'tracedrop.wasm'))),
  'virtual:sample': () => packed(makeSample()),
};

/** @returns {import('vite').Plugin} */
function inlined() {
  return {
    name: 'tracedrop-inlined',
    resolveId: (id) => (id in virtualModules ? '\0' + id : undefined),
    load: async (id) => {
      const make = virtualModules[id.slice(1)];
      return id[0] === '\0' && make ? `export default ${JSON.stringify(await make())};` : undefined;
    },
  };
}

/**
 * The page's policy forbids what Vite's own server lives on, connections.
 * @returns {import('vite').Plugin}
 */
function withoutPolicyWhileServed() {
  return {
    name: 'tracedrop-served',
    apply: 'serve',
    transformIndexHtml: (html) => html.replace(/<meta\s+http-equiv="Content-Security-Policy"[^>]*>/, ''),
  };
}

export default defineConfig({
  base: './',
  plugins: [inlined(), withoutPolicyWhileServed(), viteSingleFile({ removeViteModuleLoader: true })],
  build: {
    target: 'es2022',
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 4000,
    reportCompressedSize: true,
  },
  server: { host: 'localhost' },
});
