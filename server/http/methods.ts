// A path that is there, asked with a method that it does not have: 405 with what it has (RFC 9110, 15.5.6).
import type { RequestHandler } from 'express';
import { Problem } from '../domain/problem.ts';
import { openApi } from './ogc/openApi.ts';

const paths = Object.entries(openApi('')['paths'] as Record<string, object>).map(([template, operations]) => ({
  pattern: new RegExp(`^${template.replaceAll('.', '\\.').replace(/\{\w+\}/g, '[^/]+')}$`),
  methods: Object.keys(operations).map((method) => method.toUpperCase()),
}));

export const wrongMethod: RequestHandler = function wrongMethod(request, _response, next) {
  const known = paths.filter(({ pattern }) => pattern.test(request.path));
  const methods = [...new Set(known.flatMap((path) => path.methods))];
  // HEAD is taken wherever GET is
  const asked = request.method === 'HEAD' ? 'GET' : request.method;
  if (methods.length === 0 || methods.includes(asked) || asked === 'OPTIONS') return next();
  throw new Problem(405, 'method_not_allowed', `${request.method} is not for this path, which takes ${methods.join(', ')}.`, {
    headers: { Allow: methods.join(', ') },
  });
};
