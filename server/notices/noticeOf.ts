// A notice out of the store: reads the zone and what belongs to it, lies round it or rules it, and makes the file.
import { textOf, type Feature, type Geometry } from '../domain/feature.ts';
import type { LayerName } from '../domain/layer.ts';
import { Problem } from '../domain/problem.ts';
import type { Bounds } from '../domain/service.ts';
import type { Words } from '../domain/field.ts';
import { boundsMeet, boundsOf, positionsOf } from '../geo/bounds.ts';
import { meetsBox } from '../geo/meetsBox.ts';
import { viewOf } from '../policy/policy.ts';
import type { Filter } from '../store/filter.ts';
import type { FeatureStore, StoredFeature } from '../store/store.ts';
import { noticeDocx } from './docx.ts';
import { loadFonts, Printable } from './fonts.ts';
import { hazardShown } from './hazardShown.ts';
import type { MapSurroundings } from './mapContext.ts';
import { mapFrame } from './mapFrame.ts';
import { SHEET } from './mapPaper.ts';
import { kindOf, noticeContent } from './noticeContent.ts';
import { plain, type NoticeContent, type NoticeFormat, type NoticeKind } from './noticeModel.ts';
import { noticePdf } from './pdf.ts';

export interface NoticeRequest {
  readonly id: string;
  readonly format: NoticeFormat;
  /** null: as the zone's status asks. */
  readonly kind: NoticeKind | null;
  readonly mapReviewNumber: string | null;
  readonly fontsFolder: string;
  /** YYYY-MM-DD. */
  readonly madeOn: string;
}

export interface NoticeFile {
  readonly bytes: Uint8Array;
  /** Without an ending. */
  readonly name: string;
  readonly kind: NoticeKind;
  readonly corners: number;
}

/** @throws Problem 404 without such a zone, 422 where no notice can be made of it */
export async function noticeOf(store: FeatureStore, request: NoticeRequest): Promise<NoticeFile> {
  const zone = await store.get('danger-zones', request.id);
  if (!zone) throw new Problem(404, 'no_feature', `danger-zones has no feature ${request.id.slice(0, 120)}.`);
  const rules = await store.rules();
  if (!rules) throw new Error('the store has no rules');
  const hazardId = textOf(zone.properties, 'hazard_id');
  const hazard = hazardId === null ? null : await byIdOrCode(store, 'hazard-points', hazardId);
  const kind = request.kind ?? kindOf(zone);
  const content = noticeContent({
    kind,
    zone,
    hazard,
    township: await townshipName(store, textOf(zone.properties, 'township') ?? textOf(hazard?.properties ?? {}, 'township')),
    district: await districtName(store),
    synthetic: (await store.fact('synthetic')) === 'true',
    roads: zone.geometry ? await listed(store, 'facilities', boundsOf(zone.geometry), { op: '=', property: 'kind', value: 'road' }) : [],
    rules: rules.set,
    mapReviewNumber: request.mapReviewNumber,
    revision: await store.revision(),
    madeOn: request.madeOn,
  });
  const shown = hazardShown(hazard, hazardId);
  const point = hazard && shown.geometry ? { ...hazard, geometry: shown.geometry, properties: shown.properties ?? {} } : null;
  const frame = mapFrame(shownPositions(content, point), content.zone, SHEET.face);
  const surroundings = await surroundingsOf(store, frame.bounds, zone.id, point);
  loadFonts(request.fontsFolder);
  const printable = new Printable();
  printable.text(everythingPrinted(content, surroundings));
  const bytes =
    request.format === 'pdf'
      ? noticePdf(content, frame, surroundings, printable)
      : await noticeDocx(content, frame, surroundings, printable);
  return { bytes, name: fileName(content), kind, corners: content.corners };
}

/** A feature by its id, or by its field `code`: registers name points and townships by either. */
async function byIdOrCode(store: FeatureStore, layer: LayerName, id: string): Promise<StoredFeature | null> {
  const found = await store.get(layer, id);
  if (found) return found;
  for await (const feature of store.select(layer, { filter: { op: '=', property: 'code', value: id }, limit: 1 })) return feature;
  return null;
}

