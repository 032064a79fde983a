// The four answers: packets, time, round trip, lost. Each with its basis in one line, its definition, the packets
// behind it and the pandas line that computes the same.
import { html, nothing } from 'lit';
import { answer, definitionsOf, withUnit } from './answer.js';
import { PagePart } from './element.js';
import { bytesParts, count, counted, duration, durationParts, spanParts } from './format.js';

/** @import { Definitions, Summary } from './worker/protocol.js' */

/** @type {Evidence} */
const ALL = { name: '', label: '' };
const MOST_DIRECTIONS = 20;

/**
 * @typedef {{ name: string, label: string, packets?: number }} Evidence  packets behind a figure, for the table
 * @typedef {object} Card
 * @property {string} id
 * @property {string} title
 * @property {[unknown, string][]} figures  each with its caption
 * @property {string} basis
 * @property {string[]} definitions  names
 * @property {Evidence[]} evidence  the first is what "packets" shows
 */

/** "Began 2022-09-28 18:07:49 UTC." of an ISO time; nothing when only seconds are known. @param {string} [time] */
function started(time) {
  const [, day, clock, zone] = /^(\d+-\d+-\d+)T(\d+:\d+:\d+)[.\d]*(Z?)$/.exec(time ?? '') ?? [];
  return day ? `Began ${day} ${clock}${zone ? ' UTC' : ''}.` : '';
}

/** @param {Summary} summary @returns {Card} */
function packetsCard(summary) {
  const { details } = summary;
  const others = details.conversations - details.tcp_connections;
  const parts = [];
  if (details.tcp_connections) parts.push(counted(details.tcp_connections, 'TCP connection'));
  if (others) parts.push(counted(others, parts.length ? 'other conversation' : 'conversation'));
  return {
    id: 'packets',
    title: 'Packets',
    figures: [
      [answer(summary, 'packets', count), 'packets'],
      [withUnit(bytesParts(details.bytes)), 'on the wire'],
    ],
    basis: `${parts.join(', ')}${parts.length ? '. ' : ''}${started(details.first_time)}`,
    definitions: ['packets'],
    evidence: [ALL],
  };
}

/** @param {Summary} summary @returns {Card} */
function timeCard(summary) {
  const { idle_tail: tail, idle_tail_reason: reason } = summary.details;
  return {
    id: 'time',
    title: 'Time',
    figures: [
      [answer(summary, 'total_time_s', (s) => withUnit(spanParts(s))), 'total'],
      [answer(summary, 'active_time_s', (s) => withUnit(spanParts(s))), 'active'],
    ],
    basis: reason,
    definitions: ['total_time_s', 'active_time_s', 'idle_tail'],
    evidence: [
      ...(tail ? [{ name: 'idle_tail', label: 'Idle tail', packets: tail.packets }] : []),
      { name: 'total_time_s', label: 'First and last packet' },
    ],
  };
}

/** What a data round trip measures. @type {Map<boolean | null, string>} */
const MEASURES = new Map([
  [true, 'the network'],
  [false, 'the capturing host itself'],
  [null, 'cannot be told'],
]);
/** What a round trip was measured by: one, and several. @type {Record<string, [string, string]>} */
const METHODS = {
  handshake: ['handshake', 'handshakes'],
  data: ['data segment', 'data segments'],
  echo: ['ping', 'pings'],
  quic: ['QUIC handshake', 'QUIC handshakes'],
  dns: ['DNS query', 'DNS queries'],
};

/** @param {Summary} summary @returns {Card} */
function roundTripCard(summary) {
  const { rtt } = summary.details;
  const milliseconds = (/** @type {number} */ ms) => withUnit(durationParts(ms / 1000, 3));
  const [one, many] = METHODS[rtt.method] ?? ['', ''];
  const caption = rtt.samples > 1 ? counted(rtt.samples, one, many) : one;
  /** @type {Card['figures']} */
  const figures = [[answer(summary, 'rtt_ms', milliseconds), caption]];
  const data = rtt.data.find((one) => one.network);
  let { sentence } = rtt;
  if (data && rtt.method === 'handshake') {
    figures.push([milliseconds(data.median_ms), `data, ${counted(data.samples, 'ACK')}`]);
    sentence += ` Data: to the ACKs from ${data.to}.`;
  }
  const evidence = [];
  if (rtt.handshake_count) evidence.push({ name: 'handshake', label: 'Handshakes' });
  if (rtt.data.length) evidence.push({ name: 'data_rtt', label: 'Data segments and their ACKs' });
  if (evidence.length === 0 && rtt.method !== 'none') evidence.push({ name: 'rtt_ms', label: 'Requests and replies' });
  return {
    id: 'rtt',
    title: 'Round trip',
    figures,
    basis: rtt.method === 'none' ? '' : sentence,
    definitions: ['rtt_ms', 'data_rtt'],
    evidence,
  };
}

