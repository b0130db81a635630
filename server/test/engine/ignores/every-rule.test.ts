// The pages of the rules, with an ignore of each tool that judges the same where a user of that tool would write it.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'mocha';
import type { Finding } from '../../../src/engine/finding.js';
import { allKicsQueries } from '../../../src/engine/ignores/kics-queries.js';
import { peerTools } from '../../../src/engine/ignores/tools.js';
import type { FileKind } from '../../../src/model/format.js';
import { allRules } from '../../../src/rules/all.js';
import { type LintOptions, lint } from '../../support/lint.js';
import { type Fence, readPage } from '../../support/page.js';
import { pageOf } from '../../support/rule-pages.js';
import { recordedAnswer } from '../../support/shell-check-answers.js';

/** Writes an ignore of one check for a finding into a text. */
type Form = (text: string, finding: Finding, check: string) => string;

const lineOf = (text: string, offset: number) => text.slice(0, offset).split('\n').length - 1;

function above(text: string, line: number, comment: string): string {
  const lines = text.split('\n');
  const indentation = /^[ \t]*/.exec(lines[line] ?? '')?.[0] ?? '';
  return [...lines.slice(0, line), `${indentation}${comment}`, ...lines.slice(line)].join('\n');
}

/** The line that the instruction of an offset begins on: the first one that no other one continues in. */
function instructionLine(text: string, offset: number): number {
  const { file } = lint('dockerfile', text);
  const instruction = file.subjects.instruction?.findLast(({ at }) => at.span.start <= offset);
  return lineOf(text, instruction?.at.span.start ?? offset);
}

const aboveInstruction =
  (comment: (check: string) => string): Form =>
  (text, { at }, check) =>
    above(text, instructionLine(text, at.span.start), comment(check));

const aboveLine =
  (comment: (check: string) => string): Form =>
  (text, { at }, check) =>
    above(text, lineOf(text, at.span.start), comment(check));

const onTop =
  (comment: (check: string) => string): Form =>
  (text, _, check) =>
    `${comment(check)}\n${text}`;

/** In the metadata of the object that the finding stands in. */
const annotation =
  (pair: (check: string) => string): Form =>
  (text, { at }, check) => {
    const { file } = lint('kubernetes', text);
    const manifest = file.subjects.manifest?.findLast((one) => one.at.span.start <= at.span.start);
    assert.ok(manifest !== undefined);
    const lines = text.split('\n');
    const kind = lineOf(text, manifest.kindAt.span.start);
    const indentation = ' '.repeat(/^[ -]*/.exec(lines[kind] ?? '')?.[0].length ?? 0);
    const find = (what: RegExp, from: number) =>
      lines.findIndex(
        (line, index) => index >= from && line.startsWith(indentation) && what.test(line.slice(indentation.length)),
      );
    const metadata = find(/^metadata:/, kind);
    assert.ok(metadata >= 0, text);
    // The first one of these, if any: what stands behind the metadata, or annotations in it.
    const annotations = find(/^(?:\S| {2}annotations:)/, metadata + 1);
    if (lines[annotations]?.startsWith(`${indentation}  `)) lines[annotations] += `\n${indentation}    ${pair(check)}`;
    else if (lines[metadata]?.endsWith('metadata:')) {
      lines[metadata] += `\n${indentation}  annotations: {${pair(check)}}`;
    } else lines[metadata] = lines[metadata]?.replace('{', `{annotations: {${pair(check)}}, `) ?? '';
    return lines.join('\n');
  };

const uuidOf = (query: string) =>
  [...allKicsQueries()].find(([, known]) => query === known || query.endsWith(`/${known}`))?.[0] ?? 'none';

interface ToolForms {
  readonly forms: { readonly [kind in FileKind]?: readonly Form[] };
  /** Whether a check is one that the tool has for this format. */
  readonly has?: (check: string, kind: FileKind) => boolean;
}

const hash = (words: string) => (check: string) => `# ${words}${check}`;
const quoted = (key: string, value: string) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`;
const kicsForms = [
  onTop((check) => `# kics-scan disable=${uuidOf(check)}`),
  onTop(() => '# kics-scan ignore'),
  aboveLine(() => '# dd-iac-scan ignore-line'),
  aboveLine(() => '# kics-scan ignore-block'),
];
const lineForms = [aboveLine(hash('nosemgrep: ')), aboveLine(() => '# nosem')];
const trivyForms = [aboveLine(hash('trivy:ignore:')), aboveLine((check) => `#trivy:ignore:AVD-${check.toLowerCase()}`)];

