// Where the code of a thread is.

/** @param name of the file in server/workers, without its ending */
export function workerUrl(name: string): URL {
  return new URL(`../workers/${name}.worker.ts`, import.meta.url);
}
