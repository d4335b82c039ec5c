// Words of the chosen language. Both dictionaries have the same keys: the compiler sees to it.
import { computed } from '@preact/signals';
import type { Words } from '../../server/domain/field.ts';
import { language } from '../state/preferences.ts';
import { en } from './en.ts';
import { zhCN } from './zh-CN.ts';

export type Widened<T> = T extends string
  ? string
  : T extends (...given: infer Given) => string
    ? (...given: Given) => string
    : T extends readonly string[]
      ? readonly string[]
      : { readonly [Key in keyof T]: Widened<T[Key]> };

export type Dictionary = Widened<typeof zhCN>;

const dictionary = computed<Dictionary>(() => (language.value === 'en' ? en : zhCN));

/** Words of a part that is fetched by itself, in the language now in use; both dictionaries have the same keys. */
export const wordsOf =
  <T>(zh: T, inEnglish: Widened<T>): (() => Widened<T>) =>
  () =>
    language.value === 'en' ? inEnglish : (zh as Widened<T>);

/** The dictionary now in use. Reading it in a component or effect subscribes to the language. */
export const words = (): Dictionary => dictionary.value;

/** The half of a bilingual label that is read now. */
export const say = (both: Words): string => (language.value === 'en' ? both.en : both.zh);
