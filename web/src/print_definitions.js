// On paper there is nothing to press: the definition of every figure and its pandas line stand at the end.
import { html, nothing } from 'lit';
import { definitionsOf } from './answer.js';
import { PageElement } from './element.js';
import { Printing } from './printing.js';

/** @import { Definitions } from './worker/protocol.js' */

export class PrintDefinitions extends PageElement {
  static properties = { definitions: { attribute: false } };

  constructor() {
    super();
    /** @type {Definitions | null} */
    this.definitions = null;
    this.print = new Printing(this);
  }

  render() {
    if (!this.print.on || !this.definitions) return nothing;
    return html`<section aria-labelledby="definitions-title">
      <h2 id="definitions-title">How each figure is computed</h2>
      ${definitionsOf(this.definitions, Object.keys(this.definitions.figures), 'columns')}
    </section>`;
  }
}
customElements.define('print-definitions', PrintDefinitions);
