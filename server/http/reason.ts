// Why someone changes something: a header, or a member of the body.
import type { Request } from 'express';

const LONGEST = 1000;

/** The reason in `X-Reason` (percent-encoded UTF-8), else in the body or its properties; null where none is given. */
export function reasonOf(request: Request): string | null {
  const header = request.headers['x-reason'];
  if (typeof header === 'string') return decoded(header).slice(0, LONGEST);
  const body = request.body as { reason?: unknown; properties?: { reason?: unknown } | null } | undefined;
  const reason = body?.reason ?? body?.properties?.reason;
  return typeof reason === 'string' ? reason.slice(0, LONGEST) : null;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
