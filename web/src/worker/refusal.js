// What the worker does not do, for a reason that leaves it as it was: no memory for this one call, bytes that are gone. Every
// other error of a call means that the engine ended in the middle of it, and is good for nothing any more.

/** The error's name, by which the page knows it: a class does not travel. */
export const REFUSAL = 'Refusal';

/** @param {string} reason */
export function refusal(reason) {
  const error = new Error(reason);
  error.name = REFUSAL;
  return error;
}
