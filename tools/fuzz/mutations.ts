// Changes to a text, as data: the same mutation of the same text gives the same text.

/** `at` and `to` are places as parts of the text, from 0 up to but without 1. */
export interface Mutation {
  readonly kind: MutationKind;
  readonly at: number;
  readonly to: number;
  /** From 0 to 999. */
  readonly amount: number;
  readonly piece: string;
  /** A text of the same format. */
  readonly other: string;
}

/** Longer texts than this come from `long` alone. */
const longestText = 20_000;
const longestLongText = 200_000;

const mutations = {
  insertLine: (lines, { at, amount, piece }) =>
    spliced(lines, at, 0, [`${indentationNear(lines, at, amount)}${piece}`]),
  replaceLine: (lines, { at, amount, piece }) =>
    spliced(lines, at, 1, [`${indentationNear(lines, at, amount)}${piece}`]),
  commentLine: (lines, { at, piece }) => changed(lines, at, (line) => `${line} ${piece}`),
  duplicateLine: (lines, { at, amount }) => {
    const from = Math.floor(at * lines.length);
    return lines.toSpliced(from, 0, ...lines.slice(from, from + 1 + (amount % 8)));
  },
  deleteLines: (lines, { at, amount }) => lines.toSpliced(Math.floor(at * lines.length), 1 + (amount % 4)),
  swapLines: (lines, { at, to }) => {
    const [one, two] = [Math.floor(at * lines.length), Math.floor(to * lines.length)];
    return lines.with(one, lines[two] ?? '').with(two, lines[one] ?? '');
  },
  moveLines: (lines, { at, to, amount }) => {
    const from = Math.floor(at * lines.length);
    const taken = lines.slice(from, from + 1 + (amount % 5));
    const rest = lines.toSpliced(from, taken.length);
    return rest.toSpliced(Math.floor(to * (rest.length + 1)), 0, ...taken);
  },
  indent: (lines, { at, amount }) => {
    const from = Math.floor(at * lines.length);
    const by = [-4, -2, -1, 1, 2, 4][amount % 6] ?? 1;
    return lines.map((line, index) => (index < from || index > from + (amount % 7) ? line : indented(line, by)));
  },
  tabs: (lines, { at }) =>
    changed(lines, at, (line) => line.replace(/^ +/, (blanks) => '\t'.repeat(blanks.length / 2))),
  /** A line that somebody is typing: only its beginning is there yet. */
  halfTyped: (lines, { at, to }) => changed(lines, at, (line) => line.slice(0, Math.floor(to * (line.length + 1)))),
  halfTypedNew: (lines, { at, to, piece }) =>
    spliced(lines, at, 0, [piece.slice(0, Math.floor(to * (piece.length + 1)))]),
  breakLine: (lines, { at, to, amount }) =>
    changed(lines, at, (line) => {
      const cut = Math.floor(to * (line.length + 1));
      const mark = [' \\\n  ', '\\\n', ' \\\n# a comment\n\n', ' `\n', '\n', ' && \\\n'][amount % 6] ?? '\n';
      return line.slice(0, cut) + mark + line.slice(cut);
    }),
  heredoc: (lines, { at, amount }) =>
    changed(lines, at, (line) => {
      const [, keyword = 'RUN', body = line] = /^\s*(RUN|COPY|ADD)\s+(.*)$/.exec(line) ?? [];
      const [start, end] = heredocs[amount % heredocs.length] ?? ['<<EOF', 'EOF'];
      return `${keyword} ${start}${keyword === 'RUN' ? '' : ' /x/'}\n${body}${amount % 7 === 0 ? '' : `\n${end}`}`;
    }),
  wrap: (lines, { at, amount }) =>
    changed(lines, at, (line) => {
      const [, head = '', script = line] = /^(\s*(?:ONBUILD\s+)?RUN\s+)(.*)$/.exec(line) ?? [];
      const [before, behind] = wrappings[amount % wrappings.length] ?? ['', ''];
      return `${head}${before}${script}${behind}`;
    }),
  repeatLine: (lines, { at, amount }) => {
    const from = Math.floor(at * lines.length);
    return lines.toSpliced(from, 0, ...Array.from({ length: amount % 40 }, () => lines[from] ?? ''));
  },
  continueLine: (lines, { at, amount }) => changed(lines, at, (line) => `${line}${amount % 2 === 0 ? ' \\' : '\\'}`),
  splice: (lines, { at, to, other }) => {
    const others = other.split('\n');
    return [...lines.slice(0, Math.floor(at * lines.length)), ...others.slice(Math.floor(to * others.length))];
  },
  nextDocument: (lines, { other, amount }) => [...lines, ...(amount % 2 === 0 ? ['---'] : []), ...other.split('\n')],
  windowsLines: (lines) => lines.map((line) => `${line}\r`),
  someWindowsLines: (lines, { at }) => changed(lines, at, (line) => `${line}\r`),
  deep: (lines, { at, amount, piece }) => {
    const depth = amount % 20 === 0 ? amount : amount % 30;
    const nest = Array.from({ length: depth }, (_, i) => `${' '.repeat(i)}${amount % 2 === 0 ? 'k:' : '-'}`);
    return spliced(lines, at, 0, [...nest, `${' '.repeat(depth)}${piece}`]);
  },
} satisfies { readonly [kind: string]: (lines: readonly string[], mutation: Mutation) => readonly string[] };

