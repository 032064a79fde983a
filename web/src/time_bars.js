// The bars of the timeline: one or two series of bins (before and after the break of the axis), and where they stand.
import { counted } from './format.js';
import { rangeText } from './time_axis.js';

/** @import { TimeAxis } from './time_axis.js' */
/** @import { Timeline } from './worker/protocol.js' */
/** @typedef {{ left: number, width: number, text: string }} Bin  shares of the width, and what is in it */

const BARS_HEIGHT = 84;
const LEAST_HEIGHT = (3 / BARS_HEIGHT) * 100;
const LEAST_WIDTH = 3;
const BAR_OF_BIN = 0.86;

/** Seconds a bin. @param {Timeline} series */
export const binWidth = ({ from_s, to_s, packets }) => (to_s - from_s) / packets.length;

export class TimeBars {
  /** @param {TimeAxis} axis @param {Timeline[]} series */
  constructor(axis, series) {
    this.axis = axis;
    this.series = series;
  }

  /** The fullest bin: packets, the middle of its time, seconds. */
  get fullest() {
    let best = { packets: 0, at: 0, width: 0 };
    for (const one of this.series) {
      const width = binWidth(one);
      one.packets.forEach((packets, i) => {
        if (packets > best.packets) best = { packets, at: one.from_s + (i + 0.5) * width, width };
      });
    }
    return best;
  }

  /** Where a series begins and how wide its bins are, in shares. @param {Timeline} series */
  place({ from_s, to_s, packets }) {
    const least = LEAST_WIDTH / this.axis.width;
    const left = this.axis.to > this.axis.from ? this.axis.shareAt(from_s) : 0.5 - least / 2;
    const right = Math.max(this.axis.shareAt(to_s), left + least);
    return { left: Math.min(left, 1 - least), width: (right - left) / packets.length };
  }

  /** An SVG path in a box of 1000 by 100. */
  path() {
    const most = Math.max(this.fullest.packets, 1);
    let path = '';
    for (const one of this.series) {
      const { left, width } = this.place(one);
      const bar = Math.max(width * BAR_OF_BIN, LEAST_WIDTH / 2 / this.axis.width) * 1000;
      one.packets.forEach((packets, i) => {
        if (packets === 0) return;
        const height = Math.max((packets / most) * 96, LEAST_HEIGHT);
        path += `M${((left + i * width) * 1000).toFixed(2)} 100V${(100 - height).toFixed(2)}h${bar.toFixed(2)}V100z`;
      });
    }
    return path;
  }

  /** The bin at a share of the width, or the silence there. @param {number} share @returns {Bin} */
  at(share) {
    let silentFrom = this.axis.from;
    for (const one of this.series) {
      const { left, width } = this.place(one);
      if (share < left) return this.silence(silentFrom, one.from_s);
      if (share <= left + width * one.packets.length + 1e-9) {
        const i = Math.min(Math.floor((share - left) / width), one.packets.length - 1);
        const seconds = binWidth(one);
        const from = one.from_s + i * seconds;
        const text = `${rangeText(from, from + seconds, seconds / 10)}: ${counted(one.packets[i], 'packet')}`;
        return { left: left + i * width, width, text };
      }
      silentFrom = one.to_s;
    }
    return this.silence(silentFrom, this.axis.to);
  }

  /** @param {number} from @param {number} to @returns {Bin} */
  silence(from, to) {
    const left = this.axis.shareAt(from);
    const text = `${rangeText(from, to, (to - from) / 1000)}: no packet`;
    return { left, width: this.axis.shareAt(to) - left, text };
  }
}
