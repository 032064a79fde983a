// What the figures were measured on and with.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';

/** The first line that a program prints, or an empty string when it is not there. */
export function firstLine(program, ...options) {
  try {
    return execFileSync(program, options, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).split('\n')[0].trim();
  } catch {
    return '';
  }
}

const packageVersion = (name) => {
  try {
    return JSON.parse(readFileSync(new URL(`node_modules/${name}/package.json`, import.meta.url), 'utf8')).version;
  } catch {
    return '';
  }
};

/** Lines "what: version". */
export async function machine() {
  const system = /PRETTY_NAME="(.*)"/.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? '';
  const known = {
    machine: `${cpus()[0].model}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, ${system}`,
    Node: process.version,
    Chromium: firstLine('/usr/bin/chromium', '--version').replace('Chromium ', ''),
    tshark: firstLine('tshark', '--version'),
    pandas: firstLine('/usr/bin/python3', '-c', 'import pandas; print(pandas.__version__)'),
    Wiregasm: packageVersion('@goodtools/wiregasm'),
    'DuckDB-wasm': packageVersion('@duckdb/duckdb-wasm'),
  };
  return Object.entries(known).filter(([, version]) => version).map(([what, version]) => `${what}: ${version}`);
}
