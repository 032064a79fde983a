// What vite.config.js takes of lzma1, whose own types are TypeScript sources that our checks would be applied to.
export function compress(bytes: Uint8Array, mode: number): Uint8Array;
