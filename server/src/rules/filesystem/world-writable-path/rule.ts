import { defineRule, type ReportedFix, type Severity } from '../../../engine/rule.js';
import { replaceText } from '../../../model/change.js';
import { modeChangesIn } from '../../../model/dockerfile/mode-changes.js';
import type { ModeChange } from '../../../model/file-mode.js';
import { quoted } from '../../../model/quoted.js';

export default defineRule({
  meta: {
    id: 'world-writable-path',
    summary: 'Every user of the container may change a file or directory of the image.',
    severity: 'warning',
    confidence: 'high',
    profile: 'strict',
    since: '0.1.0',
    formats: ['dockerfile'],
    standards: ['nist-800-190/4.1.2'],
    peers: {},
  },
  check: {
    instruction(instruction, report) {
      const isShipped = instruction.stage?.inFinalChain === true;
      for (const change of modeChangesIn(instruction)) {
        if (!change.mode.otherWrite || isMeantForAll(change)) continue;
        report({
          at: change.at,
          message: `Mode ${quoted(change.text)} lets everybody write: any process can plant code there.`,
          severity: severityOf(change, isShipped),
          fix: narrowing(change),
        });
      }
    },
  },
});

/** Directories for what is temporary, below whatever root, are for all if they are sticky; and so are devices. */
function isMeantForAll({ mode, paths }: ModeChange): boolean {
  if (paths.length === 0) return false;
  if (mode.sticky) return paths.every((path) => path === undefined || /(?:^|\/)(?:tmp|shm)(?:\/|$)/.test(path));
  return paths.every((path) => path?.startsWith('/dev/') === true);
}

/** In a sticky directory nobody can replace what others have put there. */
function severityOf({ mode }: ModeChange, isShipped: boolean): Severity {
  if (!isShipped) return 'hint';
  return mode.sticky ? 'info' : 'warning';
}

/** What is mostly meant. */
const narrowed: ReadonlyMap<string, string> = new Map([
  ['0666', '0644'],
  ['0777', '0755'],
  ['666', '644'],
  ['777', '755'],
]);

function narrowing({ text, at, paths }: ModeChange): ReportedFix | undefined {
  const mode = narrowed.get(text);
  // Else quotes stand around it, or a variable brings it.
  if (mode === undefined || at.span.end - at.span.start !== text.length) return undefined;
  const isTemporary = paths.length > 0 && paths.every((path) => /(?:^|\/)(?:tmp|shm)\/?$/.test(path ?? ''));
  if (isTemporary && text.endsWith('777')) {
    return { title: 'Let nobody replace the files of others: 1777', safety: 'unsafe', change: replaceText(at, '1777') };
  }
  return { title: `Let only the owner write: ${mode}`, safety: 'unsafe', change: replaceText(at, mode) };
}
