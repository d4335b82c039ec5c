// Placemarks of KML 2.2 (OGC 07-147r2) and of KMZ, which is KML in a zip. Styles, overlays and network links are not read.
import { readFile } from 'node:fs/promises';
import { unusable } from '../issues.ts';
import type { Source, SourceRow } from '../source.ts';
import { walkXml } from './xml.ts';
import { readZip } from './zip.ts';

const MOST_BYTES = 400 * 1024 * 1024;

export async function readKmz(path: string): Promise<Source> {
  const members = await readZip(path, (name) => name.endsWith('.kml'));
  const document = members.get('doc.kml') ?? [...members.values()][0];
  if (!document) throw unusable('no_kml', 'The .kmz has no .kml in it.');
  if (members.size > 1 && !members.has('doc.kml')) throw unusable('many_kml', 'The .kmz has several .kml files. Upload one at a time.');
  return sourceOf(document);
}

export async function readKml(path: string): Promise<Source> {
  const bytes = await readFile(path);
  if (bytes.length > MOST_BYTES)
    throw unusable('kml_too_large', 'A KML file of more than 400 MB cannot be read at once. Export it as GeoPackage.', 413);
  return sourceOf(bytes);
}

interface Placemark {
  readonly values: Map<string, unknown>;
  readonly geometries: { type: string; coordinates: unknown }[];
  id: string | null;
}

function sourceOf(bytes: Uint8Array): Source {
  const { placemarks, links } = placemarksOf(bytes);
  if (placemarks.length === 0) throw unusable('no_placemarks', 'The KML has no placemarks.');
  const columns = new Set<string>();
  for (const { values } of placemarks) for (const name of values.keys()) columns.add(name);
  return {
    encoding: 'utf-8',
    statedCrs: 'EPSG:4326',
    columns: [...columns],
    hasGeometry: true,
    notes: links > 0 ? [{ code: 'links_not_followed', message: `${links} 个网络链接未读取 ${links} network links were not followed` }] : [],
    rows: async function* () {
      for (const [i, { values, geometries, id }] of placemarks.entries()) {
        yield { row: i + 1, values, geometry: joined(geometries), ...(id === null ? {} : { id }) } satisfies SourceRow;
      }
    },
  };
}

function joined(geometries: Placemark['geometries']): unknown {
  const [only] = geometries;
  if (geometries.length <= 1) return only ?? null;
  const types = new Set(geometries.map(({ type }) => type));
  if (types.size === 1 && only) return { type: `Multi${only.type}`, coordinates: geometries.map(({ coordinates }) => coordinates) };
  return { type: 'GeometryCollection', geometries };
}

function placemarksOf(bytes: Uint8Array): { placemarks: Placemark[]; links: number } {
  const placemarks: Placemark[] = [];
  let links = 0;
  let current: Placemark | null = null;
  let path: string[] = [];
  let text: string[] = [];
  let field: string | null = null;
  let polygon: unknown[][] | null = null;
  walkXml(bytes, 'The KML', {
    open: (name, attributes) => {
      path.push(name);
      text = [];
      if (name === 'Placemark') current = { values: new Map(), geometries: [], id: attributes['id'] ?? null };
      else if (name === 'NetworkLink') links++;
      else if (name === 'Data' || name === 'SimpleData') field = attributes['name'] ?? null;
      else if (name === 'Polygon') polygon = [];
    },
    text: (part) => {
      text.push(part);
    },
    close: (name) => {
      path = path.slice(0, -1);
      const parent = path.at(-1);
      const content = text.join('').trim();
      text = [];
      if (!current) return;
      if ((name === 'name' || name === 'description') && parent === 'Placemark') current.values.set(name, content);
      else if ((name === 'value' && parent === 'Data') || name === 'SimpleData') {
        if (field !== null) current.values.set(field, content);
      } else if (name === 'coordinates') placed(current, parent, positionsOf(content), polygon);
      else if (name === 'Polygon' && polygon) {
        current.geometries.push({ type: 'Polygon', coordinates: polygon });
        polygon = null;
      } else if (name === 'Placemark') {
        placemarks.push(current);
        current = null;
      }
    },
  });
  return { placemarks, links };
}

function placed(placemark: Placemark, parent: string | undefined, positions: number[][], polygon: unknown[][] | null): void {
  if (parent === 'LinearRing' && polygon) polygon.push(positions);
  else if (parent === 'Point' && positions[0]) placemark.geometries.push({ type: 'Point', coordinates: positions[0] });
  else if (parent === 'LineString' || parent === 'LinearRing') placemark.geometries.push({ type: 'LineString', coordinates: positions });
}

/** `lon,lat[,height] lon,lat …` */
function positionsOf(text: string): number[][] {
  return text
    .split(/\s+/)
    .filter((part) => part !== '')
    .map((part) => part.split(',').slice(0, 2).map(Number));
}
