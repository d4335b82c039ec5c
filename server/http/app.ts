// The whole HTTP surface on one screen.
import express, { type Express } from 'express';
import { rateLimit } from 'express-rate-limit';
import helmet from 'helmet';
import { join } from 'node:path';
import { Problem } from '../domain/problem.ts';
import type { LocalKey } from '../service/lock.ts';
import { PATHS } from '../service/settings.ts';
import { compressed } from './compression.ts';
import { basemapRoutes } from './basemap.ts';
import type { Context } from './context.ts';
import { wrongMethod } from './methods.ts';
import { ogcRoutes } from './ogc/routes.ts';
import { notFound, problemHandler, sendProblem } from './problems.ts';
import { adminRoutes } from './routes/admin.ts';
import { configRoutes } from './routes/config.ts';
import { editingRoutes } from './routes/editing.ts';
import { eventRoutes } from './routes/events.ts';
import { exportRoutes } from './routes/exports.ts';
import { exposureRoutes } from './routes/exposure.ts';
import { geometryRoutes } from './routes/geometry.ts';
import { importRoutes } from './routes/imports.ts';
import { noticeRoutes } from './routes/notices.ts';
import { photoRoutes } from './routes/photos.ts';
import { removedRoutes } from './routes/removed.ts';
import { reportRoutes } from './routes/reports.ts';
import { rulesRoutes } from './routes/rules.ts';
import { searchRoutes } from './routes/search.ts';
import { sessionRoutes } from './routes/session.ts';
import { tileRoutes } from './routes/tiles.ts';
import { whatIfListRoutes } from './routes/whatIfList.ts';
import { zoneRoutes } from './routes/zones.ts';
import { guardChanges, identify, isSecure, visitorOf } from './session.ts';

/** Requests a minute where none is set: a map that is panned asks for many tiles. */
const RATE = { public: 1800, staff: 12_000 } as const;

export function buildApp(context: Context, key: LocalKey, log: (line: string) => void): Express {
  const { service } = context;
  const app = express();
  app.set('query parser', 'simple');
  app.set('trust proxy', service.settings.trustProxy);
  app.set('case sensitive routing', true);
  app.set('strict routing', true);
  app.set('etag', false);
  app.disable('x-powered-by');

  app.use(
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'self'"],
          workerSrc: ["'self'", 'blob:'],
          styleSrc: ["'self'", "'unsafe-inline'"],
          imgSrc: ["'self'", 'data:', 'blob:'],
          objectSrc: ["'none'"],
          baseUri: ["'none'"],
          frameAncestors: ["'none'"],
          formAction: ["'self'"],
        },
      },
      strictTransportSecurity: isSecure(service),
      referrerPolicy: { policy: 'no-referrer' },
    }),
  );
  app.use(compressed());
  app.use(identify(service, key));
  app.use(rates(context));
  app.use(function keepPrivate(request, response, next) {
    if (visitorOf(request).username !== null) response.set('Cache-Control', 'private, no-store');
    response.vary('Cookie');
    next();
  });
  app.use(guardChanges(service));

  app.use(sessionRoutes(context));
  app.use(adminRoutes(context));
  app.use(configRoutes(context));
  app.use(exposureRoutes(context));
  app.use(whatIfListRoutes(context));
  app.use(reportRoutes(context));
  app.use(rulesRoutes(context));
  app.use(zoneRoutes(context));
  app.use(noticeRoutes(context));
  app.use(geometryRoutes(context));
  app.use(editingRoutes(context));
  app.use(removedRoutes(context));
  app.use(searchRoutes(context));
  app.use(photoRoutes(context));
  app.use(importRoutes(context));
  app.use(exportRoutes(context));
  app.use(eventRoutes(context));
  app.use(ogcRoutes(context));
  app.use(tileRoutes(context));
  app.use(basemapRoutes(context));

  const page = { index: false, dotfiles: 'deny', redirect: false } as const;
  app.use('/assets', express.static(join(PATHS.page, 'assets'), { ...page, immutable: true, maxAge: '1y' }));
  app.get(['/', '/map'], (_request, response) => {
    response.set('Cache-Control', 'no-cache').sendFile(join(PATHS.page, 'index.html'));
  });
  app.get(['/theme.js', '/favicon.svg'], express.static(PATHS.page, page));

  app.use(wrongMethod);
  app.use(notFound);
  app.use(problemHandler(log));
  return app;
}

function rates({ service }: Context) {
  const { rateLimit: limit } = service.settings;
  if (limit === null)
    return function noLimit(_request: express.Request, _response: express.Response, next: express.NextFunction) {
      next();
    };
  return rateLimit({
    windowMs: 60_000,
    limit: (request) => limit ?? (visitorOf(request).role === 'public' ? RATE.public : RATE.staff),
    keyGenerator: (request) => visitorOf(request).username ?? request.ip ?? '',
    validate: false,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    skip: (request) => request.path === '/healthz' || request.path === '/readyz',
    handler: (_request, response) => sendProblem(response, new Problem(429, 'too_many_requests', 'Too many requests. Wait a minute.')),
  });
}
