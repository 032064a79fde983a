// A CDF as a picture to hand in: on white whatever the page's scheme, at twice the size it is read at, with what one
// must know to read it without the page: the quantity and its unit, of how many packets, of which file.
import { cdfAxis } from './cdf_axis.js';
import { Chart, cdfDrawing, cdfPlugins, paperColors } from './cdf_drawing.js';

/** @import { Mark } from './cdf_drawing.js' */
/** @import { Quantity } from './worker/protocol.js' */

/** CSS pixels, and how many pixels of the picture each of them is. */
export const PICTURE = { width: 800, height: 520, scale: 2 };
export const ON_PAPER = { width: 680, height: 260, scale: 3 };
const MARGIN = 20;
const HEAD = 62;
/** What the axes take from the plot's width. */
const AXES = 90;

/**
 * @typedef {object} Content
 * @property {Quantity} quantity
 * @property {Float64Array} corners
 * @property {Mark[]} marks
 * @property {{ x: string, y: string }} titles
 * @property {string} [title]  and a line below it: none on paper, where they are text
 * @property {string} [subtitle]
 */

/**
 * @param {Element} element whose font it has
 * @param {Content} content
 * @param {typeof PICTURE} size
 */
export function cdfPicture(element, { quantity, corners, marks, titles, title, subtitle }, { width, height, scale }) {
  const palette = paperColors(element);
  const margin = title ? MARGIN : 0;
  const head = title ? HEAD : 0;
  const plot = document.createElement('canvas');
  plot.width = width - 2 * margin; // Chart.js takes the size from here
  plot.height = height - head - margin;
  const axis = cdfAxis(quantity, corners, plot.width - AXES);
  const scene = { axis, palette, marks, titles };
  const drawing = cdfDrawing(scene);
  const chart = new Chart(plot, {
    ...drawing,
    options: { ...drawing.options, responsive: false, devicePixelRatio: scale },
    plugins: cdfPlugins(() => scene),
  });
  const picture = document.createElement('canvas');
  picture.width = width * scale;
  picture.height = height * scale;
  const context = /** @type {CanvasRenderingContext2D} */ (picture.getContext('2d'));
  context.fillStyle = palette.surface;
  context.fillRect(0, 0, picture.width, picture.height);
  context.drawImage(plot, margin * scale, head * scale);
  chart.destroy();
  if (title) {
    context.scale(scale, scale);
    context.fillStyle = palette.text;
    context.font = `600 17px ${palette.font}`;
    context.fillText(title, MARGIN + 6, 32, width - 2 * MARGIN);
    context.fillStyle = palette.muted;
    context.font = `13px ${palette.font}`;
    context.fillText(subtitle ?? '', MARGIN + 6, 52, width - 2 * MARGIN);
  }
  return picture;
}

/** @param {HTMLCanvasElement} picture @returns {Promise<Blob>} */
export const pngOf = (picture) =>
  new Promise((resolve, reject) =>
    picture.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture'))), 'image/png'),
  );
