// What every format's writer is given, and what it must do.
import type { Feature, PropertyValue } from '../domain/feature.ts';
import type { Field } from '../domain/field.ts';
import type { LayerName } from '../domain/layer.ts';
import type { Losses } from './losses.ts';

/** Takes features one by one, their coordinates in the system asked for, easting or longitude first. */
export interface LayerWriter {
  write(feature: Feature): void;
  /** Ends the file. @throws Problem where the format cannot hold what it was given */
  finish(): void;
}

export interface Target {
  readonly layer: LayerName;
  /** Fields that the role sees, in the catalogue's order. */
  readonly fields: readonly Field[];
  readonly epsg: number;
  readonly geographic: boolean;
  /** Folder of this export alone, for the file and for whatever waits on the way to it. */
  readonly folder: string;
  /** File to write. */
  readonly path: string;
  readonly losses: Losses;
  /** Date that the file states. */
  readonly modified: Date;
}

// NUL and other controls: XML does not have them, and readers of tables stop at them
// oxlint-disable-next-line no-control-regex
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;

/** A value as a table's cell. Empty text, which a table cannot tell from no value, and controls are counted as losses. */
export function cellOf(field: Field, value: PropertyValue | undefined, losses: Losses): string | number | boolean | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'number' || (typeof value === 'boolean' && field.type !== 'json')) return value;
  if (field.type === 'json' || typeof value !== 'string') return JSON.stringify(value);
  if (value === '') losses.add(field.name, 'empty_text');
  return withoutControls(field.name, value, losses);
}

/** The text with U+FFFD in place of characters that no table keeps. */
export function withoutControls(field: string, text: string, losses: Losses): string {
  if (!CONTROLS.test(text)) return text;
  losses.add(field, 'character_replaced');
  return text.replace(new RegExp(CONTROLS, 'g'), '\ufffd');
}
