// Random access to the bytes of a file, for the packets that are looked at. What the engine finds in a gzip file is kept as
// Blobs, which the browser may move to the disk; it is never held in one piece of memory.

const BLOB_SIZE = 4 << 20;

export class FileBytes {
  /** @param {Blob} file */
  constructor(file) {
    this.file = file;
    this.reader = new FileReaderSync();
    /** Of a gzip file: its contents, and what has not become a Blob yet. @type {Blob[]} */
    this.kept = [];
    /** @type {Uint8Array<ArrayBuffer>[]} */
    this.loose = [];
    this.looseSize = 0;
    /** @type {Blob | null} */
    this.contents = null;
  }

  /** The next bytes of a gzip file's contents; read() finds these from now on. @param {Uint8Array<ArrayBuffer>} bytes */
  keep(bytes) {
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
   * Up to `length` bytes at `offset`: fewer at the end, none when the file can no longer be read.
   * @param {number} offset
   * @param {number} length
   */
  read(offset, length) {
    this.bundle();
    if (this.kept.length > 0) this.contents ??= new Blob(this.kept);
    const whole = this.contents ?? this.file;
    try {
      return new Uint8Array(this.reader.readAsArrayBuffer(whole.slice(offset, offset + length)));
    } catch {
      return new Uint8Array(0);
    }
  }
}
