// What crypto_page.cpp calls: noble's functions over the engine's memory. CMake bundles this file with the parts of noble
// that it uses, and Emscripten puts it before its own glue; WebCrypto is asynchronous, and cannot be called from a dissector.
import { ecb, gcm } from '@noble/ciphers/aes';
import { hmac } from '@noble/hashes/hmac';
import { md5, sha1 } from '@noble/hashes/legacy';
import { sha256, sha384 } from '@noble/hashes/sha2';

/** In the order of crypto::Hash. */
const HASHES = [md5, sha1, sha256, sha384];

/** @param {number} hash @param {Uint8Array} data */
export const digest = (hash, data) => HASHES[hash](data);

/** @param {number} hash @param {Uint8Array} key @param {Uint8Array} data */
export const mac = (hash, key, data) => hmac(HASHES[hash], key, data);

/** @param {Uint8Array} key @param {Uint8Array} block */
export const encipher = (key, block) => ecb(key, { disablePadding: true }).encrypt(block);

/** The clear text, or null when it was not sealed with these. @param {Uint8Array[]} parts */
export function open(...[key, nonce, associated, sealed]) {
  try {
    return gcm(key, nonce, associated).decrypt(sealed);
  } catch {
    return null;
  }
}
