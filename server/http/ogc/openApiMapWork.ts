// The paths that serve those who work on the map: comparing, building and searching, what others edit, what was removed, photos.
import { answer, bytes, item, operation, ref, type Json } from './openApiParts.ts';

export function mapWorkPaths(): Record<string, Json> {
  return {
    '/api/exposure/membership': {
      get: operation('membership', {
        summary: 'Positions of the packed index that zones take in, as runs [from, to, …]',
        who: 'analyst',
        parameters: [
          {
            name: 'zone',
            in: 'query',
            required: true,
            description: 'layer:id; repeat it for several',
            schema: { type: 'array', items: { type: 'string' }, minItems: 1, maxItems: 50 },
          },
        ],
      }),
    },
    '/api/exposure/what-if/list': {
      post: operation('whatIfList', {
        summary: 'Who would come into a drawn area, and who would drop out of another',
        who: 'analyst',
        body: 'application/json',
        parameters: [BASE],
      }),
    },
    '/api/geometry/buffer': {
      post: operation('buffer', {
        summary: 'A shape made wider, or an area made narrower by negative metres',
        who: 'planner',
        body: 'application/json',
      }),
    },
    '/api/geometry/simplify': {
      post: operation('simplify', { summary: 'A shape with fewer vertices', who: 'planner', body: 'application/json' }),
    },
    '/api/editing': {
      get: operation('editing', { summary: 'Who edits which zone at this moment', who: 'analyst' }),
      put: operation('sayEditing', {
        summary: 'Say which zone this page edits, or none; to be repeated every 20 s',
        who: 'planner',
        body: 'application/json',
        parameters: [{ name: 'X-Page', in: 'header', required: true, schema: { type: 'string' } }],
      }),
    },
    '/api/removed/{layer}': {
      get: operation('removed', {
        summary: 'Features that were removed and are not there now, the latest first',
        who: 'planner',
        parameters: [ref('layer'), count('limit', 100, 1000)],
      }),
    },
    '/api/removed/{layer}/{id}/restore': {
      post: operation('restore', {
        summary: 'Put a removed feature back as it was last; If-Match names the revision of its removal',
        who: 'planner',
        status: '201',
        parameters: [...item, ref('ifMatch'), { name: 'X-Reason', in: 'header', required: true, schema: { type: 'string' } }],
      }),
    },
    '/api/search': {
      get: operation('search', {
        summary: 'Features by code, name, address, person or telephone number',
        who: 'analyst',
        parameters: [{ name: 'q', in: 'query', required: true, schema: { type: 'string', maxLength: 100 } }, count('limit', 20, 100)],
      }),
    },
    '/api/photos/{layer}/{id}': {
      get: operation('photos', { summary: 'The photos of a feature', who: 'analyst', parameters: item }),
      post: operation('addPhoto', {
        summary: 'Add a photo (JPEG, PNG or WebP); it is written anew without anything that the camera noted',
        who: 'planner',
        status: '201',
        ok: answer('The photo'),
        parameters: item,
        body: 'multipart/form-data',
      }),
    },
    '/api/photos/{layer}/{id}/{photo}': {
      get: operation('photo', {
        summary: 'A photo',
        who: 'analyst',
        ok: bytes('A picture', 'image/jpeg'),
        parameters: [...item, PHOTO, { name: 'size', in: 'query', required: false, schema: { type: 'string', enum: ['large', 'small'] } }],
      }),
      delete: operation('removePhoto', {
        summary: 'Remove a photo for good',
        who: 'planner',
        status: '204',
        ok: { description: 'Removed' },
        parameters: [...item, PHOTO],
      }),
    },
  };
}

const PHOTO = { name: 'photo', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } };

const count = (name: string, fallback: number, most: number): Json => ({
  name,
  in: 'query',
  required: false,
  schema: { type: 'integer', minimum: 1, maximum: most, default: fallback },
});

const BASE = {
  name: 'base',
  in: 'query',
  required: false,
  schema: { type: 'string', enum: ['registered', 'resident', 'at_home'], default: 'resident' },
};
