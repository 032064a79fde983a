// Builds the page as one file: dist/index.html holds its styles, its modules, the worker, the engine and the sample.
//
// Three virtual modules carry what a file:// page cannot fetch:
//   virtual:worker   the worker with Emscripten's glue before it, as the text of one classic script (a module worker
//                    made from a Blob does not start from file:// in Chromium)
//   virtual:engine   tracedrop.wasm, packed by LZMA (a fifth less than gzip makes of it) and in base64
//   virtual:sample   the sample capture (sample/sample.js), gzip'ed and in base64
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build as bundle, transform } from 'esbuild';
import { compress } from 'lzma1';
import { defineConfig } from 'vite';
import { viteSingleFile } from 'vite-plugin-singlefile';
import { makeSample } from './sample/sample.js';

const here = fileURLToPath(new URL('.', import.meta.url));
/** Where CMake's preset `wasm` leaves tracedrop.js and tracedrop.wasm. */
const engineDir = resolve(here, process.env.TRACEDROP_ENGINE ?? '../build/wasm/wasm');

const base64 = (/** @type {Uint8Array} */ bytes) => Buffer.from(bytes).toString('base64');
/** Whose window is one megabyte: larger ones take memory and bring nothing. */
const LZMA_MODE = 4;

async function workerText() {
  const result = await bundle({
    entryPoints: [resolve(here, 'src/worker/worker.js')],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    // The package's entry would bring its encoder, too.
    alias: { 'lzma-decoder': resolve(here, 'node_modules/lzma1/lib/decoder.js') },
  });
  const emscripten = readFileSync(resolve(engineDir, 'tracedrop.js'), 'utf8');
  const glue = await transform(emscripten, { minify: true, target: 'es2022' });
  return `${glue.code}\n${result.outputFiles[0].text}`;
}

/** @type {Record<string, () => string | Promise<string>>} */
const virtualModules = {
  'virtual:worker': workerText,
  'virtual:engine': () => base64(compress(readFileSync(resolve(engineDir, 'tracedrop.wasm')), LZMA_MODE)),
  'virtual:sample': () => base64(gzipSync(makeSample(), { level: 9 })),
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

/**
 * Names the page's own script and styles in its policy, by their hashes, so that no other is run or applied.
 * @returns {import('vite').Plugin}
 */
function policyByHash() {
  return {
    name: 'tracedrop-policy',
    apply: 'build',
    enforce: 'post',
    generateBundle: {
      order: 'post', // after all is inlined
      handler(_, bundle) {
        const page = bundle['index.html'];
        if (page?.type !== 'asset') throw new Error('the page is not what it was thought to be');
        const html = String(page.source);
        const bare = html.replace(/(<script\b[^>]*>)[^]*?<\/script>/g, '$1</script>');
        page.source = html
          .replace("script-src 'wasm-unsafe-eval'", (policy) => `${policy} ${hashes(html, 'script')}`)
          .replace("style-src 'none'", () => `style-src ${hashes(bare, 'style')}`);
      },
    },
  };
}

/** @param {string} html @param {'script' | 'style'} tag  the hashes of what stands in them */
function hashes(html, tag) {
  const parts = [...html.matchAll(new RegExp(`<${tag}\\b[^>]*>([^]*?)</${tag}>`, 'g'))].map(([, text]) => text);
  if (parts.length === 0 || parts.some((text) => text.includes('\r'))) throw new Error(`the page's ${tag} cannot be hashed`);
  return parts.map((text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`).join(' ');
}

export default defineConfig({
  base: './',
  plugins: [inlined(), withoutPolicyWhileServed(), viteSingleFile({ removeViteModuleLoader: true }), policyByHash()],
  build: {
    target: 'es2022',
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 4000,
    reportCompressedSize: true,
  },
  server: { host: 'localhost' },
});
