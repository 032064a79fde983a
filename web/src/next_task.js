// Giving way: what waits for a task of its own lets everything that is already queued go first (input, drawing,
// messages), and is not held up as a timer is.

/** @type {(() => void)[]} */
const waiting = [];
const { port1, port2 } = new MessageChannel();
/** Under Node, where tests run, a port at which somebody waits keeps the process alive. @type {{ ref?(): void, unref?(): void }} */
const life = /** @type {any} */ (port1);
port1.onmessage = () => {
  waiting.shift()?.();
  if (waiting.length === 0) life.unref?.();
};

/** Resolves in a task of its own. @returns {Promise<void>} */
export function nextTask() {
  return new Promise((resolve) => {
    waiting.push(resolve);
    life.ref?.();
    port2.postMessage(null);
  });
}
life.unref?.();
