// The place that was pointed at for a household without a position.
import { computed } from '@preact/signals';
import { followPointMark } from '../../map/pointMark.ts';
import { choosePlace, placing } from '../../state/staff/place.ts';

const at = computed(() => placing.value?.chosen ?? null);
const busy = computed(() => placing.value?.saving ?? false);

export const followMark = (): void => followPointMark({ testid: 'place-mark', at, busy, moved: choosePlace });
