/**
 * Hands a file to the browser's downloads.
 * @param {Blob} blob
 * @param {string} name
 */
export function download(blob, name) {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** "trace.pcap.gz" → "trace" @param {string} name */
export const stem = (name) => name.replace(/\.gz$/i, '').replace(/\.(pcap|pcapng|cap|csv|txt)$/i, '') || 'trace';
