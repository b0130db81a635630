import { defineRule, type Severity } from '../../../engine/rule.js';
import { replaceText } from '../../../model/change.js';
import type { ShellCheckLevel } from '../../../model/dockerfile/shell-script.js';

const severities: { readonly [level in ShellCheckLevel]: Severity } = {
  error: 'error',
  warning: 'warning',
  info: 'info',
  style: 'hint',
};

/** So long is a message at most. */
const longest = 100;

export default defineRule({
  meta: {
    id: 'shellcheck-finding',
    summary: 'ShellCheck reports a fault in the script of an instruction.',
    severity: 'info',
    confidence: 'high',
    profile: 'all',
    since: '0.1.0',
    formats: ['dockerfile'],
    standards: [],
    peers: { hadolint: ['SC*'] },
    options: {
      exclude: { default: [], description: 'Codes of ShellCheck that are not told, such as SC2086.' },
      severities: {
        default: [],
        description: 'Severities for single codes, as `SC2086=warning`: `error`, `warning`, `info` or `hint`.',
      },
    },
  },
  check: {
    instruction({ scriptFindings }, report, { options }) {
      if (scriptFindings.length === 0) return;
      const chosen = readSeverities(options.severities);
      for (const { code, level, message, at, replacements } of scriptFindings) {
        if (options.exclude.includes(code)) continue;
        report({
          at,
          check: code,
          severity: chosen.get(code) ?? severities[level],
          message: sentence(code, message),
          ...(replacements.length === 0
            ? {}
            : {
                fix: {
                  title: `Apply ShellCheck's fix for ${code}`,
                  safety: 'unsafe',
                  change: replacements.map((replacement) => replaceText(replacement.at, replacement.text)),
                },
              }),
        });
      }
    },
  },
});

/** Its own words, cut to one short line: its wiki has the rest under the code. */
function sentence(code: string, message: string): string {
  const text = `'${code}': ${message.replace(/\s+/g, ' ').trim()}`;
  const ended = /[.?]$/.test(text) ? text : `${text}.`;
  if (ended.length <= longest) return ended;
  const [first = ''] = /^.*?[.?](?= [A-Z])/.exec(ended) ?? [];
  if (first !== '' && first.length <= longest) return first;
  const cut = ended.slice(0, longest - 2);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), longest / 2))}….`.replace(/[\uD800-\uDBFF](?=…)/, '');
}

/** The severities that are said of codes; an entry that is something else counts for nothing. */
function readSeverities(entries: readonly string[]): ReadonlyMap<string, Severity> {
  const chosen = new Map<string, Severity>();
  for (const entry of entries) {
    const [code = '', word = ''] = entry.split('=').map((part) => part.trim());
    const severity = Object.values(severities).find((each) => each === word);
    if (severity !== undefined) chosen.set(code, severity);
  }
  return chosen;
}
