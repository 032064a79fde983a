// What can be taken away of a CDF: its picture, as a file or through the clipboard, and its corners as csv.
import { html, nothing } from 'lit';
import { pngOf } from './cdf_picture.js';
import { download } from './download.js';
import { PageElement } from './element.js';

/** @import { Quantity } from './worker/protocol.js' */

const NOT_YET = 'Once the file has been read.';
const canCopyImages = () => Boolean(navigator.clipboard?.write) && typeof ClipboardItem === 'function';

export class CdfExports extends PageElement {
  static properties = {
    quantity: {},
    named: {},
    isEmpty: { attribute: false },
    exportable: { attribute: false },
    said: { state: true },
  };

  constructor() {
    super();
    /** @type {Quantity} */
    this.quantity = 'size';
    /** What is exported, for the buttons' names. */
    this.named = '';
    this.fileStem = 'trace';
    this.isEmpty = false;
    this.exportable = true;
    /** Draws the picture. @type {() => HTMLCanvasElement} */
    this.picture = () => document.createElement('canvas');
    /** How copying went. */
    this.said = '';
  }

  async save() {
    download(await pngOf(this.picture()), `${this.fileStem}-cdf-${this.quantity}.png`);
  }

  async copy() {
    try {
      // A promise of a picture: Safari forgets the press while it is made.
      await navigator.clipboard.write([new ClipboardItem({ 'image/png': pngOf(this.picture()) })]);
      this.said = 'Copied';
    } catch {
      this.said = 'Not allowed here';
    }
    setTimeout(() => (this.said = ''), 2000);
  }

  render() {
    return html`
      ${
        canCopyImages()
          ? this.button(this.said || 'Copy image', this.said || `Copy image of ${this.named}`, () => this.copy())
          : nothing
      }
      ${this.button('PNG', `Export ${this.named} as PNG`, () => this.save())}
      ${this.button('csv', `Export ${this.named} as csv`, () => this.tell('export-cdf', this.quantity))}
    `;
  }

  /** @param {string} text @param {string} name @param {() => void} press */
  button(text, name, press) {
    return html`<button
      class="link"
      ?disabled=${this.isEmpty || !this.exportable}
      title=${this.exportable ? nothing : NOT_YET}
      aria-label=${name}
      aria-live="polite"
      @click=${press}
    >
      ${text}
    </button>`;
  }
}
customElements.define('cdf-exports', CdfExports);
