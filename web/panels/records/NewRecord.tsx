// A new feature: to which layer, and whether its position comes first or its drawing.
import { useEffect, useRef } from 'preact/hooks';
import { layerOf, type LayerName } from '../../../server/domain/layer.ts';
import { recordsWords } from '../../i18n/records/words.ts';
import { say } from '../../i18n/t.ts';
import { openDraft } from '../../state/staff/drawView.ts';
import { POINT_LAYERS, RECORD_LAYERS } from '../../state/staff/recordsFields.ts';
import { leaving, showRecords } from '../../state/staff/recordsView.ts';
import { Icon } from '../shell/Icon.tsx';

function begin(layer: LayerName): void {
  if (POINT_LAYERS.has(layer)) showRecords(layer, { at: 'form', id: null });
  else leaving(() => openDraft({ layer }));
}

export function NewRecord({ layer }: { layer: LayerName }) {
  const w = recordsWords();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  // the layer in hand is the likeliest
  const layers = [layer, ...RECORD_LAYERS.filter((one) => one !== layer)];
  return (
    <div class="book-scroll" data-testid="new-record">
      <h3 ref={heading} tabindex={-1}>
        {w.newIntro}
      </h3>
      <ul class="new-layers">
        {layers.map((one) => (
          <li key={one}>
            <button type="button" data-testid={`new-${one}`} onClick={() => begin(one)}>
              <span class="strong">{say(layerOf(one))}</span>
              <span class="muted">{POINT_LAYERS.has(one) ? w.newPoint : w.newShape}</span>
              <Icon name="next" size={16} />
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
