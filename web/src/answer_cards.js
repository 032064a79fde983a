// What the four answers say: one headline each, the second number beside it, the basis in a line or two, and what
// proves it. In a part of the trace the second line holds the same figure of the whole.
import { html, nothing } from 'lit';
import { answer, linked, packetLink, withUnit } from './answer.js';
import { bytes, count, counted, duration, durationParts, spanParts } from './format.js';

/** @import { Status, Summary } from './worker/protocol.js' */

/**
 * @typedef {{ name: string, label: string, packets?: number }} Evidence  packets behind a figure, for the table
 *
 * @typedef {object} Card
 * @property {string} id
 * @property {string} title
 * @property {unknown} headline  the answer, or the verdict in words
 * @property {boolean} [inWords]
 * @property {unknown} second
 * @property {unknown} basis  what fits in two lines
 * @property {string} sentence  all of it
 * @property {string[]} definitions  names
 * @property {Evidence[]} evidence  the first is what the card's own button shows
 * @property {string} [show]  what that button says
 *
 * @typedef {object} Context
 * @property {Summary | null} whole  of all packets, when the answers are of a part of them
 * @property {Status['kind'] | undefined} kind  of file
 */

/** @type {Evidence} */
const ALL = { name: '', label: '' };
/** In the place of a figure: of nothing, and of packets whose times are not known. @param {Summary} summary */
const absent = ({ packets, total_time_s: time }) => (packets && time === undefined ? 'not known' : 'none here');

/** @param {unknown} value */
const isKnown = (value) => typeof value === 'number';

/**
 * The same of the whole, when only a part is looked at.
 * @param {Context} context @param {string} name @param {(value: number) => unknown} format
 */
function inAll({ whole }, name, format) {
  if (!whole) return nothing;
  return isKnown(whole[name]) ? html`${format(whole[name])} in all` : 'not known in all';
}

/** Parts of a line with a dot between them. @param {unknown[]} parts */
function dotted(parts) {
  const there = parts.filter((one) => one !== nothing && one !== '');
  return there.map((one, i) => (i ? html` · ${one}` : one));
}

/**
 * When the first packet was captured; nothing when only seconds are known. Dates are not broken.
 * @param {Summary} summary @param {Context} context
 */
function began(summary, { kind }) {
  const [, day, clock, zone] = /^(\d+-\d+-\d+)T(\d+:\d+:\d+)[.\d]*(Z?)$/.exec(summary.details.first_time ?? '') ?? [];
  if (!day) return nothing;
  const asWritten = kind === 'csv' && !zone ? ', as written in the csv, no zone' : '';
  return html`Began <span class="unbroken">${day}</span> <span class="unbroken">${clock}${zone ? ' UTC' : ''}</span
    >${asWritten}.`;
}

/** What all packets weigh, or why that cannot be known. @param {Summary} summary */
function onTheWire({ details, unknown }) {
  if (details.bytes !== null) return bytes(details.bytes);
  return html`<span class="unknown" title=${unknown.size_mean ?? ''}>size not known</span>`;
}

/** @param {Summary} summary @param {Context} context @returns {Card} */
function packetsCard(summary, context) {
  const { details } = summary;
  const others = details.conversations - details.tcp_connections;
  const parts = [];
  if (details.tcp_connections) parts.push(counted(details.tcp_connections, 'TCP connection'));
  if (others) parts.push(counted(others, parts.length ? 'other conversation' : 'conversation'));
  const conversations = parts.length ? `${parts.join(', ')}. ` : '';
  const { whole } = context;
  const size = onTheWire(summary);
  return {
    id: 'packets',
    title: 'Packets',
    headline: answer(summary, 'packets', count),
    second: whole
      ? inAll(context, 'packets', count)
      : html`${size}${details.bytes === null ? nothing : html`<span class="roomy"> on the wire</span>`}`,
    basis:
      summary.packets === 0
        ? 'No packet lies in this part.'
        : whole
          ? html`${details.bytes === null ? size : `${size} of ${onTheWire(whole)} on the wire`}. ${conversations}`
          : html`${conversations}${began(summary, context)}`,
    sentence: '',
    definitions: ['packets'],
    evidence: summary.packets === 0 ? [] : [ALL],
  };
}

/** @param {[string, string]} parts */
const joined = (parts) => parts.join('\u202f');
const span = (/** @type {number} */ seconds) => joined(spanParts(seconds));

/** @param {Summary} summary @param {Context} context @returns {Card} */
function timeCard(summary, context) {
  const { idle_tail: tail, idle_tail_reason: reason } = summary.details;
  const known = isKnown(summary.total_time_s);
  const sentence = known ? reason : (summary.unknown.total_time_s ?? '');
  const allActive = !tail && summary.active_time_s === summary.total_time_s;
  const active = allActive
    ? html`${answer(summary, 'active_time_s', () => (context.whole ? 'all' : 'all of it'))} active`
    : html`${answer(summary, 'active_time_s', span)} active`;
  return {
    id: 'time',
    title: 'Time',
    headline: known ? answer(summary, 'total_time_s', (s) => withUnit(spanParts(s))) : absent(summary),
    inWords: !known,
    second: dotted([known ? active : nothing, inAll(context, 'total_time_s', span)]),
    basis: tail
      ? html`Idle from ${packetLink(tail.first_packet)} on: ${duration(tail.gap_s)} of nothing, then no new data.`
      : summary.packets
        ? linked(sentence)
        : nothing,
    sentence,
    definitions: ['total_time_s', 'active_time_s', 'idle_tail'],
    evidence: known
      ? [
          { name: 'total_time_s', label: 'First and last packet' },
          ...(tail ? [{ name: 'idle_tail', label: 'Idle tail', packets: tail.packets }] : []),
        ]
      : [],
    show: 'First and last',
  };
}

