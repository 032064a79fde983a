// What is measured, against whom, and the bars. Each measure makes its files, lets the contestants run in turn, and tells
// its figures (report.mjs).
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import * as browser from './browser.mjs';
import { firstLine } from './machine.mjs';
import { inTurn, printedBy, timeOf } from './run_in_turn.mjs';

const path = (name) => fileURLToPath(new URL(name, import.meta.url));
const PROGRAM = path('../../build/native/native_capture/native_capture');
const ENGINE_TIME = path('../../build/native/tests/benchmark/engine_time');
const PYTHON = '/usr/bin/python3';
const NODE = process.execPath;
const LARGE_HEAP = '--max-old-space-size=12000';

const has = {
  tshark: firstLine('tshark', '--version') !== '',
  capinfos: firstLine('capinfos', '--version') !== '',
  pandas: firstLine(PYTHON, '-c', 'import pandas; print(1)') !== '',
  Wiregasm: existsSync(path('node_modules/@goodtools/wiregasm')),
  'DuckDB-wasm': existsSync(path('node_modules/@duckdb/duckdb-wasm')),
  Chromium: browser.chromium !== undefined,
};
const ms = (value) => `${value.toFixed(value < 10 ? 1 : 0)} ms`;

/** A figure, unless one of those it needs is missing here. */
function figure(what, needs, make) {
  const missing = needs.find((peer) => !has[peer]);
  return missing ? { what, missing } : { what, ...make() };
}

/** The two figures' ratio, told with both. */
const ratio = (upper, upperMs, lower, lowerMs, sense, bar) => ({
  said: `${upper} ${ms(upperMs)} ÷ ${lower} ${ms(lowerMs)}`,
  value: upperMs / lowerMs,
  sense,
  bar,
});

const tsharkColumns = (file) => timeOf('tshark', '-n', '-2', '-r', file);
/** Headers only, as the others read: no checksums of the file. */
const capinfos = (file) => timeOf('capinfos', '-c', '-s', '-d', '-u', '-a', '-e', '-y', '-i', '-z', '-x', file);
const engineTime = (file, ...options) => printedBy(ENGINE_TIME, file, ...options);
const underNode = (file, ...options) => printedBy(NODE, LARGE_HEAP, path('contestants/tracedrop.mjs'), file, ...options);

async function native({ rounds, inputs }) {
  const [web, csv, gz] = [inputs('web'), inputs('csv'), inputs('gz')];
  const t = await inTurn(rounds, {
    tshark: has.tshark && (() => tsharkColumns(web)),
    capinfos: has.capinfos && (() => capinfos(web)),
    columns: () => timeOf(PROGRAM, '--read', web, '--csv', '-'),
    summary: () => timeOf(PROGRAM, '--read', web, '--summary'),
    pandas: has.pandas && (() => printedBy(PYTHON, path('contestants/pandas_csv.py'), csv)),
    csv: () => timeOf(PROGRAM, '--read', csv, '--summary'),
    gz: () => timeOf(PROGRAM, '--read', gz, '--summary'),
  });
  return [
    figure('native `--csv`, 500 MB: tshark (two passes) ÷ ours', ['tshark'], () => ratio('tshark', t.tshark.ms, 'ours', t.columns.ms, '≥', 20)),
    figure('native `--summary`, 500 MB: ours ÷ capinfos', ['capinfos'], () => ratio('ours', t.summary.ms, 'capinfos', t.capinfos.ms, '≤', 2.5)),
    figure('csv: pandas ÷ native `--summary`', ['pandas'], () => ratio('pandas', t.pandas.read_ms, 'ours', t.csv.ms, '≥', 8)),
    figure('native `--summary` of the 500 MB as .gz', [], () => ({ said: 'wall time', value: t.gz.ms, unit: 'ms' })),
  ];
}

