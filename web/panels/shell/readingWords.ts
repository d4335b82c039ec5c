// How coordinates were understood, said so that a wrong order or a wrong zone is seen before anybody goes there.
import { words } from '../../i18n/t.ts';
import type { Coordinates, Reading } from '../../state/search.ts';
import type { GridReading } from '../../state/staff/gridReading.ts';

/** Six decimals are a decimetre. */
const DIGITS = 6;

export const lonLatWords = ({ lon, lat }: Coordinates): string => `${plain(lon)}, ${plain(lat)}`;

/** Without zeros at the end, which nobody typed. */
const plain = (degrees: number): string => String(Number(degrees.toFixed(DIGITS)));

/** 113°33′36.2″ */
export function dmsWords(degrees: number): string {
  const tenths = Math.round(Math.abs(degrees) * 36_000);
  const seconds = (tenths % 600) / 10;
  return `${Math.floor(tenths / 36_000)}°${Math.floor((tenths % 36_000) / 600)}′${seconds}″`;
}

export function readingWords(reading: Reading | GridReading): string {
  const w = words().searchRead;
  if ('epsg' in reading)
    return (reading.prefixed ? w.gridPrefixed : w.gridPlain)(reading.width, reading.zone, reading.meridian, reading.epsg);
  return reading.notation === 'dms'
    ? w.dms(dmsWords(reading.lon), dmsWords(reading.lat))
    : w.decimal(plain(reading.lon), plain(reading.lat));
}
