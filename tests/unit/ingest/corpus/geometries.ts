// Shapes as they come: danger zones in GeoJSON and KML, right in all but one thing.
import { zipOf } from '../../../support/rawShapefile.ts';
import { one, type Refused, type Taken, type TrickyFile } from './trickyFile.ts';

type Ring = readonly (readonly number[])[];

/** A square of about 100 m, counterclockwise. */
const SQUARE: Ring = [
  [113.55, 28.15],
  [113.551, 28.15],
  [113.551, 28.151],
  [113.55, 28.151],
  [113.55, 28.15],
];
const far = (ring: Ring, by: number): Ring => ring.map(([x = 0, y = 0]) => [x + by, y]);
const properties = { name: '后山危险区', extent: 'risk_extent', status: '草案' };
const feature = (geometry: unknown, more: object = {}) => ({ type: 'Feature', id: 'z1', properties, geometry, ...more });
const collection = (features: readonly unknown[], more: object = {}) => JSON.stringify({ type: 'FeatureCollection', ...more, features });
const polygon = (...rings: readonly Ring[]) => ({ type: 'Polygon', coordinates: rings });

const area = (name: string, geometry: unknown, expected: Taken | Refused): TrickyFile => ({
  name,
  files: [['危险区.geojson', collection([feature(geometry)])]],
  layer: 'danger-zones',
  expected,
});
const mended = (code: string, more: Partial<Taken> = {}): Taken => ({ counts: [1, 1, 1, 0, 0], issues: { [code]: 1 }, ...more });
const refusedRow = (code: string): Taken => ({ counts: [1, 0, 0, 1, 0], issues: { [code]: 1 }, rejectedRows: [[1, 'geometry', code]] });
const file = (name: string, fileName: string, content: string | Uint8Array, expected: Taken | Refused): TrickyFile => ({
  name,
  files: [[fileName, content]],
  layer: 'danger-zones',
  expected,
});

