// The layer that a path names, for whoever may read or change it.
import type { Request } from 'express';
import { isLayerName, type LayerName } from '../domain/layer.ts';
import { Problem } from '../domain/problem.ts';
import type { Role } from '../domain/role.ts';
import { may } from '../policy/policy.ts';
import { reasonOf } from './reason.ts';
import { visitorOf, type Visitor } from './session.ts';

/** The layer of the path if the role may read it; otherwise as if it did not exist. @throws Problem 404 */
export function readableLayer(request: Request): { layer: LayerName; role: Role; visitor: Visitor } {
  const visitor = visitorOf(request);
  const name = String(request.params['layer']);
  if (!isLayerName(name) || !may(visitor.role, 'read', name))
    throw new Problem(404, 'no_such_collection', `There is no collection ${name.slice(0, 60)}.`);
  return { layer: name, role: visitor.role, visitor };
}

/** The layer of the path if the role may change it. @throws Problem 401, 403 or 404 */
export function editableLayer(request: Request): {
  layer: LayerName;
  visitor: Visitor;
  editor: { by: string; reason: string | null };
} {
  const { username } = visitorOf(request);
  if (username === null) throw new Problem(401, 'sign_in', 'Sign in to change features.');
  const { layer, role, visitor } = readableLayer(request);
  if (!may(role, 'edit', layer)) throw new Problem(403, 'forbidden', `The role ${role} does not change ${layer}.`);
  return { layer, visitor, editor: { by: username, reason: reasonOf(request) } };
}
