// Three ways to a capture: Wireshark, one line for this visitor's system, and the project's own program.
import { html } from 'lit';
import { PageElement } from './element.js';
import './copy_button.js';

const ADDRESS = '128.135.24.72';
const SITE = 'www.cs.uchicago.edu';

/** @typedef {'macOS' | 'Linux' | 'Windows'} System */

/** @type {Record<System, { line: string, hint: unknown }>} */
const LINES = {
  macOS: {
    line: `sudo tcpdump -i en0 -w trace.pcap host ${ADDRESS}`,
    hint: html`<code>en0</code> is usually the Wi-Fi.`,
  },
  Linux: {
    line: `sudo tcpdump -i any -w trace.pcap host ${ADDRESS}`,
    hint: html`<code>any</code> listens on every interface.`,
  },
  Windows: {
    line: `"C:\\Program Files\\Wireshark\\dumpcap" -i Wi-Fi -f "host ${ADDRESS}" -w trace.pcapng`,
    hint: html`dumpcap comes with Wireshark; <code>dumpcap -D</code> lists the interfaces.`,
  },
};
const PROGRAM = `native_capture --host ${ADDRESS} -o trace.pcap --csv trace.csv`;

/** This computer's, as far as the browser tells. @returns {System} */
function thisSystem() {
  const { userAgentData } = /** @type {Navigator & { userAgentData?: { platform: string } }} */ (navigator);
  const platform = `${userAgentData?.platform ?? ''} ${navigator.platform} ${navigator.userAgent}`;
  if (/win/i.test(platform.replace(/darwin/gi, ''))) return 'Windows';
  return /mac|darwin|iphone|ipad/i.test(platform) ? 'macOS' : 'Linux';
}

export class CaptureRecipes extends PageElement {
  static properties = { system: { state: true } };

  constructor() {
    super();
    this.system = thisSystem();
  }

  render() {
    return html`
      <section class="recipe" aria-labelledby="recipe-wireshark">
        <h3 id="recipe-wireshark">In Wireshark</h3>
        <ol>
          <li>Type the capture filter <code>host ${ADDRESS}</code> and double-click the interface whose line moves.</li>
          <li>Load <strong>${SITE}</strong> in a browser. When the page is there, press the red button.</li>
          <li>
            <em>File › Save As…</em> gives the pcap, <em>File › Export Packet Dissections › As CSV…</em> the csv. Drop
            either.
          </li>
        </ol>
      </section>
      <section class="recipe" aria-labelledby="recipe-line">
        <h3 id="recipe-line">One line in a terminal</h3>
        <div>
          <p class="system">
            <span class="segments" role="group" aria-label="System">
              ${
                /** @type {System[]} */ (Object.keys(LINES)).map(
                  (system) =>
                    html`<button aria-pressed=${this.system === system} @click=${() => (this.system = system)}>
                    ${system}
                  </button>`,
                )
              }
            </span>
            ${this.system === thisSystem() ? html`<span>this computer, as far as the browser tells</span>` : ''}
          </p>
          ${command(LINES[this.system].line)}
          <p>Load the page, then press <kbd>Ctrl-C</kbd>. ${LINES[this.system].hint}</p>
        </div>
      </section>
      <section class="recipe" aria-labelledby="recipe-program">
        <h3 id="recipe-program">native_capture</h3>
        <div>
          ${command(PROGRAM)}
          <p>
            TraceDrop’s own program: it finds the interface by itself and writes both files. Packages for Linux, macOS and
            Windows are on the project’s releases page; its README says more under “Get it”.
          </p>
        </div>
      </section>
      <p class="nslookup">
        Is ${ADDRESS} still the site’s address? Ask with <code>nslookup ${SITE}</code>, and put what it says into the
        filter.
      </p>
    `;
  }
}
customElements.define('capture-recipes', CaptureRecipes);

/** @param {string} text */
const command = (text) =>
  html`<div class="command"><code>${text}</code><copy-button .text=${text} .what=${'the command'}></copy-button></div>`;
