// The header: whose figures these are, what is being read, and the way to another file. It never changes its height; how
// far reading is lies over its lower edge.
import { html, nothing } from 'lit';
import { bytes, counted } from './format.js';

/** @import { OpenTrace } from './open_trace.js' */

/**
 * @param {object} page
 * @param {OpenTrace | null} page.open
 * @param {OpenTrace | null} page.next
 * @param {(event: Event) => void} page.onPicked
 * @param {(type: string) => void} page.tell
 */
export function topBar({ open, next, onPicked, tell }) {
  const reading = next ?? (open?.state === 'loading' ? open : null);
  return html`<header class="bar">
    <div class="bar-inner">
      <h1>TraceDrop</h1>
      ${open ? html`<p class="pill file" title=${open.file.name}>${open.file.name}</p>` : nothing}
      ${reading ? html`<button class="button" id="cancel" @click=${() => tell('cancel')}>Cancel</button>` : nothing}
      ${reading ? progressText(reading, next !== null) : open ? html`<p class="facts">${fileFacts(open)}</p>` : nothing}
      <span class="spacer"></span>
      <p class="promise">
        <svg viewBox="0 0 16 16" aria-hidden="true">
          <path d="M4 7V5a4 4 0 0 1 8 0v2h1v7H3V7zm2 0h4V5a2 2 0 0 0-4 0z" />
        </svg>
        <span
          >Nothing is uploaded${open ? nothing : html`<span class="promise-why">: this page cannot connect anywhere</span>`}</span
        >
      </p>
      <input
        id="file"
        class="visually-hidden"
        type="file"
        tabindex="-1"
        aria-label="A capture or a csv"
        @change=${onPicked}
      />
      ${open ? html`<button class="button" id="open" @click=${() => tell('pick-file')}>Open…</button>` : nothing}
    </div>
    ${
      reading
        ? html`<progress max="1" .value=${share(reading)} aria-label="Reading ${reading.file.name}"></progress>`
        : nothing
    }
  </header>`;
}

/** @param {OpenTrace} trace */
const share = ({ progress: { read, total } }) => (total > 0 ? read / total : 0);

/** @param {OpenTrace} trace @param {boolean} named  it is not the file that the header names */
function progressText({ file, progress: { read, total, packets } }, named) {
  return html`<p class="facts reading-facts">
    ${named ? html`reading ${file.name}: ` : 'reading: '}${bytes(read)} of ${bytes(total)}
    <span class="reading-packets">· ${counted(packets, 'packet')}</span>
  </p>`;
}

/** @param {OpenTrace} open */
function fileFacts({ file, status }) {
  const links = [...new Set((status?.interfaces ?? []).map((one) => one.link))].join(', ');
  return [bytes(file.size), links || (status?.kind === 'csv' ? 'csv' : '')].filter((one) => one !== '').join(' · ');
}
