// Chinese text in lines: breaks anywhere but inside a word or number, before closing or after opening punctuation (pure).
import type { Run, Text } from './noticeModel.ts';

export interface Line {
  readonly runs: Text;
  /** Points, as measured. */
  readonly width: number;
  /** The paragraph goes on, so the line may be stretched. */
  readonly continues: boolean;
}

const NOT_FIRST = /^[。，、；：？！）》」』”’〕】％%．…°′″㎡]/u;
const NOT_LAST = /[（《「『“‘〔【]$/u;
/** A run of letters and figures with what belongs to it, or one character. */
const TOKEN = /[A-Za-z0-9][A-Za-z0-9.,:/%°′″²+-]*|[\s\S]/gu;

interface Token extends Run {
  readonly width: number;
}

/**
 * Lines of at most `width` points; the first is shorter by `indent`. A word that is wider than a line is broken where it must be.
 * @param measure width in points of a short text
 */
export function linesOf(text: Text, width: number, indent: number, measure: (text: string) => number): Line[] {
  const lines: Line[] = [];
  let line: Token[] = [];
  let used = indent;
  const end = (continues: boolean) => {
    lines.push({ runs: joined(line), width: line.reduce((sum, token) => sum + token.width, 0), continues });
    line = [];
    used = 0;
  };
  for (const token of tokensOf(text, width, measure)) {
    if (used + token.width > width && line.length > 0) {
      const carried = carriedOver(line, token);
      end(true);
      line = carried;
      used = carried.reduce((sum, one) => sum + one.width, 0);
      if (token.text === ' ' && line.length === 0) continue;
    }
    line.push(token);
    used += token.width;
  }
  end(false);
  return lines;
}

/** Takes off the line what must not stand at its end before this token. */
function carriedOver(line: Token[], next: Token): Token[] {
  const carried: Token[] = [];
  while (line.length > 1 && (NOT_FIRST.test((carried[0] ?? next).text) || NOT_LAST.test(line.at(-1)?.text ?? ''))) {
    const last = line.pop();
    if (last) carried.unshift(last);
  }
  return carried;
}

function tokensOf(text: Text, width: number, measure: (text: string) => number): Token[] {
  return text.flatMap((run) =>
    (run.text.match(TOKEN) ?? []).flatMap((token): Token[] => {
      const whole = measure(token);
      if (whole <= width) return [{ ...run, text: token, width: whole }];
      return [...token].map((character) => ({ ...run, text: character, width: measure(character) }));
    }),
  );
}

function joined(tokens: readonly Token[]): Text {
  const runs: { text: string; missing?: boolean }[] = [];
  for (const { text, missing } of tokens) {
    const last = runs.at(-1);
    if (last && (last.missing ?? false) === (missing ?? false)) last.text += text;
    else runs.push({ text, ...(missing ? { missing } : {}) });
  }
  return runs;
}
