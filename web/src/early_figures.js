// When figures are made while a file is still being read: early, so that something stands there, and few times.

/** @import { Progress } from './worker/protocol.js' */

/**
 * Figures are made again when the file has grown by this factor, and when so many times as long has passed as making them
 * takes: few times, whatever its size.
 */
const GROWTH = 3;
const PAUSE = 8;
/** What will be there that soon is not made before: of a small file there are no figures but the final ones. */
const SOON_MS = 700;
const AT_ONCE_MS = 250;

export class EarlyFigures {
  constructor() {
    this.opened = 0;
    this.begun = 0;
    /** Packets and time from which they are made again. */
    this.next = { packets: 1, at: 0 };
  }

  /** Reading begins. */
  begin() {
    this.opened = performance.now();
  }

  /** Whether to make them now: whoever asks does so then. @param {Progress} progress @param {boolean} again */
  areDue({ read, total, packets }, again) {
    const now = performance.now();
    if (packets < this.next.packets || now < this.next.at) return false;
    const left_ms = ((now - this.opened) * (total - read)) / read;
    if (left_ms < (again ? SOON_MS : AT_ONCE_MS)) return false;
    this.begun = now;
    this.next = { packets: packets * GROWTH, at: Infinity };
    return true;
  }

  /** They are there. */
  made() {
    const now = performance.now();
    this.next.at = now + PAUSE * (now - this.begun);
  }
}
