// A figure with its contract: data-answer names it, data-value holds the unrounded number. A figure that cannot be
// known is no element at all: in its place stand the words why.
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
  if (typeof value !== 'number') return html`<span class="unknown">${summary.unknown[name] ?? 'not known'}</span>`;
  return html`<span class="answer" data-answer=${name} data-value=${String(value)} title=${String(value)}
    >${format(value)}</span
  >`;
}

/** Figure and unit, the unit smaller. @param {[string, string]} parts */
export const withUnit = ([figure, unit]) => html`${figure}<span class="unit">${unit}</span>`;

/**
 * What the figures of these names mean, and the pandas lines that compute the same.
 * @param {Definitions | null} definitions
 * @param {string[]} names
 * @param {string} [layout]
 */
export function definitionsOf(definitions, names, layout = '') {
  if (!definitions) return nothing;
  const known = names.map((name) => definitions.figures[name]).filter((one) => one !== undefined);
  return html`<dl class=${layout}>
      ${known.map(
        ({ title, definition, pandas }) =>
          html`<div class="definition">
            <dt>${title}</dt>
            <dd>${definition}</dd>
            ${pandas ? html`<dd>${code(pandas, `${title} in pandas`)}</dd>` : nothing}
          </div>`,
      )}
    </dl>
    <details class="preamble">
      <summary>Before any of these lines</summary>
      ${code(definitions.preamble, 'Reading the csv in pandas')}
    </details>`;
}

/** @param {string} text @param {string} label */
const code = (text, label) =>
  html`<div class="command">
    <code tabindex="0" role="region" aria-label=${label}>${text}</code><copy-button .text=${text}></copy-button>
  </div>`;
