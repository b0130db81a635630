// DCLint: `# dclint disable-file`, `# dclint disable [rules]` and `# dclint disable-line [rules]`.
import type { Span } from '../../text/span.js';
import type { ReadFile } from '../language.js';
import { wordsOf } from './ids.js';
import { isKey, lineAt, lineBelow, reachOf } from './lines.js';
import { everything, named, type PeerTool, partAbout, type Said } from './peer-tool.js';

/** Told of the line `ports:`, whichever port it is. */
const aboutPorts = partAbout([
  'no-duplicate-exported-ports',
  'no-unbound-port-interfaces',
  'require-quotes-in-ports',
  'service-ports-alphabetical-order',
]);

const disableFile = /^#[ \t]*dclint[ \t]+disable-file/;
const disable = /#[ \t]*dclint[ \t]+disable(?![\w-])/;
const disableLine = /#[ \t]*dclint[ \t]+disable-line(?![\w-])/;

export const dclint: PeerTool = { name: 'dclint', formats: ['compose'], mark: /dclint/i, read };

function read(file: ReadFile): readonly Said[] {
  return [...forFile(file.text), ...forLines(file)];
}

/** Looked for on one line only: the first one with something on it. */
function forFile(text: string): readonly Said[] {
  const line = firstLine(text);
  if (disableFile.test(line)) return [said(everything, undefined)];
  const match = disable.exec(line);
  return match === null ? [] : [said(checksIn(line.slice(match.index + match[0].length)), undefined)];
}

function firstLine(text: string): string {
  let line: Span | undefined = lineAt(text, 0);
  while (line !== undefined) {
    const content = text.slice(line.start, line.end).trim();
    if (content !== '' && content !== '---') return content;
    line = lineBelow(text, line.end);
  }
  return '';
}

/** At the end of a line, or alone above it. */
function forLines(file: ReadFile): readonly Said[] {
  const { text } = file;
  return file.comments().flatMap(({ span, trailing }): Said[] => {
    const comment = text.slice(span.start, span.end);
    const match = disableLine.exec(comment);
    const line = match === null ? undefined : trailing ? lineAt(text, span.start) : lineBelow(text, span.end);
    if (match === null || line === undefined) return [];
    const checks = checksIn(comment.slice(match.index + match[0].length));
    const own = said(checks, reachOf(line));
    const block = file.blockAt(line.start);
    if (block === undefined || !isKey(text, block.start, ['ports'])) return [own];
    return [own, said(aboutPorts(checks), block)];
  });
}

/** Every word is the name of a rule, there is no room for a reason; without one, all rules are meant. */
function checksIn(rest: string): Said['checks'] {
  const words = wordsOf(rest);
  return words.length === 0 ? everything : named(words);
}

function said(checks: Said['checks'], scope: Span | undefined): Said {
  return { by: 'comment', checks, reason: '', scope };
}
