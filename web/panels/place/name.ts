// What a household without a position is called, and where its papers say it lives.
import { numberOf, textOf, type Properties } from '../../../server/domain/feature.ts';
import type { Item } from '../../api/features.ts';
import { count } from '../../i18n/format.ts';
import { placeWords } from '../../i18n/place/words.ts';
import { townships } from '../../state/places.ts';
import { view } from '../../state/view.ts';

/** The head of the household, else its number. */
export const nameOf = ({ id, properties }: Item): string => textOf(properties, 'head_name') ?? id;

const PARTS = ['village', 'group', 'house_no'] as const;

const partsOf = (properties: Properties): string[] => PARTS.flatMap((name) => textOf(properties, name) ?? []);

/** The address, else what there is of one. */
export function addressOf({ properties }: Item): string {
  return textOf(properties, 'address') ?? (partsOf(properties).join(placeWords().list) || placeWords().noAddress);
}

/** Village, group and house number as far as the address does not say them. */
export function besideAddress(item: Item): string[] {
  const address = addressOf(item);
  return partsOf(item.properties).filter((part) => !address.includes(part));
}

const PEOPLE = { registered: 'people_registered', resident: 'people', at_home: 'people_at_home' } as const;

/** Its people, counted as the figures beside the list count them. */
export const peopleOf = ({ properties }: Item): string => placeWords().people(count(numberOf(properties, PEOPLE[view.value.base])));

/** The township it is registered in. */
export const townshipOf = ({ properties }: Item) => {
  const code = textOf(properties, 'township');
  return townships.value.find((each) => code !== null && each.code === code) ?? null;
};
