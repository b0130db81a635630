// Semgrep: `# nosemgrep` or `# nosemgrep: rule-id, other`, also `nosem`, on the line or alone on the line above.
import type { ReadFile } from '../language.js';
import { readIds, reasonIn } from './ids.js';
import { lineBelow, reachOf } from './lines.js';
import { everything, type NamedCheck, type PeerTool, partAbout, type Said } from './peer-tool.js';
import { remarksWith } from './remarks.js';

/** Told of the line with the name of the service, which lacks something. */
const aboutServices = partAbout(['no-new-privileges', 'writable-filesystem-service']);

const form = /^#([^\n]*?)(?<!\w)nosem(?:grep)?(?!\w)/i;

export const semgrep: PeerTool = {
  name: 'semgrep',
  formats: ['dockerfile', 'compose', 'kubernetes'],
  mark: /nosem/i,
  read,
};

function read(file: ReadFile): readonly Said[] {
  const services = new Set((file.subjects.workload ?? []).map(({ nameAt }) => nameAt.span.start));
  return remarksWith(file.text, /nosem/gi).flatMap((remark): readonly Said[] => {
    const match = form.exec(remark.text);
    // Alone on its line it has to come first.
    if (match === null || (remark.alone && /\w/.test(match[1] ?? ''))) return [];
    const line = remark.alone ? lineBelow(file.text, remark.line.end) : remark.line;
    if (line === undefined) return [];
    const said = { by: 'comment', ...readForm(remark.text.slice(match[0].length)) } as const;
    const block = file.blockAt(line.start);
    if (file.source.kind === 'dockerfile') {
      const scope = block ?? (remark.alone ? undefined : reachOf(line));
      return scope === undefined ? [] : [{ ...said, scope }];
    }
    const own = { ...said, scope: reachOf(line) };
    if (block === undefined || !services.has(block.start)) return [own];
    return [own, { ...said, checks: aboutServices(said.checks), scope: block }];
  });
}

/** Behind a colon every word is an id, those of a reason too. */
function readForm(rest: string): Pick<Said, 'checks' | 'reason'> {
  const colon = /^[ \t]*:[ \t]*/.exec(rest);
  if (colon === null) return { checks: everything, reason: reasonIn(rest) };
  const list = rest.slice(colon[0].length);
  const checks = list
    .split(/[\s,]+/)
    .filter((id) => id !== '')
    .map(namedCheck);
  return { checks, reason: reasonIn(readIds(list, /[\w./-]/, true).rest) };
}

/** The last part of an id is the name of the rule; the parts before it say where the rule lives. */
function namedCheck(written: string): NamedCheck {
  return { written, key: written.slice(written.lastIndexOf('.') + 1) };
}
