// Numbers, dates and distances as a reader of the chosen language expects them.
import { language, type Language } from '../state/preferences.ts';

/** What stands where there is no figure. Never 0: a reason goes beside it. */
export const ABSENT = '—';

const CHINA = 'Asia/Shanghai';

export function count(value: number | null | undefined): string {
  return value === null || value === undefined ? ABSENT : new Intl.NumberFormat(language.value).format(value);
}

/** Metres of a distance to an edge: centimetres matter near it, not far from it. */
export function edgeMetres(value: number): string {
  const size = Math.abs(value);
  const digits = size === 0 ? 0 : size < 1 ? 2 : size < 100 ? 1 : 0;
  return new Intl.NumberFormat(language.value, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(size);
}

/** A length given by a rule or a survey: to the decimetre, without zeros that say nothing. */
export function metres(value: number): string {
  return new Intl.NumberFormat(language.value, { maximumFractionDigits: 1 }).format(value);
}

/** A distance on foot, rounded as one would say it. */
export function roughDistance(length: number, units: { metres: string; kilometres: string }): string {
  const gap = language.value === 'en' ? ' ' : '';
  if (length < 1000) return `${Math.max(10, Math.round(length / 10) * 10)}${gap}${units.metres}`;
  return `${(Math.round(length / 100) / 10).toLocaleString(language.value)}${gap}${units.kilometres}`;
}

export function day(text: string): string {
  return formatTime(text, language.value, { year: 'numeric', month: 'long', day: 'numeric' });
}

export function moment(text: string): string {
  return formatTime(text, language.value, { month: 'long', day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
}

function formatTime(text: string, locale: Language, options: Intl.DateTimeFormatOptions): string {
  const time = new Date(text);
  if (Number.isNaN(time.getTime())) return text;
  return new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : 'zh-CN', { timeZone: CHINA, ...options }).format(time);
}
