// The engine as Emscripten's glue gives it to the worker (wasm/bindings).
interface Engine {
  input(length: number): number;
  push(length: number): boolean;
  finish(): void;
  /** The file is gzip'ed: the engine inflates it. */
  isCompressed(): boolean;
  /** Whether memory did not suffice for a call since this was asked last: it gave null, NaN or an empty text. */
  lackedMemory(): boolean;
  status(): string;
  select(json: string): string;
  show(name: string): number;
  rows(first: number, count: number): string;
  positionOf(packetNumber: number): number;
  summary(): string;
  definitions(fileName: string): string;
  percentile(quantity: string, p: number): number;
  distribution(quantity: string, maxPoints: number): Float64Array | null;
  timeline(selection: string, bins: number): string;
  groups(by: string): string;
  /** UTF-8, in the engine's memory until its next call. */
  csv(first: number, count: number): Uint8Array<ArrayBuffer> | null;
  details(packetNumber: number, most: number): string;
  /** Of a data source of the details told last, in the engine's memory until its next call. */
  sourceBytes(source: number): Uint8Array<ArrayBuffer> | null;
  delete(): void;
}

interface EngineModule {
  HEAPU8: Uint8Array<ArrayBuffer>;
  Engine: new (
    readAt: (offset: number, length: number, address: number) => number,
    keep: (address: number, length: number) => void,
  ) => Engine;
}

declare function createTraceDropEngine(options: { wasmBinary: Uint8Array }): Promise<EngineModule>;
