// A shape that somebody asks to be made wider, narrower or simpler: from the body of the request to that of the answer, so that the
// serving thread reads and writes neither.
import * as z from 'zod';
import type { Geometry } from '../domain/feature.ts';
import { Problem } from '../domain/problem.ts';
import { geodesicArea } from '../geo/area.ts';
import { polygonsOf } from '../geo/covers.ts';
import { crsOfEpsg, type Crs } from '../geo/crs.ts';
import { checkGeometry } from '../ingest/geometry/check.ts';
import { mendArea } from '../ingest/geometry/mend.ts';
import type { GeometryKernel } from '../zones/kernel/geos.ts';
import { narrowed, simplified, verticesOf, widened } from '../zones/kernel/reshape.ts';

/** Metres; further out the frame in which shapes are built is no longer true to a centimetre. */
const FARTHEST = 20_000;
const COARSEST = 10_000;

const WGS84 = crsOfEpsg(4326) as Crs;
const buffer = z.strictObject({
  geometry: z.unknown(),
  metres: z
    .number()
    .min(-FARTHEST)
    .max(FARTHEST)
    .refine((metres) => metres !== 0),
});
const simplify = z.strictObject({ geometry: z.unknown(), metres: z.number().positive().max(COARSEST) });

/** @throws Problem 400 for what is no such request, 422 for a shape that cannot be read or of which nothing is left */
export function bufferedBody(body: string, kernel: GeometryKernel): Uint8Array {
  const { metres, ...request } = parsed(buffer, body, `Send {"geometry": GeoJSON, "metres": -${FARTHEST} to ${FARTHEST}, not 0}.`);
  const geometry = soundShape(request.geometry, kernel);
  if (metres > 0) return written(firm(widened(geometry, metres, kernel), kernel));
  const left = polygonsOf(geometry).length === 0 ? null : narrowed(geometry, -metres, kernel);
  return written(left && firm(left, kernel));
}

/** @throws Problem as above */
export function simplifiedBody(body: string, kernel: GeometryKernel): Uint8Array {
  const { metres, ...request } = parsed(simplify, body, `Send {"geometry": GeoJSON, "metres": more than 0, at most ${COARSEST}}.`);
  const geometry = soundShape(request.geometry, kernel);
  if (geometry.type === 'Point') return written(geometry);
  const simpler = simplified(geometry, metres, kernel);
  return written(polygonsOf(simpler).length === 0 ? simpler : firm(simpler, kernel));
}

function parsed<T>(schema: z.ZodType<T>, body: string, expected: string): T {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    throw new Problem(400, 'not_json', 'The body is not JSON.');
  }
  const result = schema.safeParse(json);
  if (result.success) return result.data;
  throw new Problem(400, 'bad_shape_request', expected, {
    errors: result.error.issues.slice(0, 20).map(({ path, code, message }) => ({ pointer: `/${path.join('/')}`, code, detail: message })),
  });
}

/** The shape as it is counted: an area that crosses itself is what it encloses. */
function soundShape(raw: unknown, kernel: GeometryKernel): Geometry {
  // facilities take every kind of geometry, so their check is the widest
  const checked = checkGeometry('facilities', raw, WGS84);
  if ('fault' in checked) throw atGeometry(checked.fault, checked.message);
  const sound = checked.geometry && mendArea(checked.geometry, kernel, [], false);
  if (!sound) throw atGeometry('geometry_missing', 'The shape is empty, or holds no ground.');
  return sound;
}

/** Without slivers, rings as RFC 7946 wants them. */
function firm(area: Geometry, kernel: GeometryKernel): Geometry | null {
  return mendArea(area, kernel, [], false);
}

function written(geometry: Geometry | null): Uint8Array {
  if (!geometry) throw atGeometry('nothing_left', '缩小后无剩余范围，请减小距离 Nothing is left of the shape: give a smaller distance.');
  return new TextEncoder().encode(JSON.stringify({ geometry, area: geodesicArea(geometry).area, vertices: verticesOf(geometry) }));
}

function atGeometry(code: string, detail: string): Problem {
  return new Problem(422, code, detail, { errors: [{ pointer: '/geometry', code, detail }] });
}
