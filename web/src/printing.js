// Printing. A browser takes the page as it stands when its `beforeprint` event ends, so parts that look different on
// paper are drawn again at once, not in a task of their own.

/** @import { ReactiveController } from 'lit' */
/** @import { PageElement } from './element.js' */

/** @type {Set<Printing>} */
const parts = new Set();
const media = matchMedia('print');
let onPaper = media.matches;

/** @param {boolean} paper */
function turn(paper) {
  if (paper === onPaper) return;
  onPaper = paper;
  for (const part of parts) part.drawNow();
}
addEventListener('beforeprint', () => turn(true));
addEventListener('afterprint', () => turn(false));
media.addEventListener('change', ({ matches }) => turn(matches));

/** Tells a part whether it is being printed. @implements {ReactiveController} */
export class Printing {
  /** @param {PageElement} part */
  constructor(part) {
    this.part = part;
    part.addController(this);
  }

  get on() {
    return onPaper;
  }

  hostConnected() {
    parts.add(this);
  }

  hostDisconnected() {
    parts.delete(this);
  }

  drawNow() {
    this.part.requestUpdate();
    /** @type {any} */ (this.part).performUpdate();
  }
}
