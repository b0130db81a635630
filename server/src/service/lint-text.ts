// Lints one text. Loading what that takes is asynchronous and comes first; linting itself is synchronous.
import type { Finding, RuleFailure } from '../engine/finding.js';
import type { ReadFile } from '../engine/language.js';
import type { Rule } from '../engine/rule.js';
import { runRules } from '../engine/run-rules.js';
import type { FileKind } from '../model/format.js';
import { appliesTo } from '../standards/standards.js';
import type { FileId } from '../text/span.js';
import { lintEmbedded, type TextInside } from './embedded.js';
import { type LintRequest, type Reader, readText } from './read-text.js';
import { shellCheckRule, uncheckedScripts } from './shell-checks.js';

export interface Linted {
  readonly file: ReadFile;
  /** In the order of the text; suppressed ones among them. */
  readonly findings: readonly Finding[];
  readonly failures: readonly RuleFailure[];
  /** The texts of other files that related places are in. */
  readonly elsewhere?: ReadonlyMap<FileId, string>;
  /** The texts of other formats inside the file. */
  readonly inside?: readonly TextInside[];
  /** How many errors of syntax there are in them. */
  readonly embeddedErrors?: number;
  /** The scripts that ShellCheck has yet to be asked about; undefined where nobody asks it. */
  readonly unchecked?: readonly string[];
  /** Rules that could not judge all of it, for somebody has to be asked first. */
  readonly unasked?: ReadonlySet<string>;
}

/** Loads what reads a kind of file, so that a run without Dockerfiles never loads their parser. */
export async function loadReader(kind: FileKind, rules: readonly Rule[]): Promise<Reader> {
  switch (kind) {
    case 'dockerfile': {
      const { dockerfileLanguage } = await import('../languages/dockerfile/language.js');
      return dockerfileLanguage.read;
    }
    case 'compose': {
      const { composeLanguage } = await import('../languages/compose/language.js');
      return composeLanguage.read;
    }
    case 'kubernetes': {
      const { kubernetesLanguage } = await import('../languages/kubernetes/language.js');
      return kubernetesLanguage.read;
    }
    case 'config': {
      const { readConfigFile } = await import('../languages/config/language.js');
      return (request) => readConfigFile(request, rules);
    }
  }
}

/** Reads a text and runs the rules over it. */
export function lintText(request: LintRequest): Linted {
  const { rules, settings, shellFindings } = request;
  const read = readText(request);
  const { others } = read;
  const elsewhere = others === undefined ? {} : { elsewhere: others };
  const inside = lintEmbedded(request, read);
  const texts = inside?.texts.map((text) => text.read) ?? [];
  const unchecked = shellFindings === undefined ? undefined : uncheckedScripts([read, ...texts], shellFindings);
  const unasked = unchecked?.length === 0 ? undefined : new Set([shellCheckRule]);
  const asked = { ...(unchecked === undefined ? {} : { unchecked }), ...(unasked === undefined ? {} : { unasked }) };
  if (inside === undefined)
    return { file: read, ...runRules({ file: read, rules, settings, appliesTo, unasked }), ...elsewhere, ...asked };
  const { file, findings: embedded, failures, texts: insides, errors } = inside;
  const result = runRules({ file, rules, settings, appliesTo, embedded, unasked });
  const known = new Set(result.failures.map(({ rule }) => rule));
  return {
    file,
    findings: result.findings,
    failures: [...result.failures, ...failures.filter(({ rule }) => !known.has(rule))],
    ...elsewhere,
    ...asked,
    inside: insides,
    embeddedErrors: errors,
  };
}
