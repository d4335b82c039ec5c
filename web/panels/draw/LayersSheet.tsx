// What is counted and what the map shows, over the map while one draws: the same lists as beside the figures.
import { layersOpen } from '../../operations/list.ts';
import { drawWords } from '../../i18n/draw/words.ts';
import { words } from '../../i18n/t.ts';
import { Basis } from '../count/Basis.tsx';
import { Layers } from '../count/Layers.tsx';
import { Icon } from '../shell/Icon.tsx';

export function LayersSheet() {
  if (!layersOpen.value) return null;
  return (
    <aside class="layers-sheet floating" aria-label={drawWords().layersButton} data-testid="layers-sheet">
      <button type="button" class="quiet" aria-label={words().close} onClick={() => (layersOpen.value = false)}>
        <Icon name="close" size={18} />
      </button>
      <Basis />
      <Layers />
    </aside>
  );
}
