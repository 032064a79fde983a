import { LitElement } from 'lit';

/** A Lit element that renders into the page itself, so that one style sheet and one document outline serve all of it. */
export class PageElement extends LitElement {
  createRenderRoot() {
    return this;
  }

  /**
   * Tells the application something: `select`, `show-packets`, `open-file`, …
   * @param {string} type
   * @param {unknown} [detail]
   */
  tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true }));
  }
}
