// The one place where errors become answers: RFC 9457, no stack, no path, no SQL.
import type { ErrorRequestHandler, RequestHandler, Response } from 'express';
import { STATUS_CODES } from 'node:http';
import { Problem } from '../domain/problem.ts';

export function sendProblem(response: Response, problem: Problem, members: Record<string, unknown> = {}): void {
  response
    .status(problem.status)
    .set(problem.headers)
    .type('application/problem+json')
    .send(
      JSON.stringify({
        type: `/problems/${problem.code}`,
        title: STATUS_CODES[problem.status] ?? 'Error',
        status: problem.status,
        code: problem.code,
        detail: problem.message,
        errors: problem.errors,
        ...members,
      }),
    );
}

export const notFound: RequestHandler = (request) => {
  throw new Problem(404, 'no_such_path', `There is nothing at ${request.path.slice(0, 120)}.`);
};

/** Answers of body parsers and of Express itself, in the words of this service. */
function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  const { type, status } = (typeof error === 'object' && error !== null ? error : {}) as { type?: string; status?: number };
  if (type === 'entity.parse.failed') return new Problem(400, 'not_json', 'The body is not JSON.');
  if (type === 'entity.too.large') return new Problem(413, 'body_too_large', 'The body is larger than this path takes.');
  if (type === 'encoding.unsupported') return new Problem(415, 'encoding_unsupported', 'Send the body without compression.');
  if (type === 'charset.unsupported') return new Problem(415, 'charset_unsupported', 'Send the body in UTF-8.');
  if (error instanceof URIError) return new Problem(400, 'bad_path', 'The path is not well encoded.');
  if (status !== undefined && status >= 400 && status < 500) return new Problem(status, 'bad_request', 'The request cannot be read.');
  return new Problem(500, 'internal', 'Something went wrong here. It has been noted; try again.');
}

export function problemHandler(log: (line: string) => void): ErrorRequestHandler {
  return function answerProblem(error: unknown, request, response, next) {
    const problem = problemOf(error);
    if (problem.status >= 500)
      log(`${request.method} ${request.path}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    if (response.headersSent) {
      next(error);
      return;
    }
    sendProblem(response, problem);
  };
}
