// How Chart.js draws a CDF: on the page in the page's colours, on paper and in pictures in those of the light scheme.
import { Chart, Filler, LinearScale, LineController, LineElement, PointElement } from 'chart.js';

/** @import { Plugin } from 'chart.js' */
/** @import { CdfAxis } from './cdf_axis.js' */

Chart.register(LineController, LineElement, PointElement, LinearScale, Filler);
export { Chart };

/** @typedef {{ share: number, value: number, label: string }} Mark  a percentile of the table */
/** @typedef {'accent' | 'fill' | 'text' | 'muted' | 'line' | 'strong' | 'hatch' | 'surface' | 'font'} PaletteName */
/** @typedef {Record<PaletteName, string>} Palette */

/**
 * @typedef {object} Scene
 * @property {CdfAxis} axis
 * @property {Palette} palette
 * @property {Mark[]} marks
 * @property {{ x: string, y: string }} titles  of the axes
 */

/** @param {Element} element whose style counts @returns {Palette} */
export function colorsOf(element) {
  const style = getComputedStyle(element);
  const color = (/** @type {string} */ name) => style.getPropertyValue(name).trim();
  return {
    accent: color('--accent'),
    fill: color('--accent-fill'),
    text: color('--text'),
    muted: color('--muted'),
    line: color('--line'),
    strong: color('--line-strong'),
    hatch: color('--hatch'),
    surface: color('--surface'),
    font: style.fontFamily,
  };
}

/**
 * Dark on white whatever the page's scheme: what is handed in is printed.
 * @param {Element} element whose font it has
 * @returns {Palette}
 */
export const paperColors = (element) => ({
  accent: '#0a63c4',
  fill: '#e9f2fc',
  text: '#1a1c1f',
  muted: '#4d5258',
  line: '#e7e6e2',
  strong: '#b9b7b0',
  hatch: '#ecebe7',
  surface: '#ffffff',
  font: getComputedStyle(element).fontFamily,
});

/**
 * What is drawn besides the curve. Chart.js keeps plugins as they were at first: these ask for what there is now.
 * @param {() => Scene} scene
 * @returns {Plugin<'line'>[]}
 */
export const cdfPlugins = (scene) => [
  { id: 'band', beforeDatasetsDraw: (chart) => drawBand(chart, scene()) },
  { id: 'marks', afterDatasetsDraw: (chart) => drawMarks(chart, scene()) },
];

/**
 * @param {Scene} scene
 * @returns {import('chart.js').ChartConfiguration<'line'>}
 */
export function cdfDrawing({ axis, palette, titles }) {
  const { muted, line, strong } = palette;
  const font = { family: palette.font, size: 12 };
  const labels = new Map(axis.ticks.map((tick) => [tick.value, tick.label]));
  const title = (/** @type {string} */ text, /** @type {'center' | 'end'} */ align) => ({
    display: text !== '',
    text,
    align,
    color: muted,
    font,
    padding: { top: 2, bottom: 2 },
  });
  return {
    type: 'line',
    data: {
      datasets: [
        {
          data: axis.points,
          stepped: true, // on to the next corner's x, then up: right-continuous
          borderColor: palette.accent,
          backgroundColor: palette.fill,
          borderWidth: 2,
          pointRadius: 0,
          fill: 'start',
        },
      ],
    },
    options: {
      animation: false,
      parsing: false,
      normalized: true,
      responsive: true,
      maintainAspectRatio: false,
      events: [],
      layout: { padding: { top: 8, right: 14 } },
      scales: {
        x: {
          type: 'linear',
          min: axis.min,
          max: axis.max,
          title: title(titles.x, 'end'),
          grid: { color: line, drawTicks: false },
          border: { color: strong },
          ticks: {
            color: muted,
            font,
            padding: 6,
            maxRotation: 0,
            autoSkip: false,
            callback: (value) => labels.get(Number(value)) ?? '',
          },
          afterBuildTicks: (scale) => {
            scale.ticks = axis.ticks.map(({ value }) => ({ value }));
          },
        },
        y: {
          type: 'linear',
          min: 0,
          max: 1,
          title: title(titles.y, 'center'),
          grid: { color: line, drawTicks: false },
          border: { display: false },
          ticks: {
            color: muted,
            font,
            padding: 8,
            stepSize: 0.25,
            callback: (value) => `${Math.round(Number(value) * 100)}\u202f%`,
          },
        },
      },
    },
  };
}

