// geos-wasm ships no types; server/zones/kernel/geos.ts states the part of its API that is used.
declare module 'geos-wasm' {
  export default function initGeos(options?: { print?: (line: string) => void; printErr?: (line: string) => void }): Promise<unknown>;
}
