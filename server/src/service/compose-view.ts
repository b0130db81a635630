// The effective project as a text for people: YAML in long form, each line with a comment that names where it comes from.
import { isPlainSafe, quoted } from '../languages/yaml/render.js';
import type { Effective, EffectiveMap, EffectiveScalar, Origin } from '../model/compose/effective.js';
import type { Place } from '../text/span.js';

/** Comments stand in one column where the lines leave room for it. */
const commentColumn = 36;
/** More lines than this are not written. */
const maxLines = 20_000;

/** `where` names a place: `compose.yaml:12`. */
export function renderProject(project: EffectiveMap, where: (place: Place) => string): string {
  const lines = new Lines(where);
  lines.map(project, 0);
  return lines.text();
}

class Lines {
  readonly #where: (place: Place) => string;
  readonly #lines: string[] = [];
  /** What the next line begins with instead of its indentation: the dash of an item. */
  #dash: string | undefined;

  constructor(where: (place: Place) => string) {
    this.#where = where;
  }

  text(): string {
    const all = this.#lines.length > maxLines ? [...this.#lines.slice(0, maxLines), '# … cut off here'] : this.#lines;
    return `${all.join('\n')}\n`;
  }

  map({ entries }: EffectiveMap, depth: number): void {
    for (const { key, value } of entries) {
      const name = isPlainSafe(key, false) ? key : quoted(key, 'double');
      this.#value(`${name}:`, value, depth);
    }
  }

  #value(head: string, value: Effective, depth: number): void {
    if (this.#lines.length > maxLines) return;
    if (value.kind === 'scalar') {
      this.#add(`${head} ${scalarText(value)}`, value.origin, depth);
    } else if (value.kind === 'map') {
      if (value.entries.length === 0) this.#add(`${head} {}`, value.origin, depth);
      else {
        this.#add(head, depth === 1 ? value.origin : undefined, depth);
        this.map(value, depth + 1);
      }
    } else if (value.items.length === 0) this.#add(`${head} []`, value.origin, depth);
    else {
      this.#add(head, undefined, depth);
      for (const item of value.items) this.#item(item, depth + 1);
    }
  }

  #item(item: Effective, depth: number): void {
    if (item.kind === 'map' && item.entries.length > 0) {
      this.#dash = `${'  '.repeat(depth)}- `;
      this.map(item, depth + 1);
    } else this.#value('-', item, depth);
  }

  #add(line: string, origin: Origin | undefined, depth: number): void {
    const text = `${this.#dash ?? '  '.repeat(depth)}${line}`;
    this.#dash = undefined;
    const comment = origin === undefined ? '' : originText(origin, this.#where);
    this.#lines.push(comment === '' ? text : `${text.padEnd(commentColumn)} # ${comment}`);
  }
}

/** `compose.override.yaml:3, overrides compose.yaml:6`; `where` names a place. */
export function originText({ at, via, replaces }: Origin, where: (place: Place) => string): string {
  if (at === undefined) return 'default';
  const hops = via.flatMap((hop) => (hop.kind === 'override' ? [] : [`${words[hop.kind]} ${where(hop.at)}`]));
  const before = replaces.map((place) => `overrides ${where(place)}`);
  return [where(at), ...hops, ...before].join(', ');
}

const words = {
  alias: 'by the alias at',
  'merge-key': 'merged at',
  extends: 'by `extends` at',
  include: 'by `include` at',
  override: '',
  'pod-default': '',
};

function scalarText({ value }: EffectiveScalar): string {
  if (value === null) return 'null';
  if (typeof value !== 'string') return String(value);
  return isPlainSafe(value, false) ? value : quoted(value, 'double');
}
