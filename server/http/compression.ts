// What is text, or a vector tile, goes out compressed; a stream of events must not wait in a compressor.
import compression from 'compression';
import type { RequestHandler } from 'express';

const COMPRESSIBLE = /^(text\/(?!event-stream)|application\/(.*json|javascript|xml|vnd\.mapbox-vector-tile)|image\/svg)/;

export function compressed(): RequestHandler {
  return compression({ filter: (_request, response) => COMPRESSIBLE.test(String(response.getHeader('content-type') ?? '')) });
}