async function node({ rounds, quick, inputs }) {
  const [web, csv] = [inputs('web'), inputs('csv')];
  const t = await inTurn(rounds, {
    native: () => engineTime(web),
    wasm: () => underNode(web, '--columns'),
    nativeCsv: () => engineTime(csv),
    wasmCsv: () => underNode(csv),
    duckdb: has['DuckDB-wasm'] && (() => printedBy(NODE, path('contestants/duckdb.mjs'), csv)),
  });
  // Half a minute each: fewer rounds tell enough of a ratio of this size.
  const w = await inTurn(quick ? 1 : Math.min(rounds, 2), {
    wiregasm: has.Wiregasm && (() => printedBy(NODE, LARGE_HEAP, path('contestants/wiregasm.mjs'), web)),
  });
  const whole = ({ load_ms, columns_ms }) => load_ms + columns_ms;
  const csvMs = t.wasmCsv.load_ms + t.wasmCsv.answers_ms;
  return [
    figure('Wiregasm ÷ our wasm, Node: load and all columns, 500 MB', ['Wiregasm'], () => ratio('Wiregasm', whole(w.wiregasm), 'ours', whole(t.wasm), '≥', 50)),
    figure('csv: DuckDB-wasm’s aggregate ÷ our wasm (read, statistics, CDFs), Node', ['DuckDB-wasm'], () => ratio('DuckDB', t.duckdb.query_ms, 'ours', csvMs, '≥', 1.5)),
    figure('wasm ÷ native, engine reading 500 MB (first file)', [], () => ratio('wasm', t.wasm.load_ms, 'native', t.native.load_ms, '≤', undefined)),
    figure('wasm ÷ native, engine reading 500 MB', [], () => ratio('wasm', t.wasm.again_ms, 'native', t.native.load_ms, '≤', 1.4)),
    figure('wasm ÷ native, engine reading the csv', [], () => ratio('wasm', t.wasmCsv.again_ms, 'native', t.nativeCsv.load_ms, '≤', 1.4)),
  ];
}

async function page({ rounds, inputs }) {
  if (!has.Chromium) return [{ what: 'the page', missing: 'Chromium' }];
  const session = await browser.launch();
  const kinds = ['web', 'csv', 'pcapng', 'gz'];
  const contestants = {};
  for (const kind of kinds) {
    const file = inputs(kind);
    contestants[`bare ${kind}`] = () => browser.readBare(session, file);
    contestants[kind] = () => browser.readInPage(session, file);
  }
  contestants.busy = () => browser.mainThreadWhileLoading(session, inputs('web'));
  contestants.cancel = () => browser.cancelWhileLoading(session, inputs('web'));
  contestants.tshark = has.tshark && (() => tsharkColumns(inputs('web')));
  const t = await inTurn(rounds, contestants);
  await session.close();
  const toBare = (kind, bar) => ratio('page', t[kind].ready_ms, 'bare read', t[`bare ${kind}`].read_ms, '≤', bar);
  const html = gzipSync(readFileSync(browser.PAGE), { level: 9 }).length / 1000;
  return [
    figure('page ÷ bare read in Chromium, 500 MB pcap', [], () => toBare('web', 1.25)),
    figure('page ÷ bare read, csv', [], () => toBare('csv', 1.4)),
    figure('page ÷ bare read, 500 MB pcapng', [], () => toBare('pcapng', 1.4)),
    figure('page ÷ bare read, .gz (the browser inflates)', [], () => toBare('gz', undefined)),
    figure('first rows on screen, 500 MB', [], () => ({ said: 'after the file was chosen', value: t.web.rows_ms, unit: 'ms', sense: '≤', bar: 150 })),
    figure('tshark (two passes) ÷ page, 500 MB', ['tshark'], () => ratio('tshark', t.tshark.ms, 'page', t.web.ready_ms, '≥', 8)),
    figure('longest main-thread task while 500 MB load', [], () => ({ said: 'from Chromium’s trace', value: t.busy.longest_task_ms, unit: 'ms', sense: '≤', bar: 50 })),
    Number.isNaN(t.cancel.cancel_ms)
      ? { what: 'cancel → empty page', missing: 'file that takes long enough' }
      : figure('cancel → empty page', [], () => ({ said: 'pressed 40 ms after the choice', value: t.cancel.cancel_ms, unit: 'ms' })),
    figure('navigation → ready for a file', [], () => ({ said: 'file://', value: t.web.opened_ms, unit: 'ms', sense: '≤', bar: 300 })),
    figure('`index.html`, gzipped', [], () => ({ said: 'gzip -9', value: html, unit: 'kB', sense: '≤', bar: 600 })),
  ];
}

