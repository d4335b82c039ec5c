// GeoPackage geometry blobs (OGC 12-128r18, 2.1.3): a header with SRS and envelope, then WKB. Always lon/lat.
import type { Geometry } from '../../domain/feature.ts';
import type { Bounds } from '../../domain/service.ts';
import { boundsOf } from '../../geo/bounds.ts';
import { fromWkb, toWkb, WkbError } from '../../geo/wkb.ts';

const HEADER = 8;
const ENVELOPE = 32;
/** Bytes of the envelope by the indicator in bits 1 to 3 of the flags. */
const ENVELOPE_BYTES = [0, 32, 48, 48, 64];

/** A geometry in EPSG:4326 as a GeoPackage blob with an xy envelope (none for points, as the standard advises). */
export function toBlob(geometry: Geometry, srsId = 4326): Uint8Array {
  const envelope = geometry.type !== 'Point';
  const bytes = toWkb(geometry, HEADER + (envelope ? ENVELOPE : 0));
  const view = new DataView(bytes.buffer);
  bytes.set([0x47, 0x50, 0, envelope ? 0b0000_0011 : 0b0000_0001]);
  view.setInt32(4, srsId, true);
  if (envelope) {
    const [west, south, east, north] = boundsOf(geometry);
    [west, east, south, north].forEach((value, i) => view.setFloat64(HEADER + i * 8, value, true));
  }
  return bytes;
}

interface Header {
  srsId: number;
  empty: boolean;
  envelope: Bounds | null;
  body: number;
}

function headerOf(blob: Uint8Array): Header {
  const view = new DataView(blob.buffer, blob.byteOffset, blob.byteLength);
  if (blob.byteLength < HEADER || blob[0] !== 0x47 || blob[1] !== 0x50) throw new WkbError('not a GeoPackage geometry');
  const flags = view.getUint8(3);
  const little = (flags & 1) === 1;
  const envelopeBytes = ENVELOPE_BYTES[(flags >> 1) & 7];
  if (envelopeBytes === undefined) throw new WkbError('the geometry header has an unknown envelope');
  if (blob.byteLength < HEADER + envelopeBytes) throw new WkbError('the geometry ends early');
  const double = (index: number) => view.getFloat64(HEADER + index * 8, little);
  return {
    srsId: view.getInt32(4, little),
    empty: (flags & 0b1_0000) !== 0,
    envelope: envelopeBytes === 0 ? null : [double(0), double(2), double(1), double(3)],
    body: HEADER + envelopeBytes,
  };
}

/** The geometry of a blob, null when it is empty. @throws WkbError on bytes that are no such blob. */
export function fromBlob(blob: Uint8Array): Geometry | null {
  const header = headerOf(blob);
  return header.empty ? null : fromWkb(blob, header.body);
}

/** The box of a blob, without reading the coordinates where an envelope is there; null when empty. */
export function boundsOfBlob(blob: Uint8Array): Bounds | null {
  const header = headerOf(blob);
  if (header.empty) return null;
  if (header.envelope) return header.envelope;
  const geometry = fromWkb(blob, header.body);
  return geometry ? boundsOf(geometry) : null;
}
