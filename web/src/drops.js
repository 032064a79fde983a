// Files dragged onto the window, wherever on it.

/** @param {DragEvent} event */
const holdsFiles = (event) => event.dataTransfer?.types.includes('Files') ?? false;

/** @param {{ hover: (over: boolean) => void, drop: (files: File[]) => void }} on */
export function watchDrops(on) {
  let depth = 0; // dragenter and dragleave come for every element passed over
  addEventListener('dragenter', (event) => {
    if (!holdsFiles(event)) return;
    depth++;
    on.hover(true);
  });
  addEventListener('dragleave', (event) => {
    if (!holdsFiles(event)) return;
    depth = Math.max(0, depth - 1);
    if (depth === 0) on.hover(false);
  });
  addEventListener('dragover', (event) => {
    if (holdsFiles(event)) event.preventDefault();
  });
  addEventListener('drop', (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    depth = 0;
    on.hover(false);
    const files = [...(event.dataTransfer?.files ?? [])];
    if (files.length > 0) on.drop(files);
  });
}
