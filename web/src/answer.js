// A figure with its contract: data-answer names it, data-value holds the unrounded number. A figure that cannot be
// known, or not yet, carries neither; instead of it stand the words why. "Packet N" in any text is a link to its row.
import { html, nothing } from 'lit';
import './copy_button.js';

/** @import { Definitions, Summary } from './worker/protocol.js' */

/**
 * @param {Summary} summary
 * @param {string} name
 * @param {(value: number) => unknown} format
 */
export function answer(summary, name, format) {
  const value = summary[name];
  if (typeof value !== 'number') return unknown(summary.unknown[name] ?? 'not known');
  if (summary.partial)
    return html`<span class="answer partial" title="of the packets read so far">${format(value)}</span>`;
  return html`<span class="answer" data-answer=${name} data-value=${String(value)} title=${String(value)}
    >${format(value)}</span
  >`;
}

/** In the place of a figure that cannot be known. @param {string} reason */
const unknown = (reason) =>
  html`<span class="unknown" title=${reason}><span aria-hidden="true">–</span
    ><span class="visually-hidden">${reason}</span></span
  >`;

/**
 * Figure and unit, the unit smaller; also the units within the figure ("2 h 59 min 58", "s").
 * @param {[string, string]} parts
 */
export function withUnit([figure, unit]) {
  const pieces = figure.split(/\u00a0?([a-z]+)\u00a0?/);
  return html`${pieces.map((piece, i) => (i % 2 ? html`${small(piece)}\u00a0` : piece))}${small(unit)}`;
}

/** @param {string} unit */
const small = (unit) => html`<span class="unit">\u202f${unit}</span>`;

/**
 * A sentence in which each "packet N" is a link.
 * @param {string} text
 */
export function linked(text) {
  const pieces = text.split(/\b(packet \d+|packets \d+(?:(?:, | and )\d+)*)\b(?![,.]\d)/i);
  return pieces.map((piece, i) => (i % 2 ? numbersLinked(piece) : piece));
}

/** "packet 7", or "packets 1 and 2" as two links. @param {string} text */
function numbersLinked(text) {
  const numbers = text.match(/\d+/g) ?? [];
  if (numbers.length === 1) return packetLink(Number(numbers[0]), text);
  return text.split(/(\d+)/).map((piece, i) => (i % 2 ? packetLink(Number(piece), piece) : piece));
}

/** @param {number} number @param {unknown} [text] */
export const packetLink = (number, text = `packet ${number}`) =>
  html`<a class="packet-link" href="#packet-${number}" @click=${(/** @type {Event} */ event) => followLink(event, number)}
    >${text}</a
  >`;

/** @param {Event} event @param {number} number */
function followLink(event, number) {
  event.preventDefault();
  event.currentTarget?.dispatchEvent(new CustomEvent('show-packet', { detail: number, bubbles: true }));
}

/**
 * What the figures of these names mean, and the pandas lines that compute the same: first those that read the file.
 * @param {Definitions | null} definitions
 * @param {string[]} names
 * @param {string} [layout]
 */
export function definitionsOf(definitions, names, layout = '') {
  if (!definitions) return nothing;
  const known = names.map((name) => definitions.figures[name]).filter((one) => one !== undefined);
  const lines = known.some(({ pandas }) => pandas);
  return html`${
    lines
      ? html`<div class="preamble">
          <p>In a notebook, first:</p>
          ${code(definitions.preamble, 'Reading the csv in pandas')}
        </div>`
      : nothing
  }
    <dl class=${layout}>
      ${known.map(
        ({ title, definition, pandas }) =>
          html`<div class="definition">
            <dt>${title}</dt>
            <dd>${linked(definition)}</dd>
            ${pandas ? html`<dd>${code(pandas, `${title} in pandas`)}</dd>` : nothing}
          </div>`,
      )}
    </dl>`;
}

/** @param {string} text @param {string} label */
const code = (text, label) =>
  html`<div class="command">
    <code tabindex="0" role="group" aria-label=${label}>${text}</code
    ><copy-button .text=${text} .what=${label}></copy-button>
  </div>`;
