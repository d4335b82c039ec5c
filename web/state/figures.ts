// All figures on the page come from here: one answer feeds totals, bars, table and cards, so they cannot disagree.
import { computed, effect } from '@preact/signals';
import type { ExposureReport } from '../../server/domain/figure.ts';
import type { PublishedFigures } from '../../server/domain/service.ts';
import { fetchPublished, fetchReport } from '../api/exposure.ts';
import { exposureQuery, type Facet } from './query.ts';
import { createResource, type Resource } from './resource.ts';
import { config, isEmpty, isStaff, revision } from './service.ts';
import { view } from './view.ts';

const MOST_KEPT = 12;
const answers = new Map<string, Promise<ExposureReport>>();

/** Asks once for each query and revision; totals and breakdowns mostly share one answer. */
function sharedReport(key: string): Promise<ExposureReport> {
  const kept = answers.get(key);
  if (kept) return kept;
  const [query = ''] = key.split('@');
  const asked = fetchReport(query);
  answers.set(key, asked);
  asked.catch(() => answers.delete(key));
  for (const old of [...answers.keys()].slice(0, Math.max(0, answers.size - MOST_KEPT))) answers.delete(old);
  return asked;
}

const reportResource = (): Resource<ExposureReport> => createResource<ExposureReport>((key) => sharedReport(key));

export const totals = reportResource();
export const facets: Readonly<Record<Exclude<Facet, 'register'>, Resource<ExposureReport>>> = {
  township: reportResource(),
  hazardType: reportResource(),
  layer: reportResource(),
};
export const published = createResource<PublishedFigures>((_key, signal) => fetchPublished(signal));

export const totalsQuery = computed(() => exposureQuery(view.value));

/** Keeps the figures in step with filters, role and revision. */
export function followFigures(): void {
  effect(() => {
    if (!config.value || isEmpty.value) return;
    const at = `@${revision.value}`;
    if (!isStaff.value) {
      answers.clear();
      for (const resource of [totals, ...Object.values(facets)]) resource.clear();
      published.load(at);
      return;
    }
    totals.load(totalsQuery.value + at);
    for (const [facet, resource] of Object.entries(facets)) {
      resource.load(exposureQuery(view.value, facet as Facet) + at);
    }
  });
}
