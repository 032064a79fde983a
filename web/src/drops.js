// Files dragged onto the window, wherever on it.

/** @param {DragEvent} event */
const holdsFiles = (event) => event.dataTransfer?.types.includes('Files') ?? false;

/** The names of folders among what was dropped: a browser gives a folder as a file that cannot be read. @param {DragEvent} event */
const foldersIn = (event) =>
  new Set(
    [...(event.dataTransfer?.items ?? [])].flatMap((item) => {
      const entry = item.kind === 'file' ? item.webkitGetAsEntry?.() : null;
      return entry?.isDirectory ? [entry.name] : [];
    }),
  );

/**
 * @param {object} on
 * @param {(over: boolean) => void} on.hover
 * @param {(files: File[]) => void} on.drop
 * @param {(name: string) => void} on.dropFolder  nothing but folders was dropped
 */
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
    const folders = foldersIn(event);
    const files = [...(event.dataTransfer?.files ?? [])].filter((file) => !folders.has(file.name));
    const [folder] = folders;
    if (files.length > 0) on.drop(files);
    else if (folder !== undefined) on.dropFolder(folder);
  });
}
