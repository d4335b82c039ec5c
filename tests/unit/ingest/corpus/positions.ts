// Positions as ledgers write them.
import { households, one, type Taken, type TrickyFile } from './trickyFile.ts';

const HERE = [113.55, 28.15] as const;
const text = (...lines: readonly string[]) => lines.join('\n');
const at = (lon: string, lat: string, header = '经度,纬度') =>
  text(`户号,常住人口,${header}`, `h1,3,"${lon.replaceAll('"', '""')}","${lat.replaceAll('"', '""')}"`);
const here = (name: string, lon: string, lat: string, expected: Partial<Taken> = {}) =>
  households(name, at(lon, lat), one({ at: HERE, ...expected }));
const refused = (code: string, field: string) => ({
  counts: [1, 0, 0, 1, 0] as const,
  issues: { [code]: 1 },
  rejectedRows: [[1, field, code]] as const,
});

const DEGREES: readonly TrickyFile[] = [
  here('signs of degrees', '113°33′00″', '28°9′0″', {
    features: [{ properties: { position_method: 'dms', source_position: '113°33′00″ | 28°9′0″' } }],
  }),
  here('typewriter signs and decimals', `113°33'0.00"`, `28°09'00.0"`),
  here('Chinese signs', '113度33分0秒', '28度9分0秒'),
  here('full-width digits and signs', '１１３°３３′００″', '２８°０９′００″'),
  here('two quotes for seconds', `113°33'0''`, `28°9'0''`),
  here('the ordinal sign for degrees', '113º33’00”', '28º09’00”'),
  here('colons', '113:33:00', '28:09:00'),
  here('spaces', '113 33 00', '28 09 00'),
  here('minutes with decimals', '113°33.000′', '28°9.000′'),
  here('degrees alone with their sign', '113.55°', '28.15°'),
  here('hemispheres in Latin', `E113°33'00"`, `28.15N`),
  here('hemispheres in Chinese', '东经113°33′00″', '北纬28°9′'),
  here('hemispheres in each other’s column', `N28°9'0"`, `E113°33'0"`, { counts: [1, 1, 1, 0, 0], issues: { position_swapped: 1 } }),
  here('the unit in words', '113.55度', '28.15度'),
  here('degrees, minutes and seconds in one number', '1133300', '280900', {
    issues: { notation_found: 1 },
    features: [{ properties: { position_method: 'packed' } }],
  }),
  here('degrees.minutes and seconds', '113.3300', '28.0900', {
    issues: { notation_found: 1 },
    features: [{ properties: { position_method: 'dotted' } }],
  }),
  households('sixty minutes', at('113°60′00″', '28°9′0″'), refused('not_a_coordinate', '经度')),
  households('sixty-one seconds', at('113°33′61″', '28°9′0″'), refused('not_a_coordinate', '经度')),
  households('a letter among the digits', at('113.5S5', '28.15'), refused('not_a_coordinate', '经度')),
  households('a longitude alone', at('113.55', ''), refused('position_half', '纬度')),
  households('no position in one row of two', text('户号,经度,纬度', 'h1,,', 'h2,113.55,28.15'), {
    counts: [2, 2, 0, 0, 0],
    issues: { unlocated: 1 },
    features: [{ geometry: null }, { id: 'h2' }],
  }),
  households('no position columns at all', text('户号,常住人口', 'h1,3'), {
    counts: [1, 1, 0, 0, 0],
    issues: { no_position_columns: 1 },
    features: [{ geometry: null }],
  }),
  households('one row the wrong way round', text('户号,经度,纬度', 'h1,113.55,28.15', 'h2,28.15,113.55', 'h3,113.56,28.16'), {
    counts: [3, 3, 1, 0, 0],
    issues: { position_swapped: 1, equal_positions: 1 },
    features: [{ id: 'h1' }, { geometry: { type: 'Point', coordinates: [113.55, 28.15] } }, { id: 'h3' }],
  }),
  households('both columns the wrong way round', text('户号,经度,纬度', 'h1,28.15,113.55', 'h2,28.16,113.56'), {
    counts: [2, 2, 0, 0, 0],
    issues: { columns_swapped: 1 },
    at: HERE,
  }),
  households('a place in another province', at('103.55', '28.15'), refused('outside_county', 'geometry')),
  households('a place in the county’s box, but 6 km from its border', text('户号,经度,纬度', 'h1,113.685,28.2', 'h2,113.66,28.18'), {
    counts: [2, 1, 0, 1, 0],
    issues: { outside_county: 1 },
    rejectedRows: [[1, 'geometry', 'outside_county']],
  }),
  households('the origin of all maps', at('0', '0'), refused('outside_county', 'geometry')),
  households('off the globe', text('户号,经度,纬度', 'h1,113.55,28.15', 'h2,213.55,98.15'), {
    counts: [2, 1, 0, 1, 0],
    issues: { off_the_globe: 1 },
    rejectedRows: [[2, 'geometry', 'off_the_globe']],
  }),
];

