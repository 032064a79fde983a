// The engine as vite.config.js packed it: LZMA makes a fifth less of it than gzip, which browsers could unpack themselves.
import { Decoder } from 'lzma-decoder';
import { bytesOf } from './base64.js';

/** Behind LZMA's first five bytes stands the length, of which the lower half is enough. */
const LENGTH_AT = 5;

/** @param {string} lzmaInBase64 */
export function unpacked(lzmaInBase64) {
  const packed = bytesOf(lzmaInBase64);
  const length = new DataView(packed.buffer).getUint32(LENGTH_AT, true);
  const output = new Uint8Array(length);
  let written = 0;
  let read = 0;
  const source = { readByte: () => (read < packed.length ? packed[read++] : -1) };
  const sink = {
    /** @param {Uint8Array} bytes @param {number} from @param {number} count */
    writeBytes(bytes, from, count) {
      output.set(bytes.subarray(from, from + count), written);
      written += count;
    },
  };
  new Decoder().decompress(source, sink);
  return output;
}
