// ETags of features, and the If-Match that a change is made with.
import type { Request } from 'express';
import type { IfRevisions } from '../changes/writer.ts';
import { Problem } from '../domain/problem.ts';
import type { Role } from '../domain/role.ts';

/** The revision decides; the role is there because roles see different representations of it. */
export function etagOf(revision: number, role: Role): string {
  return `"${revision}.${role === 'public' ? 'p' : 's'}"`;
}

/** If-Match (RFC 9110, 13.1.1): `*`, or a list of ETags. An ETag that is none of ours matches nothing: 412. @throws Problem 428 */
export function ifMatch(request: Request): IfRevisions {
  const header = request.headers['if-match'];
  if (header === undefined) {
    throw new Problem(428, 'if_match_missing', 'Send If-Match with the ETag that the feature was read with.');
  }
  if (header.trim() === '*') return 'any';
  return [...header.matchAll(/"(\d+)(?:\.[ps])?"/g)].map((match) => Number(match[1]));
}
