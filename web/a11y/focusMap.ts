// The keyboard goes to the map: after a tool was chosen, and where a button has gone that had the focus.
import { theMap } from '../map/camera.ts';

export function focusMap(): void {
  theMap.peek()?.getCanvas().focus({ preventScroll: true });
}
