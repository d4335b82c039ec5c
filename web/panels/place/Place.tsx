// Households without a position, listed and placed by hand: fetched when the list is opened.
import '../../styles/place.css';
import { followPlacing, placing } from '../../state/staff/place.ts';
import { followUnlocated } from '../../state/staff/unlocated.ts';
import { followMark } from './mark.ts';
import { PlaceCard } from './PlaceCard.tsx';
import { Unlocated } from './Unlocated.tsx';

export { PlaceCard, placing, Unlocated };

/** Everything of it that follows state rather than being drawn. */
export function followPlace(): void {
  followUnlocated();
  followPlacing();
  followMark();
}
