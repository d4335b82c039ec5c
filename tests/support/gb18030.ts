// The other way round from TextDecoder, for tests: every two-byte code is decoded once; the rest comes as four bytes by name.
let codes: Map<string, readonly [number, number]> | null = null;

/** @throws for a character outside the two-byte codes */
export function toGbk(text: string): Uint8Array {
  codes ??= table();
  return Uint8Array.from(
    [...text].flatMap((character): readonly number[] => {
      const code = character.codePointAt(0) ?? 0;
      if (code < 0x80) return [code];
      const pair = codes?.get(character);
      if (!pair) throw new Error(`no two-byte code for ${character}`);
      return pair;
    }),
  );
}

function table(): Map<string, readonly [number, number]> {
  const made = new Map<string, readonly [number, number]>();
  const decoder = new TextDecoder('gb18030');
  for (let lead = 0x81; lead <= 0xfe; lead++)
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      if (trail === 0x7f) continue;
      const character = decoder.decode(Uint8Array.of(lead, trail));
      if ([...character].length === 1 && character !== '\uFFFD' && !made.has(character)) made.set(character, [lead, trail]);
    }
  return made;
}
