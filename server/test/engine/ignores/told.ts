// What of a text is silenced, by whom, and what stays: the scope of an ignore, seen from both sides.
import assert from 'node:assert/strict';
import type { Suppressed } from '../../../src/engine/finding.js';
import type { FileKind } from '../../../src/model/format.js';
import { type LintOptions, lint } from '../../support/lint.js';

export interface Told {
  /** `line rule`, with lines from 1. */
  readonly shown: readonly string[];
  /** `line rule: tool check, reason`; `*` for a check where none is named. */
  readonly silenced: readonly string[];
}

/** What becomes of the findings of some rules. */
export function told(kind: FileKind, text: string, rules: readonly string[], options: LintOptions = {}): Told {
  const { findings, failures } = lint(kind, text, options);
  assert.deepEqual(failures, []);
  const shown: string[] = [];
  const silenced: string[] = [];
  for (const { rule, at, suppressed } of findings) {
    if (!rules.includes(rule)) continue;
    const line = text.slice(0, at.span.start).split('\n').length;
    if (suppressed === undefined) shown.push(`${line} ${rule}`);
    else silenced.push(`${line} ${rule}: ${words(suppressed)}`);
  }
  return { shown, silenced };
}

function words({ by, tool = 'plimsoll', check = '*', reason }: Suppressed): string {
  assert.ok(by === 'comment' || by === 'annotation');
  return `${tool} ${by} ${check}, ${reason}`;
}
