// What something in a Dockerfile comes to, for the person who points at it.
import type { VariableUse } from '../model/dockerfile/instruction.js';
import type { Stage } from '../model/dockerfile/stage.js';
import { quoted } from '../model/quoted.js';
import { isRoot } from '../model/user.js';
import type { DockerfileContext, DockerfileSpot, StageLine, ToldVariable } from '../service/dockerfile-context.js';
import { LineIndex } from '../text/line-index.js';
import type { Place } from '../text/span.js';
import { describeTable } from './hover-table.js';
import { code, escaped, lineLink, plainText } from './markdown.js';

export function describeDockerfile(
  context: DockerfileContext,
  { spanOf }: DockerfileSpot,
  { text, uri }: { readonly text: string; readonly uri: string },
  isMarkdown: boolean,
): string {
  const lines = new LineIndex(text);
  const lineOf = ({ span }: Place): string => {
    const { line } = lines.positionAt(spanOf(span).start);
    return isMarkdown ? lineLink(`line&nbsp;${line + 1}`, uri, line) : `line ${line + 1}`;
  };
  const show: Show = { isMarkdown, lineOf };
  switch (context.kind) {
    case 'stage':
      return describeTable(
        {
          title: 'Stage',
          verdict: verdictOf(context.stage, isMarkdown, context.isCutOff),
          columns: ['From'],
          rows: context.values.map(({ field, value, from }) => ({
            field,
            value,
            cells: [from.map((line) => stageLine(line, show)).join('; ')],
          })),
          notSet: context.notSet,
        },
        isMarkdown,
      );
    case 'image':
      return [imageLine(context.image, show), ...variableLines(context.variables, show)].join('\n\n');
    case 'user':
      return [userLine(context.user, show), ...variableLines(context.variables, show)].join('\n\n');
    case 'variable':
      return variableLine(context.variable, show);
  }
}

interface Show {
  readonly isMarkdown: boolean;
  lineOf(place: Place): string;
}

function literalOf(text: string, { isMarkdown }: Show): string {
  return isMarkdown ? code(text) : `'${plainText(text)}'`;
}

function titled(title: string, words: string, { isMarkdown }: Show): string {
  return isMarkdown ? `**${title}:** ${words}` : `${title}: ${words}`;
}

function stageLine({ at, of }: StageLine, show: Show): string {
  return of === undefined ? show.lineOf(at) : `${nameOf(of, show)}, ${show.lineOf(at)}`;
}

function nameOf({ name, index }: Stage, { isMarkdown }: Show): string {
  if (name === undefined) return `stage ${index}`;
  return isMarkdown ? escaped(name) : plainText(name);
}

/** Not yet fit for Markdown. `isTitled`: behind the word "Stage". */
function verdictOf(
  { name, index, final, inFinalChain, isNeeded, user, isFromScratch }: Stage,
  isTitled: boolean,
  isCutOff: boolean,
): string {
  const own = name === undefined ? `${isTitled ? 'number ' : ''}${index}` : quoted(name);
  const subject = isTitled ? own : `stage ${own}`;
  const runs =
    user.kind === 'absent'
      ? isFromScratch
        ? 'root'
        : 'the user of its base image'
      : user.kind === 'unknown'
        ? 'a user that cannot be told'
        : isRoot(user.value)
          ? 'root'
          : `user ${quoted(user.value.text)}`;
  if (isCutOff) return `${subject}: what is built cannot be told, an instruction is not ended.`;
  if (final) return `${subject} is what is built, and runs as ${runs}.`;
  if (inFinalChain) return `${subject} is in the image: the stage that is built stands on it.`;
  if (isNeeded) return `${subject} is not in the image, but for what is copied from it.`;
  return `${subject} is not built: the image needs nothing of it.`;
}

function imageLine(image: Extract<DockerfileContext, { kind: 'image' }>['image'], show: Show): string {
  if (image === undefined) return titled('Image', 'a variable decides: it cannot be told.', show);
  const { registry, repository, tag, digest } = image;
  const name = `${registry}/${repository}${tag === undefined ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}`;
  const note = tag === undefined && digest === undefined ? ', without a tag: that is `latest`' : '';
  return titled('Image', literalOf(name, show) + (show.isMarkdown ? note : note.replaceAll('`', '')), show);
}

function userLine(user: Extract<DockerfileContext, { kind: 'user' }>['user'], show: Show): string {
  if (user === undefined) return titled('User', 'a variable decides: it cannot be told.', show);
  return titled('User', `${literalOf(user.text, show)}${isRoot(user) ? ', which is root' : ''}`, show);
}

function variableLines(variables: readonly ToldVariable[], show: Show): readonly string[] {
  return variables.map((variable) => variableLine(variable, show));
}

function variableLine(told: ToldVariable, show: Show): string {
  return titled('Variable', `${literalOf(told.use.name, show)} ${fateOf(told, show)}`, show);
}

function fateOf({ use, setBy, line }: ToldVariable, show: Show): string {
  const where = line === undefined ? '' : `, ${whereOf(line, show)}`;
  const instead = fallbackOf(use, show);
  const fallback = instead === '' ? '' : `, else ${instead}`;
  // Others are told from outside, if at all: proxies, dates.
  const isPlatform = /^(?:TARGET|BUILD(?!KIT_))/.test(use.name);
  switch (setBy) {
    case 'trigger':
      return 'is told where the trigger runs: in a build on top of this image';
    case 'argOfFrom':
      return `is not declared in this stage: the ARG${line === undefined ? '' : ` in ${whereOf(line, show)}`} counts for FROM only${instead === '' ? '' : `, so ${instead}`}`;
    case 'argBelow':
      return `is an ARG${where}: not every version of the builder hands that on${fallback}`;
    case 'base':
      return `is not set here: the base image may set it${fallback}`;
    case 'nothing':
      return instead === '' ? 'is not set here: it is empty' : `is not set here, so ${instead}`;
    case 'builder':
      return `${isPlatform ? 'is set by the builder' : 'may be set by whoever builds the image'}${where}${fallback}`;
    case 'undeclared-builder':
      return isPlatform
        ? `is set by the builder only where the stage declares it, with ${literalOf(`ARG ${use.name}`, show)}${fallback}`
        : `may be set by whoever builds the image${fallback}`;
    case 'arg':
    case 'env':
  }
  switch (use.state) {
    case 'set':
      return `is ${shown(use.value, show)}${setBy === 'arg' ? ' by default' : ''}${where}${resultOf(use, show)}`;
    case 'unset':
      return `has no default${where}: whoever builds the image sets it${fallback}`;
    case 'builtin':
      return `has a default${where}, which the builder may replace`;
    default:
      return `cannot be told${where}`;
  }
}

function whereOf({ at, of }: StageLine, show: Show): string {
  return of === undefined ? show.lineOf(at) : `${show.lineOf(at)} in ${nameOf(of, show)}`;
}

function shown(value: string | undefined, show: Show): string {
  return value === undefined || value === '' ? 'empty' : literalOf(value, show);
}

/** What an operator makes of a known value. */
function resultOf({ value, result }: VariableUse, show: Show): string {
  return result === undefined || result === value ? '' : `; this comes to ${shown(result, show)}`;
}

/** What counts where nobody sets it. */
function fallbackOf({ operator, result }: VariableUse, show: Show): string {
  if (operator === ':?' || operator === '?') return 'the build fails';
  if (operator !== ':-' && operator !== '-') return '';
  if (result === undefined) return 'the default here counts';
  return result === '' ? '' : `${literalOf(result, show)} counts`;
}
