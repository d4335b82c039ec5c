// Writes photos anew. Decoding takes a core for a while, and may fail in many ways.
import { encodePhoto, type PhotoFiles } from '../photos/encodePhoto.ts';
import type { ImageFormat } from '../photos/imageHead.ts';
import { stepBack } from './priority.ts';
import { serve } from './rpc.ts';

stepBack(10);

const handlers = {
  encode: (upload: string, named: ImageFormat, files: PhotoFiles) => encodePhoto(upload, named, files),
};
export type PhotoHandlers = typeof handlers;

serve(handlers);
