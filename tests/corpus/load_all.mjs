// Loads every capture below the named folders in the wasm engine, formats all rows, and compares them with native_capture's.
//
//   load_all.mjs [--program NATIVE_CAPTURE] FOLDER...
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { columns, load, newModule, readTrace } from '../wasm/engine.mjs';

const folders = process.argv.slice(2);
const program = folders[0] === '--program' ? folders.splice(0, 2)[1] : '';

function* filesBelow(folder) {
  for (const name of readdirSync(folder).sort()) {
    const path = `${folder}/${name}`;
    const golden = path.endsWith('.csv.gz') && existsSync(path.slice(0, -7));
    if (statSync(path).isDirectory()) yield* filesBelow(path);
    else if (!golden && !/\.(tsv|md)$/.test(name)) yield path;
  }
}

/** The complaint about one file, if there is one. */
function check(module, path) {
  const engine = load(module, readTrace(path));
  const status = JSON.parse(engine.status());
  totals.packets += status.packets;
  if (status.state === 'reading') return 'still reading after finish()';
  if (status.state === 'failed') return status.failure ? '' : 'failed without a reason';
  const text = String(columns(engine));
  engine.summary();
  engine.delete();
  if (!program) return '';
  const native = spawnSync(program, ['--read', path, '--csv', '-'], { encoding: 'utf8', maxBuffer: 1 << 30 });
  return native.stdout === text ? '' : `other columns than native_capture's (its status ${native.status})`;
}

const totals = { files: 0, packets: 0, failed: 0 };
let module = await newModule();
const started = Date.now();
for (const folder of folders) {
  for (const path of filesBelow(folder)) {
    console.log(path); // the last one names the file if the process dies
    let complaint;
    try {
      complaint = check(module, path);
    } catch (error) {
      complaint = `threw ${error}`;
      module = await newModule();
    }
    ++totals.files;
    if (complaint) {
      ++totals.failed;
      console.log(`FAILED ${path}: ${complaint}`);
    }
  }
}
const seconds = ((Date.now() - started) / 1000).toFixed(0);
console.log(`${totals.files} files, ${totals.packets} packets, ${totals.failed} failed, ${seconds} s`);
process.exit(totals.failed || !totals.files ? 1 : 0);
