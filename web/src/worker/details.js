// The details of a packet: the engine replays the packets before it, in slices between which other calls are answered.
import { nextTask } from '../next_task.js';

/** @import { PacketDetails } from './protocol.js' */

/** Packets of a slice: some milliseconds. */
const SLICE = 4000;

export class Details {
  /** @param {Engine} engine */
  constructor(engine) {
    this.engine = engine;
    /** Counts the calls: the latest alone goes on. */
    this.asked = 0;
  }

  /**
   * @param {number} number
   * @param {(reached: number) => void} onProgress
   * @returns {Promise<PacketDetails | null>}  null: not to be had, or something else was asked for meanwhile
   */
  async of(number, onProgress) {
    const turn = ++this.asked;
    for (;;) {
      const told = JSON.parse(this.engine.details(number, SLICE) || '{}');
      if (told.layers) return this.withBytes(told);
      if (told.reached === undefined) return null;
      onProgress(told.reached);
      await nextTask();
      if (turn !== this.asked) return null;
    }
  }

  /** @param {PacketDetails} told */
  withBytes(told) {
    const sources = told.sources ?? [{ name: 'Packet' }];
    told.sources = sources.map(({ name }, i) => ({ name, bytes: this.engine.sourceBytes(i)?.slice() ?? new Uint8Array(0) }));
    return told;
  }
}
