// The zones of the table. While a township is filtered for, those that reach nobody in it are left out.
import { computed } from '@preact/signals';
import type { ZoneFigure } from '../../../server/domain/figure.ts';
import { totals } from '../../state/figures.ts';
import { picking } from '../../state/view.ts';

const township = picking('township');

const reaches = ({ households, schools }: ZoneFigure): boolean => (households ?? 0) > 0 || (schools ?? 0) > 0;

export const shownZones = computed<readonly ZoneFigure[] | null>(() => {
  const report = totals.state.value.data;
  if (!report) return null;
  const zones = township.value === null ? report.byZone : report.byZone.filter(reaches);
  return [...zones].sort((a, b) => (b.households ?? 0) - (a.households ?? 0));
});
