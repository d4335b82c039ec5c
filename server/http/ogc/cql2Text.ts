// CQL2 text (OGC 21-065r2): comparisons, LIKE, IN, BETWEEN, IS NULL, AND, OR, NOT over the fields a role may see.
// Parsed into a typed tree; names are looked up, values are bound, nothing is ever evaluated as text.
import type { Field } from '../../domain/field.ts';
import { Problem } from '../../domain/problem.ts';
import type { Filter, Scalar } from '../../store/filter.ts';

const LIMITS = { length: 8192, depth: 50, nodes: 500, wildcards: 5 } as const;

type Token = { kind: 'name' | 'string' | 'number' | 'operator' | 'keyword'; text: string };

const KEYWORDS = new Set(['AND', 'OR', 'NOT', 'LIKE', 'IN', 'BETWEEN', 'IS', 'NULL', 'TRUE', 'FALSE', 'DATE', 'TIMESTAMP']);
const TOKEN =
  /\s*(?:('(?:[^']|'')*')|("(?:[^"]|"")+")|([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)|(<>|<=|>=|[=<>(),])|([\p{L}_][\p{L}\p{N}_.:-]*))/uy;

function bad(detail: string): Problem {
  return new Problem(400, 'bad_filter', detail, { errors: [{ pointer: '?filter', code: 'bad_filter', detail }] });
}

/** @throws Problem 400 for a filter that is malformed, too large, or names a field that is not there */
export function parseCql2Text(text: string, fields: readonly Field[]): Filter {
  if (text.length > LIMITS.length) throw bad(`The filter is longer than ${LIMITS.length} characters.`);
  return new Parser(tokenise(text), new Map(fields.map((field) => [field.name, field]))).parse();
}

function tokenise(text: string): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  let at = 0;
  while (text.slice(at).trim() !== '') {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(text);
    if (!match) throw bad(`The filter cannot be read at “${text.slice(at, at + 20).trim()}”.`);
    at = TOKEN.lastIndex;
    const [, string, quotedName, number, operator, name] = match;
    if (string !== undefined) tokens.push({ kind: 'string', text: string.slice(1, -1).replaceAll("''", "'") });
    else if (quotedName !== undefined) tokens.push({ kind: 'name', text: quotedName.slice(1, -1).replaceAll('""', '"') });
    else if (number !== undefined) tokens.push({ kind: 'number', text: number });
    else if (operator !== undefined) tokens.push({ kind: 'operator', text: operator });
    else if (name !== undefined && KEYWORDS.has(name.toUpperCase())) tokens.push({ kind: 'keyword', text: name.toUpperCase() });
    else if (name !== undefined) tokens.push({ kind: 'name', text: name });
  }
  return tokens;
}

class Parser {
  private readonly tokens: readonly Token[];
  private readonly fields: ReadonlyMap<string, Field>;
  private at = 0;
  private nodes = 0;
  private depth = 0;

  constructor(tokens: readonly Token[], fields: ReadonlyMap<string, Field>) {
    this.tokens = tokens;
    this.fields = fields;
  }

  parse(): Filter {
    const filter = this.or();
    const rest = this.tokens[this.at];
    if (rest) throw bad(`The filter goes on with “${rest.text.slice(0, 20)}” after its end.`);
    return filter;
  }

  private node<T>(filter: T): T {
    if (++this.nodes > LIMITS.nodes) throw bad(`The filter has more than ${LIMITS.nodes} parts.`);
    return filter;
  }

  private accept(kind: Token['kind'], text?: string): boolean {
    const token = this.tokens[this.at];
    if (token?.kind !== kind || (text !== undefined && token.text !== text)) return false;
    this.at++;
    return true;
  }

  private expect(kind: Token['kind'], text: string): void {
    if (!this.accept(kind, text)) throw bad(`The filter lacks “${text}” ${this.where()}.`);
  }

  private where(): string {
    const token = this.tokens[this.at];
    return token ? `before “${token.text.slice(0, 20)}”` : 'at its end';
  }

  private or(): Filter {
    const args = [this.and()];
    while (this.accept('keyword', 'OR')) args.push(this.and());
    return args.length === 1 ? (args[0] as Filter) : this.node({ op: 'or', args });
  }

