import { Router } from 'express';
import { Problem } from '../../domain/problem.ts';
import { maySee, type NumberedEvent } from '../../service/events.ts';
import type { Context } from '../context.ts';
import { readQuery } from '../query.ts';
import { identityNow, visitorOf } from '../session.ts';

const HEARTBEAT_MS = 15_000;
/** A client that does not read is let go rather than remembered. */
const BUFFER_LIMIT = 1024 * 1024;
const STREAMS = 600;

export function eventRoutes({ service }: Context): Router {
  const router = Router({ strict: true, caseSensitive: true });
  let open = 0;

  router.get('/api/events', (request, response) => {
    readQuery(request, []);
    if (open >= STREAMS) throw new Problem(503, 'too_many_streams', 'Too many pages are listening.', { headers: { 'Retry-After': '30' } });
    open++;
    const { role, session } = visitorOf(request);
    response.set({ 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store', 'X-Accel-Buffering': 'no' });
    // a pipe that breaks while it is written to: what is to be done then is done on close
    response.on('error', () => response.destroy());
    response.write(`retry: 3000\n\n`);
    const send = ({ id, event }: NumberedEvent) => {
      if (!maySee(role, event)) return;
      if (response.writableLength > BUFFER_LIMIT) return response.destroy();
      const { type, ...data } = event;
      response.write(`${id === null ? '' : `id: ${id}\n`}event: ${type}\ndata: ${JSON.stringify(data)}\n\n`);
    };
    const last = Number(request.headers['last-event-id']);
    if (Number.isFinite(last) && last > 0) service.events.after(last).forEach(send);
    const stop = service.events.listen(send);
    // not kept and never sent again: whoever comes, or comes back, is told how it stands
    send({ id: null, event: { type: 'editing', editing: service.presence.list } });
    // a session that ended ends its stream too
    const beat = setInterval(() => {
      response.write(': beat\n\n');
    }, HEARTBEAT_MS);
    const watch = setInterval(() => {
      if (session)
        identityNow(request, service).then(
          (now) => (now === null ? response.end() : undefined),
          () => response.end(),
        );
    }, 4000);
    response.on('close', () => {
      open--;
      stop();
      clearInterval(beat);
      clearInterval(watch);
    });
  });

  return router;
}