/** What a round trip was measured by: one, and several. @type {Record<string, [string, string]>} */
const METHODS = {
  handshake: ['handshake', 'handshakes'],
  data: ['data ACK', 'data ACKs'],
  echo: ['ping', 'pings'],
  quic: ['QUIC handshake', 'QUIC handshakes'],
  dns: ['DNS query', 'DNS queries'],
};
const milliseconds = (/** @type {number} */ ms) => durationParts(ms / 1000, 3);

/** @param {Summary} summary @param {Context} context @returns {Card} */
function roundTripCard(summary, context) {
  const { rtt } = summary.details;
  const known = isKnown(summary.rtt_ms);
  const [one, many] = METHODS[rtt.method] ?? ['', ''];
  const data = rtt.method === 'handshake' ? rtt.data.find((direction) => direction.network) : undefined;
  const method = data
    ? html`${joined(milliseconds(data.median_ms))} by ${counted(data.samples, 'data ACK')}`
    : `${rtt.samples > 1 ? 'median of' : 'by'} ${counted(rtt.samples, one, many)}`;
  const sentence = data ? `${rtt.sentence} Data: ACKs from ${data.to}.` : rtt.sentence;
  const evidence = [];
  if (rtt.handshake_count) evidence.push({ name: 'handshake', label: 'Handshakes' });
  if (rtt.data.length) evidence.push({ name: 'data_rtt', label: 'Data segments and their ACKs' });
  if (evidence.length === 0 && rtt.method !== 'none') evidence.push({ name: 'rtt_ms', label: 'Requests and replies' });
  return {
    id: 'rtt',
    title: 'Round trip',
    headline: known ? answer(summary, 'rtt_ms', (ms) => withUnit(milliseconds(ms))) : absent(summary),
    inWords: !known,
    second: context.whole ? inAll(context, 'rtt_ms', (ms) => joined(milliseconds(ms))) : known ? method : nothing,
    basis: summary.packets ? linked(known ? sentence : (summary.unknown.rtt_ms ?? '')) : nothing,
    sentence: known ? sentence : (summary.unknown.rtt_ms ?? ''),
    definitions: ['rtt_ms', 'data_rtt'],
    evidence,
    show: rtt.handshake_count === 1 ? 'Show the handshake' : 'Show packets',
  };
}

/** @param {Summary} summary */
function verdict(summary) {
  const { loss } = summary.details;
  if (loss.verdict === 'not visible to this capture') return 'not visible';
  if (!isKnown(summary.lost)) return summary.packets ? 'not visible' : 'none here';
  return summary.lost === 0 && summary.retransmissions === 0 ? 'none seen' : '';
}

/** @param {Summary} summary @returns {Evidence[]} */
function lossEvidence(summary) {
  const { loss } = summary.details;
  /** @type {[string, string, number | undefined][]} */
  const kinds = [
    ['lost', 'Lost segments, sent again', summary.lost],
    ['needless', 'Needless, with their proofs', loss.needless_count],
    ['retransmissions', 'Retransmissions', summary.retransmissions],
    ['lost_segments', 'Previous segment not captured', loss.lost_segments],
    ['acked_lost_segments', 'ACKed unseen segment', loss.acked_lost_segments],
    ['out_of_order', 'Out of order', loss.out_of_order],
    ['duplicate_acks', 'Duplicate ACKs', loss.duplicate_acks],
    ['keep_alives', 'Keep-alives', loss.keep_alives],
    ['keep_alive_acks', 'Keep-alive ACKs', loss.keep_alive_acks],
  ];
  return kinds.flatMap(([name, label, packets]) => (packets ? [{ name, label, packets }] : []));
}

/** One needless retransmission and its proof, in words that fit. @param {Summary} summary */
function needlessInShort({ lost, details: { loss } }) {
  const [only] = loss.needless ?? [];
  if (lost !== 0 || loss.needless_count !== 1 || !only?.proof) return null;
  const proof = html`<span class="unbroken">${only.why === 'duplicate_sack' ? 'D-SACK' : 'ACK'}</span>`;
  return html`${packetLink(only.retransmission, `Packet ${only.retransmission}`)} was sent again needlessly: ${proof} in
    ${packetLink(only.proof)}.`;
}

/** @param {Summary} summary @param {Context} context @returns {Card} */
function lostCard(summary, context) {
  const { loss } = summary.details;
  const known = isKnown(summary.lost);
  const inWords = verdict(summary);
  const segments = (/** @type {number} */ n) =>
    n === 0 ? '0' : withUnit([count(n), n === 1 ? 'segment' : 'segments']);
  const again = known
    ? html`${answer(summary, 'retransmissions', (n) => (n ? count(n) : 'none'))} sent again`
    : nothing;
  const sentence = known ? loss.sentence : (summary.unknown.lost ?? loss.sentence);
  const evidence = known ? lossEvidence(summary) : [];
  const needless = needlessInShort(summary);
  return {
    id: 'lost',
    title: 'Lost',
    headline: known ? answer(summary, 'lost', (n) => inWords || segments(n)) : inWords,
    inWords: inWords !== '',
    second: dotted([again, inAll(context, 'lost', (n) => html`${count(n)} lost`)]),
    basis: summary.packets ? (needless ?? linked(sentence)) : nothing,
    sentence,
    definitions: ['lost', 'retransmissions', ...evidence.map((one) => one.name)].filter(
      (a, i, all) => all.indexOf(a) === i,
    ),
    evidence,
    show: needless ? 'Show the two' : 'Show packets',
  };
}

/** @param {Summary} summary @param {Context} context @returns {Card[]} */
export const answerCards = (summary, context) =>
  [packetsCard, timeCard, roundTripCard, lostCard].map((card) => card(summary, context));
