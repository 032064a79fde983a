import { LitElement } from 'lit';
import { nextTask } from './next_task.js';

/** A Lit element that renders into the page itself: one style sheet and one document outline serve all of it. */
export class PageElement extends LitElement {
  createRenderRoot() {
    return this;
  }

  /**
   * Tells the application something: `brush`, `show-packets`, …
   * @param {string} type
   * @param {unknown} [detail]
   */
  tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true }));
  }
}

/** A part of the page that is drawn in a task of its own: all of them in one would hold up the next frame. */
export class PagePart extends PageElement {
  async scheduleUpdate() {
    await nextTask();
    if (this.isConnected) super.scheduleUpdate(); // else the trace was closed meanwhile
  }
}
