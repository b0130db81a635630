// Writes small random YAML documents in every style that people use. The same seed gives the same documents.

export type Random = (below: number) => number;

/** Numbers from 0 up to what is asked for (mulberry32). */
export function seeded(seed: number): Random {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

interface Options {
  /** Whether anchors, aliases and merge keys may occur. */
  readonly shared: boolean;
}

/** One document with `\n` line ends; the root is a block map or list, or a flow map. */
export function randomYaml(random: Random, { shared }: Options): string {
  const step = random(3) === 0 ? 4 : 2;
  const sequenceStep = random(2) * step;
  const anchors: { readonly name: string; readonly map: boolean }[] = [];
  let names = 0;

  const one = <T>(...choices: readonly T[]): T => choices[random(choices.length)] as T;
  const chance = (percent: number) => random(100) < percent;
  const trailing = () => (chance(12) ? `${one(' ', '   ')}# c${names++}` : '');

  const plain = (): string =>
    one(
      'true',
      'no',
      '1',
      '0755',
      '8080:80',
      'nginx:1.27',
      'two words',
      'a#b',
      "it's",
      '~',
      'null',
      '/x',
      '--flag',
      'é',
    );
  const scalar = (): string =>
    one(
      plain,
      plain,
      () => `"${one('x', 'a\\"b', '# no', 'a, b', 'yes', '')}"`,
      () => `'${one('x', "it''s", ': ', '')}'`,
    )();
  const flowScalar = () => scalar();
  const key = () => `${one('', '', '', '', 'k')}${one('a', 'b', 'web', 'image', 'x-y')}${names++}`;
  const quotedKey = () =>
    one(
      key,
      key,
      key,
      () => `"${key()}"`,
      () => `'${key()}'`,
    )();

  function alias(): string | undefined {
    if (!shared || anchors.length === 0 || chance(60)) return undefined;
    return `*${one(...anchors).name}`;
  }

  function flow(depth: number, indent: number): string {
    if (depth === 0 || chance(40)) return alias() ?? flowScalar();
    const size = random(4);
    const map = chance(50);
    const parts = Array.from({ length: size }, () =>
      map ? `${quotedKey()}: ${flow(depth - 1, indent + 2)}` : flow(depth - 1, indent + 2),
    );
    const merge = anchors.find((anchor) => anchor.map);
    if (map && shared && merge !== undefined && chance(30)) parts.unshift(`<<: *${merge.name}`);
    const [open, close] = map ? ['{', '}'] : ['[', ']'];
    if (parts.length === 0) return one(`${open}${close}`, `${open}${close}`, `${open} ${close}`);
    const comma = chance(15) ? ',' : '';
    const spread = chance(25);
    if (!spread) {
      const blank = one('', '', ' ');
      const gap = comma === ',' && parts.at(-1)?.endsWith(':') ? ' ' : '';
      return `${open}${blank}${parts.join(', ')}${gap}${comma}${blank}${close}`;
    }
    const pad = ' '.repeat(indent + 2);
    const lines = parts.map((part, i) => `${pad}${part}${i < parts.length - 1 ? ',' : comma}${trailing()}`);
    const first = chance(20) ? ` # c${names++}` : '';
    return `${open}${first}\n${lines.join('\n')}\n${' '.repeat(indent + 1)}${close}`;
  }

  /** What follows a `:` or `-` at this indentation, with its leading blank or line end. */
  function value(indent: number, depth: number, behindDash: boolean): string {
    const own = alias();
    if (own !== undefined) return ` ${own}${trailing()}`;
    const anchored = shared && chance(18);
    const name = `n${names++}`;
    const property = anchored ? ` &${name}` : '';
    const kind = depth === 0 ? random(6) : random(14);
    let text: string;
    let map = false;
    if (kind < 3) text = `${property} ${scalar()}${trailing()}`;
    else if (kind === 3) text = `${anchored ? `${property} x` : ''}${trailing()}`;
    else if (kind === 4) {
      const header = one('|', '|-', '>', '>-', '|+');
      const pad = ' '.repeat(indent + step);
      text = `${property} ${header}${trailing()}\n${pad}one # no comment\n${chance(30) ? '\n' : ''}${pad}two${chance(20) ? '\n' : ''}`;
    } else if (kind === 5) text = `${property} ${flow(2, indent).replace(/^\*.*/, 'x')}${trailing()}`;
    else if (kind < 11) {
      map = true;
      const compact = behindDash && !anchored && chance(70);
      const inner = compact ? indent + 2 : indent + step;
      const body = mapLines(inner, depth - 1);
      text = compact ? ` ${body.slice(inner)}` : `${property}${trailing()}\n${body}`;
    } else {
      const compact = behindDash && !anchored && chance(50);
      const inner = compact ? indent + 2 : indent + (behindDash ? step : sequenceStep);
      const body = listLines(inner, depth - 1);
      text = compact ? ` ${body.slice(inner)}` : `${property}${trailing()}\n${body}`;
    }
    if (anchored) anchors.push({ name, map });
    return text;
  }

  function between(indent: number): string {
    if (chance(10)) return `\n${' '.repeat(indent)}# c${names++}`;
    if (chance(4)) return `\n\n${' '.repeat(indent)}# c${names++}`;
    return chance(6) ? '\n' : '';
  }

  function mapLines(indent: number, depth: number): string {
    const pad = ' '.repeat(indent);
    const lines: string[] = [];
    const merge = anchors.findLast((anchor) => anchor.map);
    const merges = shared && merge !== undefined && chance(35);
    for (let left = 1 + random(4); left > 0; left--) {
      if (merges && left === 1) lines.push(`${pad}<<: *${merge.name}`);
      else if (chance(4)) lines.push(`${pad}? ${key()}\n${pad}:${value(indent, depth, false)}`);
      else lines.push(`${pad}${quotedKey()}:${value(indent, depth, false)}`);
      const last = lines.pop() ?? '';
      lines.push(last + (left > 1 ? between(indent) : ''));
    }
    return lines.join('\n') + (chance(6) ? `\n${pad}# c${names++}` : '');
  }

  function listLines(indent: number, depth: number): string {
    const pad = ' '.repeat(indent);
    const lines = Array.from({ length: 1 + random(4) }, () => `${pad}-${value(indent, depth, true)}`);
    return lines.join('\n');
  }

  const top = chance(20) ? `# c${names++}\n` : '';
  const root = random(10);
  const body = root === 0 ? flow(3, 0).replace(/^[^[{].*$/s, '{}') : root === 1 ? listLines(0, 3) : mapLines(0, 3);
  return `${top}${body}${chance(10) ? `\n# c${names++}` : ''}\n`;
}
