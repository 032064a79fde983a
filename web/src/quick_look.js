// The four answers in one strip of fixed height. How each was found (the whole sentence, definition, pandas line,
// packets) opens beneath it.
import { html, nothing } from 'lit';
import { definitionsOf, linked, packetLink } from './answer.js';
import { answerCards } from './answer_cards.js';
import { PagePart } from './element.js';
import { count, counted, duration } from './format.js';

/** @import { Card, Evidence } from './answer_cards.js' */
/** @import { Definitions, Status, Summary } from './worker/protocol.js' */

const MOST_DIRECTIONS = 20;
const MOST_PROOFS = 20;
const TITLES = { packets: 'Packets', time: 'Time', rtt: 'Round trip', lost: 'Lost' };

/** What the packet behind these words proves of one that seems to be sent again. */
const PROVEN = {
  duplicate_sack: 'was sent again; that was needless, says the D-SACK in',
  already_acked: 'was sent again; that was needless, says the acknowledgment in',
  copy: 'was not sent again; captured twice, it is the same as',
};

/** What a data round trip measures. @type {Map<boolean | null, string>} */
const MEASURES = new Map([
  [true, 'the network'],
  [false, 'the capturing host itself'],
  [null, 'cannot be told'],
]);

export class QuickLook extends PagePart {
  static properties = {
    summary: { attribute: false },
    whole: { attribute: false },
    definitions: { attribute: false },
    kind: { attribute: false },
    counted: { attribute: false },
    live: { attribute: false },
    open: { state: true },
  };

  constructor() {
    super();
    /** Null until the first packets have been read. @type {Summary | null} */
    this.summary = null;
    /** Of all packets, when the summary is of a part of them. @type {Summary | null} */
    this.whole = null;
    /** @type {Definitions | null} */
    this.definitions = null;
    /** @type {Status['kind'] | undefined} */
    this.kind = undefined;
    /** Packets that the figures are of, and packets read by now, while a file is being read. */
    this.counted = 0;
    this.live = 0;
    /** Which answer's way is open. */
    this.open = '';
  }

  /** Whether something was open. */
  close() {
    const wasOpen = this.open !== '';
    this.open = '';
    return wasOpen;
  }

  render() {
    const { summary } = this;
    const partial = !summary || summary.partial === true;
    return html`<section class="quick-look ${partial ? 'partial' : ''}" aria-label="Quick look" aria-busy=${partial}>
      ${
        summary
          ? answerCards(summary, { whole: this.whole, kind: this.kind }).map((card) =>
              this.card(partial ? this.soFar(card) : card),
            )
          : Object.entries(TITLES).map(([id, title]) => this.placeholder(id, title))
      }
    </section>`;
  }

  /** An answer of a part of the file says of which, and nothing else. @param {Card} card @returns {Card} */
  soFar(card) {
    const live = card.id === 'packets' && !this.whole;
    return {
      ...card,
      headline: live ? count(Math.max(this.live, this.counted)) : card.headline,
      second: live ? 'so far, still reading' : `first ${counted(this.counted, 'packet')}`,
      basis: nothing,
      sentence: '',
      evidence: [],
    };
  }

  /** @param {string} id @param {string} title */
  placeholder(id, title) {
    return html`<article class="card" aria-labelledby="card-${id}">
      <h2 id="card-${id}" tabindex="-1">${title}</h2>
      <p class="headline in-words">…</p>
      <p class="second">${id === 'packets' && this.live ? `${counted(this.live, 'packet')} so far` : 'reading'}</p>
    </article>`;
  }

