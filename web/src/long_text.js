// Texts of a file that no cell can hold: a megabyte in one would stop the page for seconds. A cell shows the beginning and
// says how much there is; a press shows the rest.

/** Characters that a cell shows; in lines of a capture there are hardly ever more than 300. */
const MOST = 1000;
/** What is put before an ellipsis and the length of the whole. */
const SHOWN_OF_LONG = 900;

/** @param {string} text */
export const isLong = (text) => text.length > MOST;

/** What stands in the cell. @param {string} text */
export function beginningOf(text) {
  if (!isLong(text)) return text;
  return `${text.slice(0, SHOWN_OF_LONG)}… (${text.length.toLocaleString('en-US')} characters)`;
}

/** Shows the whole of a text above the page, until it is closed. @param {string} text @param {string} title */
export function showWhole(text, title) {
  const dialog = document.createElement('dialog');
  dialog.className = 'long-text';
  dialog.setAttribute('aria-label', title);
  const field = document.createElement('textarea'); // the one element that lays out a megabyte at once
  field.readOnly = true;
  field.value = text;
  field.setAttribute('aria-label', title);
  const close = document.createElement('button');
  close.className = 'button small';
  close.textContent = 'Close';
  close.addEventListener('click', () => dialog.close());
  dialog.append(close, field);
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