const SHAPES: readonly TrickyFile[] = [
  area('a square', polygon(SQUARE), one({ features: [{ geometry: polygon(SQUARE) }] })),
  area('a ring that does not close', polygon(SQUARE.slice(0, 4)), mended('ring_closed', { features: [{ geometry: polygon(SQUARE) }] })),
  area('a ring that runs clockwise', polygon(SQUARE.toReversed()), mended('ring_rewound', { features: [{ geometry: polygon(SQUARE) }] })),
  area(
    'a vertex twice',
    polygon([...SQUARE.slice(0, 2), ...SQUARE.slice(1)]),
    mended('vertices_repeated', { features: [{ geometry: polygon(SQUARE) }] }),
  ),
  area(
    'a bow-tie',
    polygon([
      [113.55, 28.15],
      [113.552, 28.152],
      [113.552, 28.15],
      [113.55, 28.152],
      [113.55, 28.15],
    ]),
    mended('self_crossing', { features: [{ geometry: { type: 'MultiPolygon' } }] }),
  ),
  area(
    'a spike',
    polygon([...SQUARE.slice(0, 3), [113.5505, 28.151], [113.5505, 28.155], [113.5505, 28.151], ...SQUARE.slice(3)]),
    mended('self_crossing', { features: [{ geometry: { type: 'Polygon' } }] }),
  ),
  area(
    'a sliver beside the area',
    {
      type: 'MultiPolygon',
      coordinates: [
        [SQUARE],
        [
          [
            [113.56, 28.15],
            [113.56000001, 28.15],
            [113.56, 28.15000001],
            [113.56, 28.15],
          ],
        ],
      ],
    },
    mended('sliver_removed', { features: [{ geometry: polygon(SQUARE) }] }),
  ),
  area('two parts one over the other', { type: 'MultiPolygon', coordinates: [[SQUARE], [far(SQUARE, 0.0005)]] }, mended('self_crossing')),
  area('a hole outside its shell', polygon(SQUARE, far(SQUARE, 0.01).toReversed()), mended('self_crossing')),
  area(
    'a collection of an area and a stray point',
    { type: 'GeometryCollection', geometries: [polygon(SQUARE), { type: 'Point', coordinates: [113.55, 28.15] }] },
    mended('parts_left_out', { features: [{ geometry: polygon(SQUARE) }] }),
  ),
  area('heights', polygon(SQUARE.map((p) => [...p, 87.5])), one({ features: [{ geometry: polygon(SQUARE) }] })),
  area('no geometry', null, refusedRow('geometry_missing')),
  area('an empty polygon', { type: 'Polygon', coordinates: [] }, refusedRow('geometry_missing')),
  area('a point for an area', { type: 'Point', coordinates: [113.55, 28.15] }, refusedRow('geometry_type')),
  area('a line for an area', { type: 'LineString', coordinates: SQUARE }, refusedRow('geometry_type')),
  area('two vertices', polygon(SQUARE.slice(0, 2)), refusedRow('ring_too_short')),
  area(
    'all vertices on a line',
    polygon([
      [113.55, 28.15],
      [113.551, 28.15],
      [113.552, 28.15],
      [113.55, 28.15],
    ]),
    refusedRow('no_area'),
  ),
  area('coordinates as text', polygon(SQUARE.map((p) => p.map(String)) as unknown as Ring), refusedRow('coordinates_malformed')),
  area(
    'a null among the coordinates',
    polygon([...SQUARE.slice(0, 2), [null, 28.151] as unknown as number[], ...SQUARE.slice(3)]),
    refusedRow('coordinates_malformed'),
  ),
  area('a geometry that is a word', 'POLYGON((1 1))', refusedRow('geometry_malformed')),
  area('a curve', { type: 'CurvePolygon', coordinates: [] }, refusedRow('geometry_type')),
  area('latitude first', polygon(SQUARE.map(([x = 0, y = 0]) => [y, x])), refusedRow('off_the_globe')),
  area('another county', polygon(far(SQUARE, 3)), refusedRow('outside_county')),
  area(
    'a shape nested out of all measure',
    JSON.parse(`{"type":"Polygon","coordinates":${'['.repeat(400)}${']'.repeat(400)}}`),
    refusedRow('ring_too_short'),
  ),
  {
    name: 'several points for one',
    files: [
      [
        '隐患点.geojson',
        collection([
          feature({
            type: 'MultiPoint',
            coordinates: [
              [113.55, 28.15],
              [113.56, 28.15],
            ],
          }),
        ]),
      ],
    ],
    layer: 'shelters',
    expected: refusedRow('geometry_type'),
  },
  {
    name: 'a multipoint of one',
    files: [
      [
        '避险点.geojson',
        collection([
          { ...feature({ type: 'MultiPoint', coordinates: [[113.55, 28.15]] }), properties: { name: '东山小学', capacity: 300 } },
        ]),
      ],
    ],
    layer: 'shelters',
    expected: one({ features: [{ geometry: { type: 'Point', coordinates: [113.55, 28.15] } }] }),
  },
];

const good = JSON.stringify(feature(polygon(SQUARE)));
const KML = (inner: string, head = '<?xml version="1.0" encoding="UTF-8"?>') =>
  `${head}<kml xmlns="http://www.opengis.net/kml/2.2"><Document>${inner}</Document></kml>`;
const RING = SQUARE.map((p) => p.join(',')).join(' ');
const PLACEMARK = `<Placemark id="z1"><name>后山危险区</name><ExtendedData><Data name="extent"><value>risk_extent</value></Data><Data name="status"><value>draft</value></Data></ExtendedData><Polygon><outerBoundaryIs><LinearRing><coordinates>${RING}</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark>`;
const placed = one({
  features: [{ geometry: polygon(SQUARE), properties: { name: '后山危险区', extent: 'risk_extent', status: 'draft' } }],
});

