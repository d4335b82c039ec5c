// A row's sentence in one language: the service says most of them in Chinese and then in English.

const CHINESE = /[\u3400-\u9fff]/;
/** Words in a row that make an English phrase, not a name inside a Chinese one. */
const ENGLISH_PHRASE = /[A-Za-z]{2,} [A-Za-z]{2,} [A-Za-z]{2,}/;
/** The English half starts with three plain words: `EPSG:4526` or `mode=upsert` after a Chinese word still belongs to that. */
const BOTH = /^(.*(?:[\u3400-\u9fff）”]\s+|。\s*))((?:[A-Za-z’']+ ){3}[^\u3000-\u303f\u3400-\u9fff\uff00-\uffef]*)$/s;

/** The half that is read now where the two can be told apart, else the whole. An English half that leans on the Chinese one stays with it. */
export function inLanguage(message: string, language: string): string {
  const found = BOTH.exec(message);
  const [, chinese = '', english = ''] = found ?? [];
  if (!found || ENGLISH_PHRASE.test(chinese) || !CHINESE.test(chinese)) return message;
  if (language !== 'en') return chinese.trim();
  return /^[A-Z]/.test(english) ? english : message;
}