const tools: { readonly [tool: string]: ToolForms } = {
  hadolint: {
    forms: {
      dockerfile: [aboveInstruction(hash('hadolint ignore=')), onTop(hash('hadolint global ignore='))],
    },
  },
  buildkit: {
    forms: {
      dockerfile: [onTop(hash('check=skip=')), aboveInstruction(hash('check=skip=')), onTop(() => '# check=skip=all')],
    },
  },
  checkov: {
    forms: {
      dockerfile: [onTop(hash('checkov:skip=')), (text, _, check) => `${text}#checkov:skip=${check}:why\n`],
      kubernetes: [annotation((check) => quoted('checkov.io/skip1', `${check}=why`))],
    },
    has: (check, kind) => check.includes('DOCKER') === (kind === 'dockerfile'),
  },
  trivy: {
    forms: {
      dockerfile: [aboveInstruction(hash('trivy:ignore:')), aboveInstruction(() => '# trivy:ignore:*')],
      kubernetes: trivyForms,
    },
    has: (check, kind) => check.startsWith(kind === 'dockerfile' ? 'DS-' : 'KSV-'),
  },
  kics: {
    forms: {
      dockerfile: [...kicsForms.slice(0, 2), aboveInstruction(() => '# kics-scan ignore-line')],
      compose: kicsForms,
      kubernetes: kicsForms,
    },
    has: (check, kind) => check.startsWith(kind),
  },
  semgrep: {
    forms: { dockerfile: [aboveInstruction(hash('nosemgrep: '))], compose: lineForms, kubernetes: lineForms },
  },
  dclint: {
    forms: {
      compose: [
        onTop(() => '# dclint disable-file'),
        onTop(hash('dclint disable ')),
        aboveLine(hash('dclint disable-line ')),
      ],
    },
  },
  'kube-linter': {
    forms: {
      kubernetes: [
        annotation((check) => quoted(`ignore-check.kube-linter.io/${check}`, 'why')),
        annotation(() => quoted('kube-linter.io/ignore-all', 'why')),
      ],
    },
  },
  'kube-score': { forms: { kubernetes: [annotation((check) => quoted('kube-score/ignore', `other,${check}`))] } },
  polaris: {
    forms: {
      kubernetes: [
        annotation((check) => quoted(`polaris.fairwinds.com/${check}-exempt`, 'true')),
        annotation(() => quoted('polaris.fairwinds.com/exempt', 'true')),
      ],
    },
  },
};

function optionsOf(rule: string, fence: Fence): LintOptions {
  const { options, kubernetesMinor, trusted: trustedRegistries, dotenv, project } = fence;
  const shellFindings = fence.shellCheck ? recordedAnswer : undefined;
  return { only: rule, options, kubernetesMinor, trustedRegistries, dotenv, project, shellFindings };
}

describe('every rule that another tool has, too', () => {
  it('is tried with the ignores of every tool in the table', () => {
    assert.deepEqual(Object.keys(tools).sort(), peerTools.map(({ name }) => name).sort());
  });

  // Of a rule about comments that silence, one more such comment is one more finding.
  for (const { meta } of allRules.filter((rule) => rule.meta.id !== 'inline-suppression')) {
    for (const [tool, { forms, has = () => true }] of Object.entries(tools)) {
      const checks = meta.peers[tool] ?? [];
      for (const [kind, list] of Object.entries(forms) as [FileKind, readonly Form[]][]) {
        const own = checks.filter((check) => has(check, kind));
        if (own.length === 0 || !meta.formats.includes(kind)) continue;
        it(`${meta.id} is silenced by ${tool} in ${kind}`, () => {
          const fences = readPage(readFileSync(pageOf(meta.id), 'utf8')).filter(
            (fence) => fence.kind === kind && fence.fixed === undefined && fence.expectations.length > 0,
          );
          assert.notDeepEqual(fences, []);
          for (const fence of fences) {
            const options = optionsOf(meta.id, fence);
            const { findings } = lint(kind, fence.text, options);
            for (const [index, finding] of findings.entries()) {
              for (const check of own) {
                for (const form of list) {
                  // A rule that passes on the checks of a tool has as many as that.
                  const text = form(fence.text, finding, check.endsWith('*') ? (finding.check ?? '') : check);
                  const after = lint(kind, text, options).findings;
                  assert.equal(after.length, findings.length, text);
                  const { by, tool: whose } = after[index]?.suppressed ?? {};
                  assert.ok(by !== undefined, `${finding.message}\n${text}`);
                  assert.equal(whose, tool);
                }
              }
            }
          }
        });
      }
    }
  }
});
