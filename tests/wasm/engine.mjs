// The page's engine under Node: one file in one engine, as web/src/worker drives it.
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const GLUE = `${ROOT}build/wasm/wasm/tracedrop.js`;
const CHUNK = 512 << 10;

/** The folder of the shared corpus, or an empty string. */
export const CORPUS = [process.env.TRACEDROP_CORPUS, `${ROOT}../shared/corpus`].find((path) => path && existsSync(path)) ?? '';
export const GOLDEN = `${ROOT}tests/golden/`;

export function newModule() {
  const wasmBinary = readFileSync(GLUE.replace(/js$/, 'wasm'));
  return createRequire(import.meta.url)(GLUE)({ wasmBinary });
}

/** A file's bytes; gzip around it is taken off, as far as it is whole. */
export function readTrace(path) {
  let bytes = readFileSync(path);
  for (let layers = 0; layers < 3 && bytes[0] === 0x1f && bytes[1] === 0x8b; ++layers) {
    bytes = gunzipSync(bytes, { finishFlush: 2 /* Z_SYNC_FLUSH: what a cut file holds */ });
  }
  return bytes;
}

/** An engine that has read `bytes`; delete() it. */
export function load(module, bytes, chunk = CHUNK) {
  const kept = []; // what is in a gzip file
  let contents;
  const engine = new module.Engine(
    (offset, length, address) => {
      if (kept.length > 0) contents ??= Buffer.concat(kept);
      const part = (contents ?? bytes).subarray(offset, offset + length);
      module.HEAPU8.set(part, address);
      return part.length;
    },
    (address, length) => kept.push(module.HEAPU8.slice(address, address + length)),
  );
  for (let at = 0; at < bytes.length; at += chunk) {
    const part = bytes.subarray(at, at + chunk);
    const address = engine.input(part.length);
    module.HEAPU8.set(part, address);
    if (!engine.push(part.length)) break;
  }
  engine.finish();
  return engine;
}

/** The columns of every packet as csv, as native_capture --csv writes them: UTF-8. */
export function columns(engine, rows = 20_000) {
  const { packets } = JSON.parse(engine.status());
  engine.select('{}');
  engine.show('');
  const parts = [];
  for (let first = 0; first < packets || first === 0; first += rows) parts.push(Buffer.from(engine.csv(first, rows))); // a copy
  return Buffer.concat(parts);
}
