// The sheet: all that stands on the page of an open trace, from the answers down to the curves.
import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import './cdf_chart.js';
import { stem } from './download.js';
import { emptyCapture } from './empty_capture.js';
import { count, counted } from './format.js';
import { HEAD } from './packet_list.js';
import './print_definitions.js';
import './quick_look.js';
import './statistics_table.js';
import './time_line.js';
import './warning_list.js';

/** @import { OpenTrace } from './open_trace.js' */
/** @import { Quantity, Selection, Warning } from './worker/protocol.js' */

/** @param {OpenTrace} open @param {string} notice  what is to be said of how it was opened */
export function sheet(open, notice) {
  const { summary, whole, status } = open;
  if (!summary) return html`<quick-look .live=${open.progress.packets}></quick-look>`;
  if (!open.isPartial && whole?.packets === 0) return html`${warnings(open, notice)}${emptyCapture(summary, status)}`;
  return html`
    <quick-look
      .summary=${summary}
      .whole=${open.isNarrowed ? whole : null}
      .definitions=${open.definitions}
      .kind=${status?.kind}
      .counted=${open.counted}
      .live=${open.progress.packets}
    ></quick-look>
    ${warnings(open, notice)} ${scoped(open)}
  `;
}

/** What hangs on the selection. @param {OpenTrace} open */
function scoped(open) {
  const { whole, status } = open;
  const loading = open.isPartial;
  const total = whole?.packets ?? open.selected;
  return html`
    <time-line
      .timeline=${open.timeline}
      .extent=${open.extent}
      .brush=${live(open.brush)}
      .tail=${loading ? null : (whole?.details.idle_tail ?? null)}
      .tailStart=${whole?.active_time_s ?? 0}
      .trimmed=${open.selection.active === true}
      .zoomed=${open.zoom !== null}
      .source=${(/** @type {Selection} */ part, /** @type {number} */ n) => open.bins(part, n)}
      .selectionLine=${selectionLine(open, total)}
      .unknown=${loading ? '' : (whole?.unknown.total_time_s ?? '')}
    ></time-line>
    <packet-list
      class=${(loading || open.isNarrowed) && total > HEAD ? 'kept' : ''}
      .source=${(/** @type {number} */ first, /** @type {number} */ n) => open.rows(first, n)}
      .shown=${open.shown}
      .selected=${open.selected}
      .total=${total}
      .label=${open.evidence.label}
      .extraColumns=${status?.extraColumns ?? []}
      .version=${open.version}
      .marked=${open.marked}
      .loading=${loading}
      .stopped=${open.lost !== null}
      .exporting=${open.exporting}
    ></packet-list>
    <statistics-table
      .summary=${open.summary}
      .definitions=${open.definitions}
      .narrowed=${open.isNarrowed}
      .negatives=${Boolean(whole?.details.interarrival?.negative)}
      .percentiles=${open.percentiles}
      .groups=${open.groups}
      .uncounted=${open.uncounted}
      .loading=${loading}
    ></statistics-table>
    ${distributions(open, total)}
    <print-definitions .definitions=${open.definitions}></print-definitions>
  `;
}

/** @param {OpenTrace} open @param {number} total */
function distributions(open, total) {
  return html`<section class="distributions" aria-labelledby="distributions-title">
    <header class="section-head">
      <h2 id="distributions-title">Distributions</h2>
      <p class="muted">cumulative, exact</p>
    </header>
    <div class="charts">
      ${
        /** @type {Quantity[]} */ (['size', 'iat']).map(
          (quantity) =>
            html`<cdf-chart
            .quantity=${quantity}
            .corners=${open.cdf[quantity]}
            .summary=${open.summary}
            .total=${total}
            .definitions=${open.definitions}
            .fileName=${open.file.name}
            .fileStem=${stem(open.file.name)}
            .exportable=${!open.isPartial}
          ></cdf-chart>`,
        )
      }
    </div>
  </section>`;
}

/** Of the whole file: they do not come and go with the selection. @param {OpenTrace} open @param {string} notice */
function warnings(open, notice) {
  const { status, whole } = open;
  return html`<warning-list
    .warnings=${open.isPartial ? [] : allWarnings(whole?.warnings ?? [], status?.warnings ?? [], notice)}
    .reserved=${open.wasPartial}
    .reading=${
      open.isPartial
        ? `${open.lost ? 'Reading stopped' : 'Still reading'}: every figure is of the first ${counted(open.counted, 'packet')} of the file.`
        : ''
    }
  ></warning-list>`;
}

/** @param {Warning[]} found @param {Warning[]} told @param {string} notice */
function allWarnings(found, told, notice) {
  const all = [...found];
  for (const one of told) if (!all.some(({ code }) => code === one.code)) all.push(one);
  if (notice) all.push({ severity: 'note', code: 'notice', text: notice });
  return all;
}

/** What is selected of the trace, for the timeline's header. @param {OpenTrace} open @param {number} total */
function selectionLine(open, total) {
  if (!open.brush) return null;
  if (open.selected === 0) return html`<p class="selection-bar">No packet lies in this part: nothing to compute.</p>`;
  return html`<p class="selection-bar">
    ${`${open.selection.active ? 'Idle tail trimmed: ' : ''}${count(open.selected)} of ${counted(total, 'packet')}`}
    ${open.outside ? html`· packet ${open.outside} is not among them` : nothing}
  </p>`;
}
