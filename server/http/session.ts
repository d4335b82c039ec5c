// Who asks: the session cookie, and the proof that a change comes from our own page.
import type { Request, RequestHandler, Response } from 'express';
import type { Session } from '../accounts/accounts.ts';
import { Problem } from '../domain/problem.ts';
import { atLeast, type Role } from '../domain/role.ts';
import type { Service } from '../service/service.ts';
import type { LocalKey } from '../service/lock.ts';

export interface Visitor {
  readonly role: Role;
  readonly username: string | null;
  readonly session: Session | null;
}

const PUBLIC: Visitor = { role: 'public', username: null, session: null };
const visitors = new WeakMap<Request, Visitor>();

export function visitorOf(request: Request): Visitor {
  return visitors.get(request) ?? PUBLIC;
}

/** @throws Problem 401 without a session, 403 with too few rights */
export function requireRole(request: Request, role: Role): Visitor & { username: string } {
  const visitor = visitorOf(request);
  if (visitor.username === null) throw new Problem(401, 'sign_in', 'Sign in to do this.');
  if (!atLeast(visitor.role, role)) throw new Problem(403, 'forbidden', `This needs the role ${role}.`);
  return { ...visitor, username: visitor.username };
}

/** What tells the session of a request from others, in memory; it is no secret of the cookie's. */
export function sessionKey(request: Request): string {
  return visitorOf(request).session?.csrfToken ?? '';
}

export function isSecure(service: Service): boolean {
  return service.settings.publicUrl?.startsWith('https:') === true;
}

function cookieName(service: Service): string {
  return isSecure(service) ? '__Host-xiantu' : 'xiantu_session';
}

function tokenOf(request: Request, service: Service): string | null {
  for (const part of (request.headers.cookie ?? '').split(';')) {
    const [name, value] = part.trim().split('=', 2);
    if (name === cookieName(service) && value) return value;
  }
  return null;
}

export function setSessionCookie(response: Response, service: Service, token: string): void {
  response.cookie(cookieName(service), token, { httpOnly: true, sameSite: 'strict', secure: isSecure(service), path: '/' });
}

export async function endSession(request: Request, response: Response, service: Service): Promise<void> {
  const token = tokenOf(request, service);
  if (token) await service.accounts.signOut(token);
  if (visitorOf(request).session) service.presence.endSession(sessionKey(request));
  response.clearCookie(cookieName(service), { httpOnly: true, sameSite: 'strict', secure: isSecure(service), path: '/' });
}

/** Finds out who asks. The command line on this machine shows the key of the running server instead of a cookie. */
export function identify(service: Service, key: LocalKey): RequestHandler {
  return async function identifyVisitor(request, _response, next) {
    const authorization = request.headers.authorization;
    if (authorization !== undefined && isLoopback(request) && key.matches(authorization.replace(/^Bearer /, ''))) {
      visitors.set(request, { role: 'admin', username: 'command-line', session: null });
      return next();
    }
    const token = tokenOf(request, service);
    const session = token ? await service.accounts.session(token) : null;
    if (session) visitors.set(request, { role: session.role, username: session.username, session });
    next();
  };
}

/** The session behind a request as it is now, or null when it has ended since. */
export async function identityNow(request: Request, service: Service): Promise<Session | null> {
  const token = tokenOf(request, service);
  return token ? service.accounts.session(token) : null;
}

/** The peer's own address, with no forwarding header. */
export function isLoopback(request: Request): boolean {
  const address = request.socket.remoteAddress ?? '';
  const forwarded = request.headers['x-forwarded-for'] ?? request.headers.forwarded;
  return forwarded === undefined && /^(::1|127\.|::ffff:127\.)/.test(address);
}

/** The origins under which this service is reached. */
function ownOrigins(request: Request, service: Service): string[] {
  const host = request.headers.host;
  const own = host ? [`http://${host}`, ...(request.secure ? [`https://${host}`] : [])] : [];
  return service.settings.publicUrl ? [service.settings.publicUrl, ...own] : own;
}

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/** A change with a cookie needs our own Origin or the session's CSRF token; signing in refuses a foreign Origin. */
export function guardChanges(service: Service): RequestHandler {
  return function guardAgainstForgery(request, _response, next) {
    if (SAFE.has(request.method)) return next();
    const { origin } = request.headers;
    const own = origin !== undefined && ownOrigins(request, service).includes(origin);
    if (request.method === 'POST' && request.path === '/api/session') {
      if (origin !== undefined && !own) throw new Problem(403, 'foreign_origin', 'Sign in from the page of this service.');
      return next();
    }
    const { session } = visitorOf(request);
    if (session === null) return next(); // nothing to forge: no cookie was taken
    const token = request.headers['x-csrf-token'];
    if (own || token === session.csrfToken) return next();
    throw new Problem(403, 'csrf', 'A change needs the Origin of this service, or the csrfToken of the session in X-CSRF-Token.');
  };
}
