import { html } from 'lit';
import { PageElement } from './element.js';

/** Copies `text`; says so for two seconds. */
export class CopyButton extends PageElement {
  static properties = { text: {}, what: {}, state: { state: true } };

  constructor() {
    super();
    this.text = '';
    /** What is copied, for those who do not see what the button stands beside. */
    this.what = '';
    /** @type {'' | 'Copied' | 'Press Ctrl-C'} */
    this.state = '';
  }

  async copy() {
    try {
      await navigator.clipboard.writeText(this.text);
      this.state = 'Copied';
    } catch {
      this.state = this.copyBySelection() ? 'Copied' : 'Press Ctrl-C';
    }
    setTimeout(() => (this.state = ''), 2000);
  }

  /** The clipboard interface is absent from pages served without TLS. */
  copyBySelection() {
    const area = document.createElement('textarea');
    area.value = this.text;
    area.className = 'visually-hidden';
    document.body.append(area);
    area.select();
    const copied = document.execCommand('copy');
    area.remove();
    return copied;
  }

  render() {
    return html`<button class="link" @click=${this.copy} aria-live="polite">
      ${this.state || 'Copy'}${this.what && !this.state ? html`<span class="visually-hidden">: ${this.what}</span>` : ''}
    </button>`;
  }
}
customElements.define('copy-button', CopyButton);