const textMutations = {
  insert: (text, { at, piece }) => inserted(text, at, piece),
  deleteRange: (text, { at, amount }) => {
    const from = Math.floor(at * text.length);
    return text.slice(0, from) + text.slice(from + 1 + (amount % 12));
  },
  truncate: (text, { at }) => text.slice(0, Math.floor(at * text.length)),
  /** One name gets another everywhere: of a stage, of a variable. */
  rename: (text, { at, amount, piece }) => {
    const name = tokensOf(text)[Math.floor(at * tokensOf(text).length)] ?? '';
    if (!/^\w[\w.-]*$/.test(name)) return text;
    const long = 'A-Name.that_is-longer_than_ThirtyCharacters';
    return text.replaceAll(name, [name.toUpperCase(), name.toLowerCase(), long, piece, `${name}1`][amount % 5] ?? name);
  },
  duplicateToken: (text, { at }) => onToken(text, at, (token) => token + token),
  deleteToken: (text, { at }) => onToken(text, at, () => ''),
  replaceToken: (text, { at, piece }) => onToken(text, at, () => piece),
  quoteToken: (text, { at, amount }) => onToken(text, at, (token) => surrounded(token, quotes[amount % quotes.length])),
  swapTokens: (text, { at, to }) => {
    const tokens = tokensOf(text);
    const [one, two] = [Math.floor(at * tokens.length), Math.floor(to * tokens.length)];
    const [first, second] = [tokens[one], tokens[two]];
    if (first === undefined || second === undefined) return text;
    return tokens.with(one, second).with(two, first).join('');
  },
  changeUnit: (text, { at, amount }) => {
    const from = Math.floor(at * text.length);
    return text.slice(0, from) + String.fromCharCode(amount < 900 ? amount % 128 : amount * 65) + text.slice(from + 1);
  },
  byteOrderMark: (text) => `\uFEFF${text}`,
  brackets: (text, { at, amount }) =>
    inserted(text, at, (['[', '{', '- ', '? ', '{a: ', '(', '$(', '"', '{{'][amount % 9] ?? '[').repeat(amount % 210)),
  longWord: (text, { at, amount, piece }) => inserted(text, at, `${piece}${'x'.repeat(amount * 3)}`),
  long: (text, { at, amount, piece, other }) =>
    amount < 500
      ? inserted(text, at, piece.repeat(Math.min(amount * 10, Math.ceil(longestLongText / (piece.length + 1)))))
      : other.repeat(Math.min(amount - 499, Math.ceil(longestLongText / (other.length + 1)))),
} satisfies { readonly [kind: string]: (text: string, mutation: Mutation) => string };

