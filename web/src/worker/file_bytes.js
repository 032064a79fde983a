// Random access to the bytes of a file, for the packets that are looked at. Of an inflated file the bytes are kept as
// Blobs, which the browser may move to the disk; they are never held in one piece of memory.

export class FileBytes {
  /** @param {Blob[]} parts */
  constructor(parts) {
    this.parts = parts;
    /** @type {Blob | null} */
    this.whole = null;
    this.reader = new FileReaderSync();
  }

  /** @param {Blob} part */
  append(part) {
    this.parts.push(part);
    this.whole = null;
  }

  /**
   * Up to `length` bytes at `offset`: fewer at the end, none when the file can no longer be read.
   * @param {number} offset
   * @param {number} length
   */
  read(offset, length) {
    this.whole ??= this.parts.length === 1 ? this.parts[0] : new Blob(this.parts);
    try {
      return new Uint8Array(this.reader.readAsArrayBuffer(this.whole.slice(offset, offset + length)));
    } catch {
      return new Uint8Array(0);
    }
  }
}
