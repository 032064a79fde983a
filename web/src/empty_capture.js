// A capture without a packet, the commonest mistake: what it may be, and how to do better.
import { html } from 'lit';
import { answer } from './answer.js';
import './recipes.js';

/** @import { Status, Summary } from './worker/protocol.js' */

/** @type {unknown[]} */
const OF_A_CAPTURE = [
  html`Was there traffic on that interface? In Wireshark the line beside its name moves; take that one.`,
  html`Was the page loaded <em>while</em> the capture ran, and afresh, not from the browser’s cache?`,
  html`Does the filter name today’s address of the site? <code>nslookup www.cs.uchicago.edu</code> tells it.`,
];
/** @type {unknown[]} */
const OF_A_CSV = [
  html`Were there packets in Wireshark’s window when it was exported, or did a display filter hide them all?`,
  html`Was <em>All packets</em> (or <em>Displayed</em>, with some displayed) chosen in the export dialog?`,
];

/** @param {Summary} summary @param {Status | null} status */
export function emptyCapture(summary, status) {
  const isCsv = status?.kind === 'csv';
  return html`<section class="empty-capture" aria-labelledby="card-packets">
    <h2 id="card-packets" tabindex="-1">
      This ${isCsv ? 'csv' : 'capture'} holds ${answer(summary, 'packets', () => 'no packets')}
    </h2>
    <ul>
      ${(isCsv ? OF_A_CSV : OF_A_CAPTURE).map((question) => html`<li>${question}</li>`)}
    </ul>
    <capture-recipes></capture-recipes>
  </section>`;
}
