// Random access to the bytes of a file, as they were when it was read: for the packets that are looked at.
//
// A file may be deleted, written over or go on growing behind the page's back. A small one is therefore kept in memory,
// and looked at now and then, to say so. Chromium refuses every further read of a file that has changed; Firefox reads
// whatever stands there now: a small file is then compared as a whole (a stream of it goes on behind the size that the
// browser once took down), a large one in pieces. What a gzip file holds is kept as Blobs, which the browser may move to the
// disk; it is never held in one piece of memory.

const BLOB_SIZE = 4 << 20;
/** Files up to this size are kept. */
const KEPT_MAX = 64 << 20;
/** What is compared of a large file, at a time. */
const PIECE = 64 << 10;

/** A file that is kept is looked at again after so long, when rows are shown. */
const LOOK_MS = 200;
/** And as a whole after so many times as long as that took. */
const WHOLE_LOOK_SHARE = 20;

/** Whether the browser itself notices that a file is another one now: "Chrome/140", "HeadlessChrome/140". */
const noticesChanges = () => /Chrom(e|ium)\//.test(globalThis.navigator?.userAgent ?? '');

const OTHERS = new Error('These are not the bytes that were read.');

/** @typedef {{ readAsArrayBuffer: (blob: Blob) => ArrayBuffer }} BlobReader  a FileReaderSync */

export class FileBytes {
  /**
   * @param {Blob} file
   * @param {{
   *   onChanged?: (isKept: boolean) => void,
   *   reader?: BlobReader,
   *   keptMax?: number,
   *   compares?: boolean,
   * }} [options]
   *   onChanged: called once, when the file turns out not to be what was read; isKept: its bytes are at hand all the same
   */
  constructor(file, { onChanged = () => {}, reader, keptMax = KEPT_MAX, compares } = {}) {
    this.file = file;
    this.onChanged = onChanged;
    this.reader = reader ?? new FileReaderSync();
    this.isChanged = false;
    /** When a kept file was looked at last. */
    this.lookedMs = -Infinity;
    /** The next look, when one was asked for too soon. @type {ReturnType<typeof setTimeout> | undefined} */
    this.next = undefined;
    /** Bytes that were read by now. */
    this.taken = 0;
    /** The file itself, if it is small. @type {Uint8Array<ArrayBuffer> | null} */
    this.copy = file.size <= keptMax ? new Uint8Array(file.size) : null;
    this.compares = compares ?? !noticesChanges();
    this.pieces = !this.copy && this.compares ? new Pieces() : null;
    /** Whether all of the file was taken. */
    this.isWhole = false;
    /** Whether the whole file is being looked at, or was a moment ago; and whether that was asked for again. */
    this.isLooking = false;
    this.isAskedAgain = false;
    /** Of a gzip file: its contents, and what has not become a Blob yet. @type {Blob[]} */
    this.kept = [];
    /** @type {Uint8Array<ArrayBuffer>[]} */
    this.loose = [];
    this.looseSize = 0;
    /** @type {Blob | null} */
    this.contents = null;
  }

  /** The next bytes of the file, as it is read for the first time. @param {Uint8Array} bytes */
  take(bytes) {
    this.copy = this.copy && withRoom(this.copy, this.taken + bytes.length);
    this.copy?.set(bytes, this.taken);
    this.pieces?.add(bytes);
    this.taken += bytes.length;
  }

  /** The last byte of the file was taken. */
  end() {
    this.isWhole = true;
  }

  /** The next bytes of a gzip file's contents; read() finds these from now on. @param {Uint8Array<ArrayBuffer>} bytes */
  keep(bytes) {
    this.copy = this.pieces = null;
    this.loose.push(bytes);
    this.looseSize += bytes.length;
    this.contents = null;
    if (this.looseSize >= BLOB_SIZE) this.bundle();
  }

  bundle() {
    if (this.looseSize > 0) this.kept.push(new Blob(this.loose));
    this.loose = [];
    this.looseSize = 0;
  }

  /**
   * Up to `length` bytes at `offset`: fewer at the end, none when the file is not what it was.
   * @param {number} offset
   * @param {number} length
   */
  read(offset, length) {
    if (this.copy) return this.readCopy(this.copy, offset, Math.min(offset + length, this.taken));
    this.bundle();
    if (this.kept.length > 0) this.contents ??= new Blob(this.kept);
    try {
      if (this.contents) return this.readFrom(this.contents, offset, offset + length);
      return this.readFile(offset, Math.min(offset + length, this.taken));
    } catch {
      this.tellChange();
      return new Uint8Array(0);
    }
  }

  /** Whether bytes that are asked for are not to be had any more. */
  get isLost() {
    return this.isChanged && !this.copy;
  }

  /** @param {Uint8Array<ArrayBuffer>} copy @param {number} begin @param {number} end */
  readCopy(copy, begin, end) {
    const bytes = copy.subarray(begin, end);
    if (bytes.length > 0) this.look(bytes, begin);
    return bytes;
  }

  /** Compares what was read with what is there, now or soon. @param {Uint8Array<ArrayBuffer>} bytes @param {number} begin */
  look(bytes, begin) {
    if (this.isChanged || !this.copy) return;
    const wait = this.lookedMs + LOOK_MS - performance.now();
    if (wait > 0) {
      this.next ??= setTimeout(() => {
        this.next = undefined;
        this.look(bytes, begin);
      }, wait);
      return;
    }
    this.lookedMs = performance.now();
    if (this.compares && this.isWhole) this.lookAtAll(this.copy);
    const end = begin + bytes.length;
    try {
      const there = this.readFrom(this.file, begin, end);
      if (there.length !== bytes.length || there.some((byte, i) => byte !== bytes[i])) throw OTHERS;
    } catch {
      this.tellChange();
    }
  }

