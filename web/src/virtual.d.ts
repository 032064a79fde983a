// What vite.config.js makes at build time.
declare module 'virtual:worker' {
  const text: string;
  export default text;
}
declare module 'virtual:engine' {
  const lzmaInBase64: string;
  export default lzmaInBase64;
}
declare module 'virtual:sample' {
  const gzipInBase64: string;
  export default gzipInBase64;
}
declare module '*.css';