  /** @param {Card} card */
  card(card) {
    const open = this.open === card.id;
    const toggle = () => (this.open = open ? '' : card.id);
    return html`
      <article class="card ${open ? 'open' : ''}" aria-labelledby="card-${card.id}">
        <h2 id="card-${card.id}" tabindex="-1">${card.title}</h2>
        <p class="headline ${card.inWords ? 'in-words' : ''}">${card.headline}</p>
        <p class="second">${card.second}</p>
        <p class="basis" title=${card.sentence || nothing}>${card.basis}</p>
        <p class="links">
          <button
            class="link"
            aria-expanded=${open}
            aria-controls="shows-${card.id}"
            aria-label="How ${card.title.toLowerCase()} is computed"
            @click=${toggle}
          >
            How?
          </button>
          ${
            card.evidence.length
              ? html`<button
                class="link"
                aria-label="${card.show ?? 'Show packets'}: ${card.title}"
                @click=${() => this.tell('show-packets', card.evidence[0])}
              >
                ${card.show ?? 'Show packets'}
              </button>`
              : nothing
          }
        </p>
      </article>
      <div class="shows-work" id="shows-${card.id}" ?hidden=${!open}>${open ? this.work(card) : nothing}</div>
    `;
  }

  /** @param {Card} card */
  work(card) {
    return html`
      ${card.sentence ? html`<p class="sentence">${linked(card.sentence)}</p>` : nothing}
      ${card.id === 'lost' ? this.proofs() : nothing}
      ${definitionsOf(this.definitions, card.definitions, 'columns')}
      ${card.id === 'rtt' ? this.dataRtt() : nothing}
      ${this.chips(card.evidence.filter((one) => one.name !== ''))}
    `;
  }

  /** @param {Evidence[]} evidence */
  chips(evidence) {
    if (evidence.length === 0) return nothing;
    return html`<p class="chips">
      <span class="muted">Show its packets:</span>
      ${evidence.map(
        (one) =>
          html`<button class="chip" @click=${() => this.tell('show-packets', one)}>
            ${one.label}${one.packets === undefined ? nothing : html` <b>${count(one.packets)}</b>`}
          </button>`,
      )}
    </p>`;
  }

  /** What proves that packets were sent again needlessly. */
  proofs() {
    const { needless = [], needless_count: all = 0 } = this.summary?.details.loss ?? {};
    const proven = needless.filter((one) => one.proof !== null);
    if (proven.length === 0) return nothing;
    const shown = proven.slice(0, MOST_PROOFS);
    return html`
      ${
        proven.some((one) => one.why === 'duplicate_sack')
          ? html`<p class="sentence">
            <dfn>D-SACK</dfn> (duplicate selective acknowledgment): with it the receiver says which bytes it got a second
            time; it had them already, so that nothing was lost.
          </p>`
          : nothing
      }
      <ul class="proofs">
        ${shown.map(
          (one) =>
            html`<li>
              ${packetLink(one.retransmission, `Packet ${one.retransmission}`)} ${PROVEN[one.why]}
              ${packetLink(Number(one.proof))}.
            </li>`,
        )}
        ${all > shown.length ? html`<li class="muted">${count(all - shown.length)} more: see their packets.</li>` : nothing}
      </ul>
    `;
  }

  dataRtt() {
    const rows = this.summary?.details.rtt.data ?? [];
    if (rows.length === 0) return nothing;
    return html`<div class="scroll-x" tabindex="0" role="region" aria-label="Data round-trip times by direction">
      <table class="plain">
        <thead>
          <tr>
            <th scope="col">Data from</th>
            <th scope="col">acknowledged by</th>
            <th scope="col" class="n">samples</th>
            <th scope="col" class="n">min</th>
            <th scope="col" class="n">median</th>
            <th scope="col" class="n">max</th>
            <th scope="col">measures</th>
          </tr>
        </thead>
        <tbody>
          ${rows.slice(0, MOST_DIRECTIONS).map(
            (row) => html`<tr>
              <td>${row.from}</td>
              <td>${row.to}</td>
              <td class="n">${count(row.samples)}</td>
              <td class="n">${duration(row.min_ms / 1000)}</td>
              <td class="n">${duration(row.median_ms / 1000)}</td>
              <td class="n">${duration(row.max_ms / 1000)}</td>
              <td>${MEASURES.get(row.network)}</td>
            </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
  }
}
customElements.define('quick-look', QuickLook);
