// DuckDB in WebAssembly: duckdb.mjs FILE computes the lab's statistics of a csv in one query over the registered file.
// Prints {"packets", "query_ms"}.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';

const require = createRequire(import.meta.url);
const duckdb = require('@duckdb/duckdb-wasm/dist/duckdb-node-blocking.cjs');
const folder = dirname(require.resolve('@duckdb/duckdb-wasm/dist/duckdb-node-blocking.cjs'));
const bundle = (name) => ({ mainModule: resolve(folder, `duckdb-${name}.wasm`), mainWorker: '' });

const logger = new duckdb.VoidLogger();
const db = await duckdb.createDuckDB({ mvp: bundle('mvp'), eh: bundle('eh') }, logger, duckdb.NODE_RUNTIME);
await db.instantiate(() => {});
const csv = readFileSync(process.argv[2]);
const connection = db.connect();

const QUERY = `
  with packets as (select "Time" as t, "Length" as size from read_csv('trace.csv', header = true))
  select count(*) as packets, cast(max(t) - min(t) as varchar) as total, avg(size) as mean,
         quantile_cont(size, [0.5, 0.9]) as quantiles, stddev(size) as deviation
  from packets`;
const begun = performance.now();
db.registerFileBuffer('trace.csv', csv);
const [row] = connection.query(QUERY).toArray();
const ended = performance.now();
console.log(JSON.stringify({ packets: Number(row.packets), query_ms: ended - begun }));
process.exit(0);
