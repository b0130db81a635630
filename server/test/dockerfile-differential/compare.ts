// Where our reading of a Dockerfile differs from that of BuildKit.
import { posix } from 'node:path';
import { everyVariable } from './generate.js';
import type { FileAnswer, HeredocAnswer, ImageAnswer, NodeAnswer, Refusal, WordAnswer } from './oracle.js';
import { notKnown, type OurAnswer } from './ours.js';

/** Refusals of which rules of their own speak, or which only what is outside the file decides. */
const notOurs: readonly RegExp[] = [
  // invalid-onbuild-trigger
  /isn't allowed as an ONBUILD trigger|Chaining ONBUILD/,
  // invalid-instruction-order
  /no build stage in current context|dockerfile contains no stages to build/,
  // invalid-expose-format
  /invalid hostPort|invalid IP address|invalid ranges specified/,
  // copy-from-unknown-stage
  /invalid stage index|circular dependency|cannot copy from stage|cannot mount from stage/,
  // invalid-default-arg-in-from: another value may be given to the build.
  /^base name \(.*\$.*\) should not be blank/,
  // `${NAME?message}`: the build, or the base image, may set the variable.
  // An escape character with nothing behind it, at the end of the file, while somebody writes.
  /unknown instruction: $/,
  /^invalid signal: $/,
  // Where a mount without target goes, the working directory decides.
  /^invalid mount target/,
  // `# check=error=true` makes refusals of what rules speak of.
  /^lint violation found/,
  // An empty file is not yet one.
  /file with no instructions/,
  /failed to process ".*\$\{\w+:?\?/s,
];

/** What a port that only port-out-of-range speaks of looks like. */
const portNumber = /^invalid containerPort: \d+(?:-\d+)?$/;

export function isOurs({ message }: Refusal): boolean {
  return !notOurs.some((each) => each.test(message)) && !portNumber.test(message);
}

/** One line for each difference; none where both read the same. */
export function compareFile(text: string, theirs: FileAnswer, ours: OurAnswer): readonly string[] {
  const nodes = compareNodes(text, theirs, ours);
  // We do not run the triggers of an earlier stage.
  const runsTriggers = ours.nodes?.some(({ trigger }) => trigger !== undefined) === true;
  return [
    ...compareRefusals(theirs, ours),
    ...nodes,
    ...(nodes.length > 0 || theirs.image === undefined || runsTriggers
      ? []
      : compareImages(theirs.image, ours.image ?? {}, countOf(ours))),
  ];
}

function compareRefusals({ refused }: FileAnswer, { problems, nodes = [] }: OurAnswer): readonly string[] {
  if (refused === undefined) {
    return problems
      .filter(({ line }) => !isInTrigger(line, nodes))
      .map(({ under, message }) => `BuildKit takes it, and we say at «${under}»: «${message}»`);
  }
  if (!isOurs(refused)) return [];
  // BuildKit counts the lines of directives from 0.
  const first = refused.line + (/parser directive|escape token/.test(refused.message) ? 1 : 0);
  const last = nodes.find(({ lines }) => lines[0] === first)?.lines[1] ?? first;
  const said = problems.some(({ line }) => refused.line === 0 || (line >= first && line <= last));
  // BuildKit sees the trigger of an earlier stage where it runs it, and a name in capitals where it looks for the image.
  const elsewhere = problems.some(({ line, message }) => isInTrigger(line, nodes) || /small letters/.test(message));
  return said || elsewhere ? [] : [`We do not say on line «${first}»: ${refused.step}: ${refused.message}`];
}

/** The build that runs a trigger refuses it, not the one that writes it down. */
function isInTrigger(line: number, nodes: readonly NodeAnswer[]): boolean {
  return nodes.some(({ trigger, lines: [start, end] }) => trigger !== undefined && start <= line && line <= end);
}

function compareNodes(text: string, theirs: FileAnswer, ours: OurAnswer): readonly string[] {
  if (theirs.nodes === undefined) return [];
  const directives = difference('directives', theirs.directives ?? [], ours.directives ?? []);
  const count = [theirs.nodes.filter(({ keyword }) => keyword !== ''), ours.nodes ?? []].map((nodes) =>
    nodes.map(({ keyword }) => keyword),
  );
  const counts = difference('instructions', count[0], count[1]);
  if (counts.length > 0) return [...directives, ...counts];
  const lines = text.split('\n');
  return [
    ...directives,
    ...difference('escape', theirs.escape, ours.escape),
    ...theirs.nodes.slice(0, count[0]?.length).flatMap((node, index) => compareNode(node, ours.nodes?.[index], lines)),
  ];
}

function compareNode(
  theirs: NodeAnswer,
  ours: NodeAnswer | undefined,
  lines: readonly string[],
  isTrigger = false,
): readonly string[] {
  if (ours === undefined) return ['missing'];
  const at = theirs.keyword;
  const known = keywords.has(theirs.keyword.toUpperCase());
  return [
    ...difference(`${at}: keyword`, theirs.keyword, ours.keyword),
    ...compareLines(at, theirs, ours, lines),
    ...difference(`${at}: flags`, flags(theirs), flags(ours, theirs)),
    ...difference(`${at}: json`, theirs.json ?? false, ours.json ?? false),
    // BuildKit does not read the arguments of what it does not know.
    ...(known && theirs.trigger === undefined ? difference(`${at}: args`, theirs.args ?? [], ours.args ?? []) : []),
    ...difference(`${at}: heredocs`, heredocs(theirs), heredocs(ours)),
    // A trigger of a trigger is refused, and not read by us.
    ...(theirs.trigger === undefined || isTrigger ? [] : compareNode(theirs.trigger, ours.trigger, lines, true)),
  ];
}

