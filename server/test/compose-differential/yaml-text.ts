// Writes YAML from a tree whose leaves are the very words, so that every spelling of a value can be written.

/** Gives a node a tag or an anchor. */
const mark = Symbol('mark');

export type Written = string | readonly Written[] | WrittenMap | Marked;
export interface WrittenMap {
  readonly [key: string]: Written;
}
export interface Marked {
  readonly [mark]: string;
  readonly of: Written;
}

/** `&name`, `!reset` or `!override` before a node. */
export function marked(text: string, of: Written): Marked {
  return { [mark]: text, of };
}

export function isWrittenMap(node: Written | undefined): node is WrittenMap {
  return typeof node === 'object' && !Array.isArray(node) && !(mark in node);
}

/** A document. `isFlow` is asked at each map and list below the second level. */
export function writeYaml(root: WrittenMap, isFlow: () => boolean): string {
  const lines: string[] = [];
  writeMap(root, 0);
  return lines.map((line) => `${line}\n`).join('');

  function writeMap(map: WrittenMap, depth: number): void {
    for (const [key, value] of Object.entries(map)) writeAfter(`${'  '.repeat(depth)}${key}:`, value, depth);
  }

  function writeAfter(start: string, value: Written, depth: number): void {
    if (typeof value === 'object' && mark in value) {
      writeAfter(`${start} ${value[mark]}`, value.of, depth);
    } else if (typeof value === 'string') {
      lines.push(`${start} ${value}`.trimEnd());
    } else if (isEmpty(value) || (depth > 1 && isFlow())) {
      lines.push(`${start} ${inFlow(value)}`);
    } else if (isWrittenMap(value)) {
      lines.push(start);
      writeMap(value, depth + 1);
    } else {
      lines.push(start);
      for (const item of value)
        lines.push(`${'  '.repeat(depth + 1)}- ${typeof item === 'string' ? item : inFlow(item)}`);
    }
  }
}

function isEmpty(node: readonly Written[] | WrittenMap): boolean {
  return Object.keys(node).length === 0;
}

function inFlow(node: Written): string {
  if (typeof node === 'string') return plainInFlow(node);
  if (mark in node) return `${node[mark]} ${inFlow(node.of)}`;
  if (isWrittenMap(node)) {
    // The space stays behind the colon of an empty value: without it, Compose reads the colon as part of the key.
    return `{${Object.entries(node)
      .map(([key, value]) => `${key}: ${inFlow(value)}`)
      .join(', ')}}`;
  }
  return `[${node.map(inFlow).join(', ')}]`;
}

/** Plain words may hold more in block style than in flow style. */
function plainInFlow(words: string): string {
  return /^["'|]/.test(words) || !/[,[\]{}]/.test(words) ? words : `"${words}"`;
}
