// Builds the shapes that editors ask for.
import { bufferedBody, simplifiedBody } from '../views/reshapedBody.ts';
import { loadKernel } from '../zones/kernel/geos.ts';
import { stepBack } from './priority.ts';
import { serve } from './rpc.ts';

stepBack(8);

const handlers = {
  buffer: async (body: string) => bufferedBody(body, await loadKernel()),
  simplify: async (body: string) => simplifiedBody(body, await loadKernel()),
};
export type GeometryHandlers = typeof handlers;

serve(handlers);
