// The browser's Back and Forward: each file that was opened and each change of what is looked at is an entry of the
// history, so that Back undoes the last one and never loses a trace without a word.

/** @import { Look } from './open_trace.js' */

/** @typedef {{ file: File | null, look: Look | null }} Step  no file: the empty page */

export class Steps {
  /** @param {(step: Step) => void} goTo */
  constructor(goTo) {
    /** What the entries of this visit stand for; a history entry holds no more than the place in here. @type {Step[]} */
    this.list = [{ file: null, look: null }];
    this.at = 0;
    history.replaceState(this.mark(0), '');
    addEventListener('popstate', ({ state }) => {
      if (state?.visit !== this.visit || !this.list[state.step]) return;
      this.at = state.step;
      goTo(this.list[this.at]);
    });
  }

  /** Entries of an earlier visit (the page was loaded anew) lead nowhere. */
  visit = Math.random();

  /** @param {number} step */
  mark(step) {
    return { visit: this.visit, step };
  }

  /** @param {Step} step */
  add(step) {
    this.list.splice(++this.at, Infinity, step);
    history.pushState(this.mark(this.at), '');
  }

  /** What is looked at is the same, but told better (a file that was opened again). @param {Step} step */
  replace(step) {
    this.list[this.at] = step;
  }
}
