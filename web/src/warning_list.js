// What was wrong with the input, above the figures it touches.
import { html, nothing } from 'lit';
import { PageElement } from './element.js';
import { count } from './format.js';

/** @import { Warning } from './worker/protocol.js' */

/** What a warning's packets are called in the table. @type {Record<string, string>} */
const LABELS = {
  'snap-length': 'Captured in part',
  'segmentation-offload': 'Larger than a frame',
  'time-backwards': 'Earlier than the packet before',
  'doubled-packets': 'Captured twice',
  'no-handshake': 'Connections without a handshake',
};
const WORDS = { note: 'Note', warning: 'Warning', error: 'Error' };

export class WarningList extends PageElement {
  static properties = { warnings: { attribute: false } };

  constructor() {
    super();
    /** @type {Warning[]} */
    this.warnings = [];
  }

  /** @param {Warning} one */
  show(one) {
    this.tell('show-packets', { name: one.code, label: LABELS[one.code] ?? 'These packets' });
  }

  render() {
    if (this.warnings.length === 0) return nothing;
    return html`<ul class="warnings" aria-label="Warnings">
      ${this.warnings.map(
        (one) =>
          html`<li class=${one.severity} data-warning=${one.code}>
            <strong>${WORDS[one.severity] ?? 'Note'}</strong>
            <span>
              ${one.text} ${place(one)}
              ${
                one.first_packet === undefined
                  ? nothing
                  : html`<button class="link" @click=${() => this.show(one)}>show them</button>`
              }
            </span>
          </li>`,
      )}
    </ul>`;
  }
}
customElements.define('warning-list', WarningList);

/** @param {Warning} one */
function place(one) {
  const parts = [];
  if (typeof one.offset === 'number') parts.push(`byte ${count(one.offset)}`);
  if (one.first_packet === undefined && (one.count ?? 1) > 1) parts.push(`${count(one.count ?? 1)} times`);
  return parts.length ? html`<span class="muted">(${parts.join(', ')})</span>` : nothing;
}