export type MutationKind = keyof typeof mutations | keyof typeof textMutations;

export const mutationKinds = [...Object.keys(mutations), ...Object.keys(textMutations)] as readonly MutationKind[];

export function mutate(text: string, mutation: Mutation): string {
  const { kind } = mutation;
  const mutated =
    kind in mutations
      ? mutations[kind as keyof typeof mutations](text.split('\n'), mutation).join('\n')
      : textMutations[kind as keyof typeof textMutations](text, mutation);
  // The package for YAML takes two byte order marks away; nobody writes two.
  const marked = mutated.replace(/^\uFEFF+/, '\uFEFF');
  return marked.slice(0, Math.max(kind === 'long' ? longestLongText : longestText, text.length));
}

const heredocs: readonly (readonly [string, string])[] = [
  ['<<EOF', 'EOF'],
  ['<<-EOF', '\t\tEOF'],
  ['<<"EOF"', 'EOF'],
  ["<<'a b'", 'a b'],
  ['<<EOF bash', 'EOF'],
  ['<<A <<B', 'A\nB'],
  ['3<<EOF', 'EOF'],
  ['<<EOF cat >/x && true', 'EOF '],
  ['<<-\\EOF', '\tEOF'],
  ['<<${X}', '${X}'],
];

const wrappings: readonly (readonly [string, string])[] = [
  ['if ', '; then a; fi'],
  ['for x in a b; do ', '; done'],
  ['sh -c "', '"'],
  ["bash -ec '", "'"],
  ['echo "$(', ')"'],
  ['f() { ', '; }; f'],
  ['( ', ' ) | tee /x'],
  ['case $x in a) ', ';; esac'],
  ['sudo -E env A=b ', ' || true'],
  ['set -eux; ', ' && rm -rf /var/lib/apt/lists/*'],
  ['! ', ' &'],
  ['["sh", "-c", "', '"]'],
  ['--mount=type=cache,target=/x --network=none ', ''],
  ['xargs -n1 ', ' < /x 2>&1'],
  ['`', '`'],
];

const quotes: readonly (readonly [string, string])[] = [
  ['"', '"'],
  ["'", "'"],
  ['[', ']'],
  ['{', '}'],
  ['${', '}'],
  ['{{ ', ' }}'],
  ['$(', ')'],
  ['`', '`'],
  ['&a ', ''],
  ['!x ', ''],
];

function surrounded(token: string, [before, after]: readonly [string, string] = ['', '']): string {
  return before + token + after;
}

function spliced(lines: readonly string[], at: number, count: number, by: readonly string[]): readonly string[] {
  return lines.toSpliced(Math.floor(at * lines.length), count, ...by);
}

function changed(lines: readonly string[], at: number, change: (line: string) => string): readonly string[] {
  const index = Math.floor(at * lines.length);
  return lines.with(index, change(lines[index] ?? ''));
}

/** That of the line that stands there, mostly. */
function indentationNear(lines: readonly string[], at: number, amount: number): string {
  const own = /^ */.exec(lines[Math.floor(at * lines.length)] ?? '')?.[0].length ?? 0;
  return ' '.repeat(Math.max(0, own + ([0, 0, 0, 0, 2, -2, 1, 4][amount % 8] ?? 0)));
}

function indented(line: string, by: number): string {
  return by > 0 ? ' '.repeat(by) + line : line.replace(new RegExp(`^ {0,${-by}}`), '');
}

function inserted(text: string, at: number, piece: string): string {
  const from = Math.floor(at * (text.length + 1));
  return text.slice(0, from) + piece + text.slice(from);
}

/** Words, blanks, and signs one by one; all of the text is in one of them. */
function tokensOf(text: string): readonly string[] {
  return text.match(/[\w./-]+|[ \t]+|./gs) ?? [];
}

function onToken(text: string, at: number, change: (token: string) => string): string {
  const tokens = tokensOf(text);
  const index = Math.floor(at * tokens.length);
  const token = tokens[index];
  return token === undefined ? text : tokens.with(index, change(token)).join('');
}