const DOCUMENTS: readonly TrickyFile[] = [
  file('GeoJSON behind a byte order mark', 'z.geojson', `\uFEFF${collection([feature(polygon(SQUARE))])}`, placed),
  file('one feature without a collection', 'z.json', good, placed),
  file(
    'the crs member of old files',
    'z.geojson',
    collection([feature(polygon(SQUARE))], { crs: { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::4490' } } }),
    { ...placed, crs: 'EPSG:4490' },
  ),
  file(
    'an older datum in the crs member',
    'z.geojson',
    collection([feature(polygon(SQUARE))], { crs: { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::4610' } } }),
    { refused: 'crs_other_datum' },
  ),
  file('JSON cut short', 'z.geojson', collection([feature(polygon(SQUARE))]).slice(0, -20), { refused: 'not_json' }),
  file(
    'JSON in GBK',
    'z.geojson',
    Uint8Array.from([
      ...new TextEncoder().encode('{"type":"FeatureCollection","name":"'),
      0xcf,
      0xd5,
      ...new TextEncoder().encode('","features":[]}'),
    ]),
    { refused: 'geojson_encoding' },
  ),
  file('a list of features without a collection', 'z.geojson', `[${good}]`, { refused: 'not_geojson' }),
  file('a bare geometry', 'z.geojson', JSON.stringify(polygon(SQUARE)), { refused: 'not_geojson' }),
  file('a collection with nothing in it', 'z.geojson', collection([]), { refused: 'empty_file' }),
  file('an entry that is no feature', 'z.geojson', collection([feature(polygon(SQUARE)), 7, null, { type: 'Polygon' }]), {
    counts: [4, 1, 0, 3, 0],
    issues: { not_a_feature: 3 },
    rejectedRows: [[2, null, 'not_a_feature']],
  }),
  file('a feature a line, one line broken', 'z.ndjson', `${good}\n{"type":"Feature",\n\n${good.replace('z1', 'z2')}\n`, {
    counts: [3, 2, 0, 1, 0],
    issues: { not_json: 1 },
    rejectedRows: [[2, null, 'not_json']],
    features: [{ id: 'z1' }, { id: 'z2' }],
  }),
  file('a text sequence (RFC 8142)', 'z.geojsonl', `\u001E${good}\n\u001E${good.replace('z1', 'z2')}\n`, {
    counts: [2, 2, 0, 0, 0],
    issues: {},
  }),
  file('KML', 'z.kml', KML(PLACEMARK), placed),
  file('KML that names no encoding and has a comment first', 'z.kml', KML(PLACEMARK, '<!-- made by hand -->'), placed),
  file(
    'KML with a network link',
    'z.kml',
    KML(`${PLACEMARK}<NetworkLink><Link><href>http://example.org/more.kml</href></Link></NetworkLink>`),
    { ...placed, issues: { links_not_followed: 1 } },
  ),
  file(
    'KML with entities of its own',
    'z.kml',
    `<?xml version="1.0"?><!DOCTYPE kml [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>${KML(PLACEMARK, '')}`,
    { refused: 'xml_doctype' },
  ),
  file('KML cut short', 'z.kml', KML(PLACEMARK).slice(0, -30), { refused: 'xml_broken' }),
  file('KML nested out of all measure', 'z.kml', KML('<Folder>'.repeat(200) + '</Folder>'.repeat(200)), { refused: 'xml_broken' }),
  file('KML without a placemark', 'z.kml', KML('<Folder/>'), { refused: 'no_placemarks' }),
  file('KML whose placemark has no geometry', 'z.kml', KML('<Placemark><name>空</name></Placemark>'), refusedRow('geometry_missing')),
  file('KMZ', 'z.kmz', zipOf({ 'doc.kml': KML(PLACEMARK), 'files/icon.png': new Uint8Array(10) }), placed),
  file('KMZ without KML', 'z.kmz', zipOf({ 'readme.txt': 'x' }), { refused: 'no_kml' }),
  file('XML that is no KML', 'z.kml', '<?xml version="1.0"?><gpx><wpt lat="28" lon="113"/></gpx>', { refused: 'no_placemarks' }),
  file('a picture called .geojson', 'z.geojson', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 1, 2, 3), { refused: 'format_mismatch' }),
  file('an ending that nobody reads', 'z.dwg', 'AC1032', { refused: 'format_unknown', says: /GeoPackage/ }),
];

export const GEOMETRIES: readonly TrickyFile[] = [...SHAPES, ...DOCUMENTS];