  private and(): Filter {
    const args = [this.not()];
    while (this.accept('keyword', 'AND')) args.push(this.not());
    return args.length === 1 ? (args[0] as Filter) : this.node({ op: 'and', args });
  }

  private not(): Filter {
    if (++this.depth > LIMITS.depth) throw bad(`The filter is nested more than ${LIMITS.depth} deep.`);
    try {
      if (this.accept('keyword', 'NOT')) return this.node({ op: 'not', arg: this.not() });
      if (this.accept('operator', '(')) {
        const inner = this.or();
        this.expect('operator', ')');
        return inner;
      }
      return this.predicate();
    } finally {
      this.depth--;
    }
  }

  private predicate(): Filter {
    if (this.accept('name', 'geometry')) {
      this.expect('keyword', 'IS');
      const located = this.accept('keyword', 'NOT');
      this.expect('keyword', 'NULL');
      return this.negate(located, { op: 'unlocated' });
    }
    const field = this.field();
    const property = field.name;
    if (this.accept('keyword', 'IS')) {
      const negated = this.accept('keyword', 'NOT');
      this.expect('keyword', 'NULL');
      return this.negate(negated, { op: 'isNull', property });
    }
    const negated = this.accept('keyword', 'NOT');
    if (this.accept('keyword', 'LIKE')) return this.negate(negated, { op: 'like', property, pattern: this.pattern(field) });
    if (this.accept('keyword', 'IN')) {
      this.expect('operator', '(');
      const values = [this.value(field)];
      while (this.accept('operator', ',')) values.push(this.node(this.value(field)));
      this.expect('operator', ')');
      return this.negate(negated, { op: 'in', property, values });
    }
    if (this.accept('keyword', 'BETWEEN')) {
      const low = this.value(field);
      this.expect('keyword', 'AND');
      return this.negate(negated, { op: 'between', property, low, high: this.value(field) });
    }
    const operator = this.tokens[this.at];
    if (negated || operator?.kind !== 'operator' || !isComparison(operator.text))
      throw bad(`The filter lacks a comparison ${this.where()}.`);
    this.at++;
    return this.node({ op: operator.text, property, value: this.value(field) });
  }

  private negate(negated: boolean, filter: Filter): Filter {
    return this.node(negated ? { op: 'not', arg: filter } : filter);
  }

  private field(): Field {
    const token = this.tokens[this.at];
    if (token?.kind !== 'name') throw bad(`The filter lacks a property ${this.where()}.`);
    const field = this.fields.get(token.text);
    if (!field || field.type === 'json') throw bad(`There is no property ${token.text.slice(0, 60)} to filter by.`);
    this.at++;
    return field;
  }

  private pattern(field: Field): string {
    const value = this.value(field);
    if (typeof value !== 'string') throw bad('LIKE wants a text.');
    if ((value.match(/[%_]/g) ?? []).length > LIMITS.wildcards) throw bad(`LIKE takes at most ${LIMITS.wildcards} wildcards.`);
    return value;
  }

  private value(field: Field): Scalar {
    if (this.accept('keyword', 'DATE') || this.accept('keyword', 'TIMESTAMP')) {
      this.expect('operator', '(');
      const inner = this.value(field);
      this.expect('operator', ')');
      return inner;
    }
    const token = this.tokens[this.at];
    const numeric = field.type === 'number' || field.type === 'integer';
    const fits =
      (token?.kind === 'string' && !numeric && field.type !== 'boolean') ||
      (token?.kind === 'number' && numeric) ||
      (token?.kind === 'keyword' && field.type === 'boolean' && (token.text === 'TRUE' || token.text === 'FALSE'));
    if (!token || !fits)
      throw bad(
        `${field.name} is compared with a ${numeric ? 'number' : field.type === 'boolean' ? 'TRUE or FALSE' : "text in 'quotes'"} ${this.where()}.`,
      );
    this.at++;
    if (token.kind === 'number') return Number(token.text);
    return token.kind === 'keyword' ? token.text === 'TRUE' : token.text;
  }
}

function isComparison(text: string): text is '=' | '<>' | '<' | '<=' | '>' | '>=' {
  return ['=', '<>', '<', '<=', '>', '>='].includes(text);
}