async function townshipName(store: FeatureStore, code: string | null): Promise<string | null> {
  const township = code === null ? null : await byIdOrCode(store, 'townships', code);
  return township ? textOf(township.properties, 'name') : null;
}

/** The county: as the store calls it, else the one township feature of that level. */
async function districtName(store: FeatureStore): Promise<string | null> {
  const fact = await store.fact('district');
  if (fact !== null) return (JSON.parse(fact) as Words).zh;
  const counties: string[] = [];
  for await (const { properties } of store.select('townships', { filter: { op: '=', property: 'level', value: 'county' } })) {
    counties.push(textOf(properties, 'name') ?? '');
  }
  return counties.length === 1 && counties[0] ? counties[0] : null;
}

async function listed(store: FeatureStore, layer: LayerName, box: Bounds, filter?: Filter): Promise<StoredFeature[]> {
  const features: StoredFeature[] = [];
  for await (const feature of store.select(layer, { boxes: [box], ...(filter ? { filter } : {}) })) {
    if (feature.geometry && meetsBox(feature.geometry, box)) features.push(feature);
  }
  return features;
}

/** The zone, and the hazard point and registered signs that stand no farther off than the zone is large. */
function* shownPositions({ geometry, signs }: NoticeContent, hazard: Feature | null) {
  yield* positionsOf(geometry);
  const [west, south, east, north] = boundsOf(geometry);
  const near: Bounds = [west - (east - west), south - (north - south), east + (east - west), north + (north - south)];
  const others: Geometry[] = signs.signs.map(({ position }) => ({ type: 'Point', coordinates: position }));
  for (const other of hazard?.geometry ? [...others, hazard.geometry] : others)
    if (boundsMeet(boundsOf(other), near)) yield* positionsOf(other);
}

/** What lies within the frame, through the policy's eyes for the public: a notice hangs on a wall. */
async function surroundingsOf(store: FeatureStore, box: Bounds, id: string, hazard: Feature | null): Promise<MapSurroundings> {
  const seen = async (layer: LayerName, filter?: Filter) =>
    (await listed(store, layer, box, filter)).flatMap((feature) => viewOf('public', layer, feature, { isAnnounced: () => true }) ?? []);
  const townships = await seen('townships');
  return {
    rivers: await seen('river-sections'),
    townships: townships.filter(({ properties }) => !['village', 'grid'].includes(textOf(properties, 'level') ?? 'township')),
    zones: (await seen('danger-zones', { op: '=', property: 'status', value: 'announced' })).filter((zone) => zone.id !== id),
    schools: await seen('schools'),
    shelters: await seen('shelters'),
    hazard,
  };
}

/** All texts that may be printed, to know before the notes are written which characters the fonts lack. */
function everythingPrinted({ rings, geometry: _geometry, zone: _zone, ...texts }: NoticeContent, surroundings: MapSurroundings): string {
  const features: (Feature | null)[] = Object.values(surroundings).flat();
  const names = features.flatMap((feature) => ['name', 'river'].map((name) => textOf(feature?.properties ?? {}, name)));
  return JSON.stringify([texts, rings.map((ring) => ring.name), names]);
}

/** 划定公告-小南沟滑坡: fit for every file system. */
function fileName(content: NoticeContent): string {
  const state = content.watermark === '草稿，未公告' ? '（草稿）' : '';
  const number = plain(content.documentNo);
  const name = content.title.replace(/^关于(撤销|划定)/, '').replace(/的公告$/, '');
  const raw = `${content.kind === 'revocation' ? '撤销' : '划定'}公告-${name}${content.documentNo.some((run) => run.missing) ? '' : `-${number}`}${state}`;
  return raw.replace(/[\\/:*?"<>|\p{Cc}]+/gu, '-').slice(0, 120);
}
