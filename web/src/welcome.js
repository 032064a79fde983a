// The empty page: where to drop a file, and how to come by one.
import { html } from 'lit';
import { PageElement } from './element.js';
import './copy_button.js';

/** In pieces that stay together when the line is broken. */
const COMMAND = ['native_capture', '--host 128.135.24.72', '-o trace.pcap', '--csv trace.csv'];

export class WelcomePage extends PageElement {
  render() {
    return html`
      <section class="drop-zone" aria-labelledby="drop-title">
        <svg class="drop-mark" viewBox="0 0 48 48" aria-hidden="true">
          <path d="M6 38V26h8V14h10v12h7v-6h11v18z" />
          <path class="arrow" d="M36 4v9m-4-4 4 4 4-4" />
        </svg>
        <h2 id="drop-title">Drop a capture anywhere on this page</h2>
        <p class="lede">
          and read off how many packets, how long, the round trip, what was lost, and both CDFs.
        </p>
        <p class="muted small">A pcap, a pcapng or a csv exported from Wireshark; gzip’ed is fine.</p>
        <p class="actions">
          <button class="button primary" @click=${() => this.tell('pick-file')}>Choose a file…</button>
          <button class="button" @click=${() => this.tell('open-sample')}>Try a sample</button>
        </p>
        <p class="promise">
          <svg viewBox="0 0 16 16" aria-hidden="true">
            <path d="M4 7V5a4 4 0 0 1 8 0v2h1v7H3V7zm2 0h4V5a2 2 0 0 0-4 0z" />
          </svg>
          Nothing is uploaded: this page cannot connect anywhere.
        </p>
      </section>

      <div class="recipes">
        <section class="recipe" aria-labelledby="recipe-command">
          <h2 id="recipe-command">Capture it with one command</h2>
          <p class="muted">
            Start it, load <strong>www.cs.uchicago.edu</strong> in a browser, then press <kbd>Ctrl-C</kbd>.
          </p>
          <div class="command">
            <code>${COMMAND.map((piece, i) => html`${i ? ' ' : ''}<span>${piece}</span>`)}</code>
            <copy-button .text=${COMMAND.join(' ')}></copy-button>
          </div>
          <p class="muted">It finds the interface by itself and leaves both files this page reads.</p>
        </section>
        <section class="recipe" aria-labelledby="recipe-wireshark">
          <h2 id="recipe-wireshark">Or in Wireshark</h2>
          <ol>
            <li>
              Type the capture filter <code>host 128.135.24.72</code> and double-click the interface that shows
              activity.
            </li>
            <li>
              Load <strong>www.cs.uchicago.edu</strong> in a browser; when the page is there, stop with the red button.
            </li>
            <li>
              <em>File › Save As…</em> gives the pcap, <em>File › Export Packet Dissections › As CSV…</em> the csv. Drop
              either.
            </li>
          </ol>
        </section>
      </div>
    `;
  }
}
customElements.define('welcome-page', WelcomePage);
