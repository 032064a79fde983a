// What was wrong with the input: all of the file, whatever is selected of it. When figures were on the page before it was
// known, the list keeps to the one line that was kept free for it, so that nothing below moves; the rest opens by a press.
import { html, nothing } from 'lit';
import { linked } from './answer.js';
import { PagePart } from './element.js';
import { count } from './format.js';
import { WARNING_TITLES } from './warning_titles.js';

/** @import { Warning } from './worker/protocol.js' */

const WORDS = { note: 'Note', warning: 'Warning', error: 'Error' };
const ORDER = ['error', 'warning', 'note'];

export class WarningList extends PagePart {
  static properties = {
    warnings: { attribute: false },
    reserved: { attribute: false },
    reading: { attribute: false },
    open: { state: true },
    overflows: { state: true },
  };

  constructor() {
    super();
    /** @type {Warning[]} */
    this.warnings = [];
    /** Whether one line was kept free, and is all there is room for. */
    this.reserved = false;
    /** What stands there while the file is being read. */
    this.reading = '';
    this.open = false;
    /** Whether more is to be said than the line holds. */
    this.overflows = false;
  }

  updated() {
    const list = this.querySelector('ul');
    const isCut = (/** @type {Element} */ one) => one.scrollWidth > one.clientWidth;
    if (list && this.isFolded)
      this.overflows = list.children.length > 1 || [...list.querySelectorAll('.text')].some(isCut);
  }

  get isFolded() {
    return this.reserved && !this.open;
  }

  /** @param {Warning} one */
  show(one) {
    this.tell('show-packets', { name: one.code, label: WARNING_TITLES[one.code] ?? 'These packets' });
  }

  render() {
    if (this.reading) return html`<p class="warnings-line muted">${this.reading}</p>`;
    if (this.warnings.length === 0)
      return this.reserved
        ? html`<p class="warnings-line muted">The file was read to its end; nothing in it is amiss.</p>`
        : nothing;
    const sorted = [...this.warnings].sort((a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity));
    return html`<div class="warnings-box ${this.isFolded ? 'folded' : ''}">
      <ul class="warnings" aria-label="Warnings" @focusin=${() => (this.open = true)}>
        ${sorted.map((one) => this.warning(one))}
      </ul>
      ${
        this.reserved && this.overflows
          ? html`<button class="link" aria-expanded=${this.open} @click=${() => (this.open = !this.open)}>
            ${this.open ? 'Less' : sorted.length > 1 ? `All ${sorted.length}` : 'More'}
          </button>`
          : nothing
      }
    </div>`;
  }

  /** @param {Warning} one */
  warning(one) {
    return html`<li class=${one.severity} data-warning=${one.code}>
      <strong>
        <span class="visually-hidden">${WORDS[one.severity]}:</span> ${WARNING_TITLES[one.code] ?? WORDS[one.severity]}
      </strong>
      <span class="text">
        ${linked(one.text)} ${place(one)}
        ${
          one.first_packet === undefined
            ? nothing
            : html`<button class="link" @click=${() => this.show(one)}>show them</button>`
        }
      </span>
    </li>`;
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
