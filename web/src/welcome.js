// The empty page: where to drop a file, and how to come by one.
import { html } from 'lit';
import { PageElement } from './element.js';
import './recipes.js';

export class WelcomePage extends PageElement {
  render() {
    return html`
      <section class="drop-zone" aria-labelledby="drop-title">
        <svg class="drop-mark" viewBox="0 0 48 48" aria-hidden="true">
          <path d="M6 38V26h8V14h10v12h7v-6h11v18z" />
          <path class="arrow" d="M36 4v9m-4-4 4 4 4-4" />
        </svg>
        <h2 id="drop-title">Drop a capture anywhere on this page</h2>
        <p class="muted">A pcap, a pcapng or a csv exported from Wireshark; gzip’ed is fine.</p>
        <p class="actions">
          <button class="button primary" id="choose" @click=${() => this.tell('pick-file')}>Choose a file…</button>
          <button class="button" @click=${() => this.tell('open-sample')}>Try the sample</button>
        </p>
      </section>
      <section class="no-capture" aria-labelledby="no-capture">
        <header class="section-head">
          <h2 id="no-capture">No capture yet?</h2>
          <p class="muted">Three ways to the same file. The first needs nothing but Wireshark.</p>
        </header>
        <capture-recipes></capture-recipes>
      </section>
    `;
  }
}
customElements.define('welcome-page', WelcomePage);
