// lzma1's decoder alone, as vite.config.js bundles it: the package's entry declares only the whole.
declare module 'lzma-decoder' {
  export class Decoder {
    decompress(
      source: { readByte(): number },
      sink: { writeBytes(bytes: Uint8Array, from: number, count: number): void },
    ): void;
  }
}