  /** Compares the whole file, once at a time and seldom if that takes long. @param {Uint8Array<ArrayBuffer>} copy */
  async lookAtAll(copy) {
    this.isAskedAgain = this.isLooking;
    if (this.isLooking) return;
    this.isLooking = true;
    const began = performance.now();
    const isSame = await holds(this.file, copy.subarray(0, this.taken));
    if (!isSame) return this.tellChange();
    await new Promise((rested) => setTimeout(rested, (performance.now() - began) * WHOLE_LOOK_SHARE));
    this.isLooking = false;
    if (this.isAskedAgain) this.lookAtAll(copy);
  }

  /** @param {number} begin @param {number} end */
  readFile(begin, end) {
    if (!this.pieces) return this.readFrom(this.file, begin, end);
    const from = begin - (begin % PIECE);
    const to = Math.min(Math.ceil(end / PIECE) * PIECE, this.taken);
    const bytes = this.readFrom(this.file, from, to);
    if (bytes.length < to - from || !this.pieces.match(from / PIECE, bytes)) throw OTHERS;
    return bytes.subarray(begin - from, end - from);
  }

  /** @param {Blob} blob @param {number} begin @param {number} end */
  readFrom(blob, begin, end) {
    return new Uint8Array(this.reader.readAsArrayBuffer(blob.slice(begin, end)));
  }

  tellChange() {
    if (this.isChanged) return;
    this.isChanged = true;
    this.onChanged(this.copy !== null);
  }
}

/** Room for a file that is longer than it was said to be. @param {Uint8Array<ArrayBuffer>} bytes @param {number} length */
function withRoom(bytes, length) {
  if (length <= bytes.length) return bytes;
  const larger = new Uint8Array(2 * length);
  larger.set(bytes);
  return larger;
}

/** Whether a file holds these bytes now, and no others. @param {Blob} file @param {Uint8Array} bytes */
async function holds(file, bytes) {
  let at = 0;
  try {
    const reader = file.stream().getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return at === bytes.length;
      for (let i = 0; i < value.length; i++) if (value[i] !== bytes[at + i]) return false;
      at += value.length;
    }
  } catch {
    return false;
  }
}

/** Checksums of a file's pieces. */
class Pieces {
  constructor() {
    /** @type {number[]} */
    this.sums = [];
    this.length = 0;
    this.sum = 0;
  }

  /** The next bytes of the file. @param {Uint8Array} bytes */
  add(bytes) {
    for (let at = 0; at < bytes.length; ) {
      const part = bytes.subarray(at, at + PIECE - this.length);
      this.sum = (this.sum + checksum(part, this.length)) | 0;
      this.length += part.length;
      at += part.length;
      if (this.length === PIECE) this.close();
    }
  }

  close() {
    this.sums.push(this.sum);
    this.length = this.sum = 0;
  }

  /** Whether whole pieces from number `first` on (the last of the file may be short) are as they were. @param {number} first @param {Uint8Array} bytes */
  match(first, bytes) {
    for (let at = 0, i = first; at < bytes.length; at += PIECE, i++) {
      const wanted = i < this.sums.length ? this.sums[i] : this.sum;
      if (checksum(bytes.subarray(at, at + PIECE), 0) !== wanted) return false;
    }
    return true;
  }
}

/**
 * The sum of a piece's words (little-endian), each times an odd number of its own: whatever parts the piece comes in, as a
 * byte is its share of a word. Bytes at `at` in the piece add to it.
 * @param {Uint8Array} bytes
 * @param {number} at
 */
function checksum(bytes, at) {
  const begin = Math.min(bytes.length, -at & 3);
  const words = (bytes.length - begin) >> 2;
  if ((bytes.byteOffset + begin) % 4 !== 0) return sumOfBytes(bytes, 0, bytes.length, at);
  const end = begin + words * 4;
  const inside = sumOfWords(new Int32Array(bytes.buffer, bytes.byteOffset + begin, words), (at + begin) >> 2);
  return (sumOfBytes(bytes, 0, begin, at) + inside + sumOfBytes(bytes, end, bytes.length, at)) | 0;
}

/** Four at a time: nine times as fast as one after the other. @param {Int32Array} words @param {number} first */
function sumOfWords(words, first) {
  const whole = words.length & ~3;
  let [sum, sum1, sum2, sum3] = [0, 0, 0, 0];
  let factor = weight(first);
  for (let k = 0; k < whole; k += 4) {
    sum = (sum + Math.imul(words[k], factor)) | 0;
    sum1 = (sum1 + Math.imul(words[k + 1], (factor + STEP) | 0)) | 0;
    sum2 = (sum2 + Math.imul(words[k + 2], (factor + 2 * STEP) | 0)) | 0;
    sum3 = (sum3 + Math.imul(words[k + 3], (factor + 3 * STEP) | 0)) | 0;
    factor = (factor + 4 * STEP) | 0;
  }
  for (let k = whole; k < words.length; k++) {
    sum = (sum + Math.imul(words[k], factor)) | 0;
    factor = (factor + STEP) | 0;
  }
  return (sum + sum1 + sum2 + sum3) | 0;
}

/** @param {Uint8Array} bytes @param {number} begin @param {number} end @param {number} at */
function sumOfBytes(bytes, begin, end, at) {
  let sum = 0;
  for (let i = begin; i < end; i++) {
    const place = at + i;
    sum = (sum + Math.imul(bytes[i] << ((place & 3) * 8), weight(place >> 2))) | 0;
  }
  return sum;
}

const STEP = 0x1e3779b2;
const weight = (/** @type {number} */ word) => (Math.imul(word, STEP) + 1) | 0;