/** @param {Summary} summary @returns {Card} */
function lostCard(summary) {
  const { loss } = summary.details;
  const known = typeof summary.lost === 'number';
  /** @type {[string, string, number | undefined][]} */
  const kinds = [
    ['retransmissions', 'Retransmissions', summary.retransmissions],
    ['needless', 'Needless, with their proofs', loss.needless_count],
    ['out_of_order', 'Out of order', loss.out_of_order],
    ['lost_segments', 'Previous segment not captured', loss.lost_segments],
    ['acked_lost_segments', 'ACKed unseen segment', loss.acked_lost_segments],
    ['duplicate_acks', 'Duplicate ACKs', loss.duplicate_acks],
    ['keep_alives', 'Keep-alives', loss.keep_alives],
    ['keep_alive_acks', 'Keep-alive ACKs', loss.keep_alive_acks],
  ];
  const there = kinds.flatMap(([name, label, packets]) => (packets ? [{ name, label, packets }] : []));
  return {
    id: 'lost',
    title: 'Lost',
    figures: [
      [answer(summary, 'lost', count), known ? 'lost' : ''],
      ...(known
        ? [/** @type {Card['figures'][number]} */ ([answer(summary, 'retransmissions', count), 'retransmitted'])]
        : []),
    ],
    basis: known ? loss.sentence : '',
    definitions: [
      'lost',
      'retransmissions',
      ...there.map((one) => one.name).filter((name) => name !== 'retransmissions'),
    ],
    evidence: there,
  };
}

export class QuickLook extends PagePart {
  static properties = { summary: { attribute: false }, definitions: { attribute: false }, open: { state: true } };

  constructor() {
    super();
    /** @type {Summary | null} */
    this.summary = null;
    /** @type {Definitions | null} */
    this.definitions = null;
    /** Which card's definition is open. */
    this.open = '';
  }

  render() {
    if (!this.summary) return nothing;
    const { summary } = this;
    const cards = [packetsCard(summary), timeCard(summary), roundTripCard(summary), lostCard(summary)];
    return html`<section class="quick-look" aria-label="Quick look">${cards.map((card) => this.card(card))}</section>`;
  }

  /** @param {Card} card */
  card(card) {
    const open = this.open === card.id;
    const toggle = () => (this.open = open ? '' : card.id);
    return html`
      <article class="card ${open ? 'open' : ''}" aria-labelledby="card-${card.id}">
        <h2 id="card-${card.id}">${card.title}</h2>
        <div class="figures">
          ${card.figures.map(
            ([figure, caption]) =>
              html`<p><span class="figure">${figure}</span>${caption ? html`<small>${caption}</small>` : nothing}</p>`,
          )}
        </div>
        <p class="basis" title=${card.basis}>${card.basis}</p>
        <p class="links">
          <button class="link" aria-expanded=${open} aria-controls="shows-${card.id}" @click=${toggle}>
            definition, pandas
          </button>
          ${
            card.evidence.length
              ? html`<button class="link" @click=${() => this.tell('show-packets', card.evidence[0])}>packets</button>`
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
      <p class="sentence">${card.basis}</p>
      ${definitionsOf(this.definitions, card.definitions, 'columns')}
      ${card.id === 'rtt' ? this.dataRtt() : nothing}
      ${
        card.evidence.length && card.evidence[0] !== ALL
          ? html`<p class="chips">
            <span class="muted">Show its packets:</span>
            ${card.evidence.map(
              (one) =>
                html`<button class="chip" @click=${() => this.tell('show-packets', one)}>
                  ${one.label}${one.packets === undefined ? nothing : html` <b>${count(one.packets)}</b>`}
                </button>`,
            )}
          </p>`
          : nothing
      }
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
