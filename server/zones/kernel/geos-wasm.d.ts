// geos-wasm ships no types; server/zones/kernel/geos.ts states the part of its API that is used.
declare module 'geos-wasm' {
  export default function initGeos(options?: {
    noticeHandler?: (message: string) => void;
    errorHandler?: (message: string) => void;
  }): Promise<unknown>;
}
