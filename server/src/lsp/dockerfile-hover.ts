// What something in a Dockerfile comes to, for the person who points at it.
import type { VariableUse } from '../model/dockerfile/instruction.js';
import type { Stage } from '../model/dockerfile/stage.js';
import { quoted } from '../model/quoted.js';
import { isRoot } from '../model/user.js';
import type { DockerfileContext } from '../service/dockerfile-context.js';
import { LineIndex } from '../text/line-index.js';
import type { Place } from '../text/span.js';
import { describeTable } from './hover-table.js';
import { code, escaped, plainText } from './markdown.js';

/** `text` is that of the file, whose lines are told. */
export function describeDockerfile(context: DockerfileContext, text: string, isMarkdown: boolean): string {
  const lines = new LineIndex(text);
  const lineOf = ({ span }: Place): string =>
    `line${isMarkdown ? '&nbsp;' : ' '}${lines.positionAt(span.start).line + 1}`;
  const show: Show = { isMarkdown, lineOf };
  switch (context.kind) {
    case 'stage':
      return describeTable(
        {
          title: 'Stage',
          verdict: verdictOf(context.stage, context.isCutOff),
          columns: ['From'],
          rows: context.values.map(({ field, value, at, of }) => ({
            field,
            value,
            cells: [of === undefined ? lineOf(at) : `${nameOf(of, show)}, ${lineOf(at)}`],
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

function nameOf({ name, index }: Stage, { isMarkdown }: Show): string {
  if (name === undefined) return `stage ${index}`;
  return isMarkdown ? escaped(name) : plainText(name);
}

/** Without Markdown. */
function verdictOf({ name, index, final, inFinalChain, isNeeded, user }: Stage, isCutOff: boolean): string {
  const subject = name === undefined ? `stage ${index}` : `stage ${quoted(name)}`;
  const runs =
    user.kind === 'absent'
      ? 'the user of its base image'
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

function variableLines(variables: readonly VariableUse[], show: Show): readonly string[] {
  return variables.map((variable) => variableLine(variable, show));
}

function variableLine({ name, state, value, setAt, operator }: VariableUse, show: Show): string {
  const where = setAt === undefined ? '' : `, ${show.lineOf(setAt)}`;
  return titled('Variable', `${literalOf(name, show)} ${said()}`, show);

  function said(): string {
    switch (state) {
      case 'set':
        return `is ${literalOf(value ?? '', show)}${where}`;
      case 'unset':
        return `has no default${where}: whoever builds the image sets it${fallback()}`;
      case 'builtin':
        return 'is set by the builder';
      case 'unknown':
        return `cannot be told${where}`;
      case 'undeclared':
        return `is not set in this file: the base image may set it${fallback()}`;
    }
  }

  function fallback(): string {
    return operator === ':-' || operator === '-' ? ', else the default here counts' : '';
  }
}
