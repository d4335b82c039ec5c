// The new position of the feature in the form.
import { computed } from '@preact/signals';
import { followPointMark } from '../../map/pointMark.ts';
import { form } from '../../state/staff/recordsForm.ts';
import { putAt } from '../../state/staff/recordsPosition.ts';
import { recordsOpen } from '../../state/staff/recordsView.ts';

// The geometry stays the same while the form is typed in, and so does the mark.
const point = computed(() => {
  const now = form.value;
  return recordsOpen.value && now?.geometry?.type === 'Point' ? now.geometry : null;
});
const at = computed(() => {
  const [lon = 0, lat = 0] = point.value?.coordinates ?? [];
  return point.value && { lon, lat };
});
const busy = computed(() => form.value?.busy ?? false);

export const followMark = (): void => followPointMark({ testid: 'record-mark', at, busy, moved: putAt });