/** 28.15°N 113.55°E: Gauss-Krüger by PROJ, central meridian 114°E (3° zone 38) and 111°E (6° zone 19). */
const GRID = { northing: 3115146.7392, easting: 455798.3493, northing6: 3117696.0686, easting6: 750520.7973 };
const grid = (x: string, y: string, header = 'X坐标,Y坐标') => at(x, y, header);

const METRES: readonly TrickyFile[] = [
  households(
    'X is the northing, with the zone in Y',
    grid(`${GRID.northing}`, `38${GRID.easting}`),
    one({ crs: 'EPSG:4526', issues: { crs_proposed: 1 }, at: HERE }),
  ),
  households(
    'X and Y as mathematicians have them',
    grid(`38${GRID.easting}`, `${GRID.northing}`, 'x,y'),
    one({ crs: 'EPSG:4526', issues: { crs_proposed: 1 }, at: HERE }),
  ),
  households(
    'metres under 经度 and 纬度',
    grid(`38${GRID.easting}`, `${GRID.northing}`, '经度,纬度'),
    one({ crs: 'EPSG:4526', issues: { crs_proposed: 1 }, at: HERE }),
  ),
  households(
    'metres with their unit and thousands',
    grid(`${GRID.northing.toFixed(2)}米`, `38${GRID.easting}m`),
    one({ crs: 'EPSG:4526', issues: { crs_proposed: 1 } }),
  ),
  households(
    'a 6° zone by its number',
    grid(`${GRID.northing6}`, `19${GRID.easting6}`),
    one({ crs: 'EPSG:4497', issues: { crs_proposed: 1 }, at: HERE }),
  ),
  households('an easting that lost its zone', grid(`${GRID.northing}`, `${GRID.easting}`), {
    refused: 'crs_needed',
    says: /EPSG:4547/,
    offered: ['EPSG:4547'],
  }),
  households('the same with the zone given', grid(`${GRID.northing}`, `${GRID.easting}`), one({ crs: 'EPSG:4547', at: HERE }), {
    crs: 'EPSG:4547',
  }),
  households(
    'one row lost its zone, the others have it',
    text('户号,X坐标,Y坐标', `h1,${GRID.northing},38${GRID.easting}`, `h2,${GRID.northing},${GRID.easting}`),
    {
      counts: [2, 1, 0, 1, 0],
      issues: { crs_proposed: 1, zone_missing: 1 },
      rejectedRows: [[2, 'Y坐标', 'zone_missing']],
    },
  ),
  households(
    'northing and easting exchanged in one row',
    text(
      '户号,X坐标,Y坐标',
      `h1,${GRID.northing},38${GRID.easting}`,
      `h2,38${GRID.easting},${GRID.northing}`,
      `h3,${GRID.northing + 100},38${GRID.easting}`,
    ),
    {
      counts: [3, 3, 1, 0, 0],
      issues: { crs_proposed: 1, position_swapped: 1, equal_positions: 1 },
    },
  ),
  households(
    'Xi’an 80 without parameters',
    grid(`${GRID.northing}`, `38${GRID.easting}`),
    { refused: 'crs_other_datum', says: /transform/ },
    { crs: 'EPSG:2362' },
  ),
  households('a system that nobody knows', at('113.55', '28.15'), { refused: 'crs_unknown', says: /EPSG:4490/ }, { crs: 'EPSG:99999' }),
  households(
    'a web map’s coordinates, as the user says',
    at('113.5555135784', '28.1465233266'),
    one({ crs: 'GCJ-02', at: [113.55, 28.15] }),
    { crs: 'GCJ-02' },
  ),
];

export const POSITIONS: readonly TrickyFile[] = [...DEGREES, ...METRES];