async function large({ rounds, quick, inputs }) {
  const small = inputs('small');
  const few = Math.min(rounds, 3);
  const t = await inTurn(few, { wasm: () => underNode(small), native: () => engineTime(small) });
  const figures = [
    figure('one selection’s statistics and both CDFs, 10 M packets (wasm)', [], () => ({ said: '80 % of the time line', value: t.wasm.part_ms, unit: 'ms', sense: '≤', bar: 250 })),
    figure('the first answers after reading, all packets (wasm)', [], () => ({ said: `code that was never run before; native ${ms(t.native.answers_ms)}`, value: t.wasm.answers_ms, unit: 'ms' })),
    figure('100 rows anywhere in 10 M, Info included (wasm)', [], () => ({ said: 'slowest of 200 windows', value: t.wasm.window_ms, unit: 'ms', sense: '≤', bar: 16 })),
  ];
  if (!has.Chromium) return figures;
  const session = await browser.launch();
  const seen = await inTurn(quick ? 1 : few, { page: () => browser.lookAround(session, small) });
  await session.close();
  if (seen.page.last_row !== t.native.packets) throw new Error(`the last row is ${seen.page.last_row} of ${t.native.packets}`);
  return [
    ...figures,
    figure('memory of page and worker, 10 M packets', [], () => ({ said: `${t.native.packets.toLocaleString('en')} packets, ${(statSync(small).size / 1e6).toFixed(0)} MB`, value: seen.page.heap_bytes / 1e6, unit: 'MB', sense: '≤', bar: 600 })),
    figure('longest main-thread task while scrolling 10 M rows', [], () => ({ said: '60 jumps, then to the last row', value: seen.page.longest_task_ms, unit: 'ms', sense: '≤', bar: 50 })),
    figure('jump → rows stand there, 10 M', [], () => ({ said: 'median of 60', value: seen.page.scroll_ms, unit: 'ms' })),
  ];
}

async function scaling({ rounds, inputs }) {
  const what = 'time a byte, 100 MB → 1 GB → 5 GB: largest ÷ smallest';
  const files = inputs('sizes');
  const perMb = (t, name) => files.map((file) => t[file][name] / (statSync(file).size / 1e6));
  const spread = (values) => ({ said: `${values.map((value) => value.toFixed(3)).join(', ')} ms/MB`, value: Math.max(...values) / Math.min(...values) });
  const few = Math.min(rounds, 3);
  const native = await inTurn(few, Object.fromEntries(files.map((file) => [file, () => timeOf(PROGRAM, '--read', file, '--summary')])));
  const figures = [figure(`native ${what}`, [], () => ({ ...spread(perMb(native, 'ms')), sense: '≤', bar: 1.15 }))];
  if (!has.Chromium) return figures;
  const session = await browser.launch();
  const page = await inTurn(few, Object.fromEntries(files.map((file) => [file, () => browser.readInPage(session, file)])));
  await session.close();
  return [
    ...figures,
    figure(`page, until the file is read: ${what}`, [], () => ({ ...spread(perMb(page, 'file_read_ms')), sense: '≤', bar: 1.15 })),
  ];
}

/** Capturing at the highest rate that a veth pair gives, as root (capture_rate.py). */
async function capture({ rounds, quick }) {
  const what = 'capturing a flood: processor time a packet, ours ÷ tcpdump';
  if (process.getuid?.() !== 0) return [{ what, missing: 'root' }];
  const missing = ['tcpdump', 'dumpcap', 'iperf3', 'capinfos'].find((program) => firstLine('which', program) === '');
  if (missing) return [{ what, missing }];
  const options = ['--program', PROGRAM, '--json', '--rounds', String(quick ? 1 : Math.min(rounds, 3)), '--seconds', quick ? '1' : '5'];
  const run = spawnSync(PYTHON, [path('capture_rate.py'), ...options], { encoding: 'utf8' });
  if (run.stdout.startsWith('SKIPPED')) return [{ what, missing: 'network namespaces' }];
  if (run.status !== 0) throw new Error(run.stderr);
  const t = JSON.parse(run.stdout);
  const ns = (name) => `${name} ${t[name].ns_per_packet.toFixed(0)} ns`;
  const drops = (name) => `${name} ${t[name].dropped_together.toLocaleString('en')}`;
  const rate = `${(t.native_capture.packets_per_s / 1e6).toFixed(2)} M packets/s`;
  return [
    figure(what, [], () => ({ said: `${ns('native_capture')}, ${ns('tcpdump')}, ${ns('dumpcap')}; ${rate}`, value: t.native_capture.ns_per_packet / t.tcpdump.ns_per_packet, sense: '≤', bar: 1.1 })),
    figure('capturing one flood together: packets dropped', [], () => ({ said: ['tcpdump', 'dumpcap'].map(drops).join(', '), value: t.native_capture.dropped_together, sense: '≤', bar: Math.min(t.tcpdump.dropped_together, t.dumpcap.dropped_together) })),
  ];
}

/** @param {(options: object) => Promise<object[]>} measure */
const caught = (name, measure) => async (options) => {
  console.error(`measuring: ${name}`);
  try {
    return await measure(options);
  } catch (error) {
    return [{ what: name, error: String(error?.stack ?? error) }];
  }
};

export const MEASURES = Object.fromEntries(
  Object.entries({ native, node, page, large, scaling, capture }).map(([name, measure]) => [name, caught(name, measure)]),
);