/** What a logarithm cannot show. @param {Chart} chart @param {Scene} scene */
function drawBand({ ctx, chartArea, scales }, { axis, palette }) {
  const { band } = axis;
  if (!band) return;
  const from = scales.x.getPixelForValue(band.from);
  const to = scales.x.getPixelForValue(band.to);
  const height = chartArea.bottom - chartArea.top;
  ctx.save();
  ctx.beginPath();
  ctx.rect(from, chartArea.top, to - from, height);
  ctx.clip();
  ctx.strokeStyle = palette.hatch;
  ctx.lineWidth = 5;
  ctx.beginPath();
  for (let x = from - height; x < to; x += 14) {
    ctx.moveTo(x, chartArea.bottom);
    ctx.lineTo(x + height, chartArea.top);
  }
  ctx.stroke();
  ctx.restore();
}

/**
 * The percentiles of the table, each with the lines that read it; and the share of the zeros in their band.
 * @param {Chart} chart
 * @param {Scene} scene
 */
function drawMarks({ ctx, chartArea, scales }, { axis, palette, marks }) {
  ctx.save();
  ctx.font = `12.5px ${palette.font}`;
  ctx.textBaseline = 'middle';
  for (const { share, value, label } of marks) {
    const x = scales.x.getPixelForValue(axis.toAxis(value));
    const y = scales.y.getPixelForValue(share);
    ctx.strokeStyle = palette.muted;
    ctx.lineWidth = 1;
    ctx.setLineDash([2, 3]);
    ctx.beginPath();
    ctx.moveTo(chartArea.left, y);
    ctx.lineTo(x, y);
    ctx.lineTo(x, chartArea.bottom);
    ctx.stroke();
    ctx.setLineDash([]);
    ctx.fillStyle = palette.accent;
    ctx.strokeStyle = palette.surface;
    ctx.lineWidth = 1.5;
    ctx.beginPath();
    ctx.arc(x, y, 4.5, 0, 2 * Math.PI);
    ctx.fill();
    ctx.stroke();
    const roomLeft = x - chartArea.left > ctx.measureText(label).width + 16;
    ctx.textAlign = roomLeft ? 'right' : 'left';
    haloed(ctx, palette, label, roomLeft ? x - 9 : x + 9, roomLeft ? y - 11 : y + 13);
  }
  if (axis.band) {
    const { from, to, label } = axis.band;
    const level = scales.y.getPixelForValue(axis.points[0].y);
    const left = scales.x.getPixelForValue(from);
    const room = scales.x.getPixelForValue(to) - left - ctx.measureText(label).width;
    ctx.textAlign = 'left';
    haloed(
      ctx,
      palette,
      label,
      left + Math.max(room / 2, 3),
      axis.points[0].y < 0.4 ? level - 14 : chartArea.bottom - 14,
    );
  }
  ctx.restore();
}

/**
 * Text that stays readable over lines.
 * @param {CanvasRenderingContext2D} ctx
 * @param {Palette} palette
 * @param {string} text
 * @param {number} x
 * @param {number} y
 */
function haloed(ctx, palette, text, x, y) {
  ctx.lineJoin = 'round';
  ctx.lineWidth = 4;
  ctx.strokeStyle = palette.surface;
  ctx.strokeText(text, x, y);
  ctx.fillStyle = palette.text;
  ctx.fillText(text, x, y);
}