const keywords: ReadonlySet<string> = new Set(
  'ADD ARG CMD COPY ENTRYPOINT ENV EXPOSE FROM HEALTHCHECK LABEL MAINTAINER ONBUILD RUN SHELL STOPSIGNAL USER VOLUME WORKDIR'.split(
    ' ',
  ),
);

/** Comments and blank lines at its end are no part of an instruction to us. */
function compareLines(at: string, theirs: NodeAnswer, ours: NodeAnswer, lines: readonly string[]): readonly string[] {
  const [start, end] = theirs.lines;
  const [ourStart, ourEnd] = ours.lines;
  if (start === 0) return [];
  const between = lines.slice(ourEnd, end);
  // `ONBUILD` and a heredoc name alone may also be followed by nothing.
  const isSame = start === ourStart && ourEnd <= end && between.every((line) => /^\s*(?:#.*|[\\`]\s*)?$/.test(line));
  return isSame ? [] : [`${at}: lines ${start}-${end}, ours ${ourStart}-${ourEnd}`];
}

/** We take a flag with capital letters, which is refused, for the one that is meant; BuildKit spoils what is not ASCII. */
function flags({ flags: all = [] }: NodeAnswer, { flags: theirs = [] }: Partial<NodeAnswer> = {}): readonly string[] {
  return all.map((flag, index) =>
    [flag, theirs[index] ?? ''].every((each) => /^[ -~]*$/.test(each))
      ? flag.replace(/^[^=]*/, (name) => name.toLowerCase())
      : '?',
  );
}

function heredocs({ heredocs: all = [] }: NodeAnswer): readonly HeredocAnswer[] {
  return all.map(({ name, expand = false, chomp = false, content }) => ({ name, expand, chomp, content }));
}

function compareImages(theirs: ImageAnswer, ours: ImageAnswer, { stages, closed }: Count): readonly string[] {
  // What is not set in the file is not known to us: the build, or the base image, may set it.
  const isOpen = closed < stages;
  const same = (name: string, a: unknown, b: unknown) =>
    isOpen && JSON.stringify(b)?.includes(notKnown) ? [] : difference(name, a, b);
  return [
    ...same('ENV', sorted(theirs.env), sorted(ours.env)),
    ...same('LABEL', pairs(theirs.labels), pairs(ours.labels)),
    ...same('VOLUME', sorted(theirs.volumes), sorted(ours.volumes)),
    // What a mapping comes to is for invalid-expose-format to say.
    ...(ours.ports?.some((port) => port.includes(':')) ? [] : same('EXPOSE', ports(theirs.ports), ports(ours.ports))),
    ...same('USER', theirs.user ?? '', ours.user ?? ''),
    ...same('WORKDIR', posix.resolve(theirs.workdir ?? '/'), ours.workdir ?? '/'),
    ...same('STOPSIGNAL', theirs.stopSignal ?? '', ours.stopSignal ?? ''),
  ];
}

interface Count {
  readonly stages: number;
  /** How many of the stages set every variable. */
  readonly closed: number;
}

function countOf({ nodes = [] }: OurAnswer): Count {
  return {
    stages: nodes.filter(({ keyword }) => keyword.toUpperCase() === 'FROM').length,
    closed: nodes.filter(({ args = [] }) => args[1] === everyVariable.slice(6).split(' ')[0]).length,
  };
}

function sorted(list: readonly string[] = []): readonly string[] {
  return [...list].sort();
}

function pairs(map: Readonly<Record<string, string>> = {}): readonly string[] {
  return sorted(Object.entries(map).map(([name, value]) => `${name}=${value}`));
}

/** Each port of a range, with its protocol. */
function ports(list: readonly string[] = []): readonly string[] {
  const single = list.flatMap((port) => {
    const [, first, last, protocol = 'tcp'] = /^\+?(\d+)(?:-(\d+))?(?:\/(\w*))?$/.exec(port) ?? [];
    if (first === undefined) return [port];
    const count = Number(last ?? first) - Number(first) + 1;
    return Array.from({ length: count }, (_, i) => `${Number(first) + i}/${(protocol || 'tcp').toLowerCase()}`);
  });
  return [...new Set(single)].sort();
}

export function compareWord(theirs: WordAnswer, ours: WordAnswer & { readonly isOpen: boolean }): readonly string[] {
  const isSame = theirs.is === ours.is && (theirs.refused === undefined) === (ours.refused === undefined);
  if (isSame || (ours.isOpen && ours.is === undefined && ours.refused === undefined)) return [];
  return [`BuildKit: ${theirs.is ?? `refused, ${theirs.refused}`}, ours: ${ours.refused ?? ours.is ?? notKnown}`];
}

function difference(name: string, theirs: unknown, ours: unknown): readonly string[] {
  const [a, b] = [JSON.stringify(theirs), JSON.stringify(ours)];
  return a === b ? [] : [`${name}: BuildKit «${a}», ours «${b}»`];
}
