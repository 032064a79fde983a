// Wireshark in WebAssembly: wiregasm.mjs FILE loads a capture and fetches the columns of all of its packets, as its web
// page would. Prints {"packets", "load_ms", "columns_ms"}.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename } from 'node:path';
import { gunzipSync } from 'node:zlib';

const ROWS_AT_ONCE = 10_000;

const require = createRequire(import.meta.url);
const folder = require.resolve('@goodtools/wiregasm/dist/wiregasm.js').replace(/wiregasm\.js$/, '');
const bytesOf = (name) => gunzipSync(readFileSync(`${folder}${name}.gz`));
const { Wiregasm } = require(`${folder}main.js`);

const wiregasm = new Wiregasm();
const data = bytesOf('wiregasm.data');
await wiregasm.init(require(`${folder}wiregasm.js`), {
  wasmBinary: bytesOf('wiregasm.wasm'),
  getPreloadedPackage: () => data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength),
  handleStatus: () => {},
  print: () => {},
  printErr: () => {},
});

const [file] = process.argv.slice(2);
const capture = readFileSync(file);
const begun = performance.now();
const { code, error, summary } = wiregasm.load(basename(file), capture);
if (code !== 0) throw new Error(error);
const loaded = performance.now();
let packets = 0;
for (let skip = 0; skip < summary.packet_count; skip += ROWS_AT_ONCE) {
  const { frames } = wiregasm.frames('', skip, ROWS_AT_ONCE);
  for (let i = 0; i < frames.size(); i++) {
    const { columns } = frames.get(i);
    for (let column = 0; column < columns.size(); column++) columns.get(column);
    columns.delete();
    packets++;
  }
  frames.delete();
}
const ended = performance.now();
console.log(JSON.stringify({ packets, load_ms: loaded - begun, columns_ms: ended - loaded }));
process.exit(0);
