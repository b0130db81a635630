// SARIF 2.1.0, for code scanning services and viewers.
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Rule, type Severity, severityOf } from '../../engine/rule.js';
import { findStandard } from '../../standards/standards.js';
import type { ReportError, Reporter, ReportFinding, ReportRange } from '../report.js';
import { inOrder, kept } from './kept.js';
import { writeJson } from './write-json.js';

export interface SarifOptions {
  readonly write: (text: string) => void;
  readonly version: string;
  readonly cwd: string;
  readonly rules: readonly Rule[];
  /** The page of a rule, in Markdown; undefined where there is none. */
  readonly pageOf: (id: string) => string | undefined;
  readonly showSuppressed: boolean;
}

const levels: { readonly [severity in Severity]: string } = {
  error: 'error',
  warning: 'warning',
  info: 'note',
  hint: 'note',
};

export function sarifReporter(options: SarifOptions): Reporter {
  const findings: ReportFinding[] = [];
  return {
    file(report) {
      for (const { finding } of report.findings) findings.push(kept(finding));
    },
    end({ errors }) {
      const log = {
        $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
        version: '2.1.0',
        runs: [runOf(inOrder(findings), errors, options)],
      };
      writeJson(options.write, log);
    },
  };
}

function runOf(findings: readonly ReportFinding[], errors: readonly ReportError[], options: SarifOptions): object {
  const { cwd, version } = options;
  const seen = new Set(findings.map((finding) => finding.rule));
  const rules = options.rules.filter((rule) => seen.has(rule.meta.id));
  const taxonomies = taxonomiesOf([
    ...rules.flatMap((rule) => rule.meta.standards),
    ...findings.flatMap((finding) => finding.standards),
  ]);
  const names = [...taxonomies.keys()];
  const root = pathToFileURL(cwd).href;
  return {
    tool: {
      driver: {
        name: 'Plimsoll',
        version,
        semanticVersion: version,
        rules: rules.map((rule) => ruleOf(rule, names, options)),
        supportedTaxonomies: names.map((name, index) => ({ name, index })),
      },
    },
    taxonomies: [...taxonomies].map(([name, taxa]) => ({
      name,
      taxa: [...taxa].map(([id, title]) => ({ id, shortDescription: { text: title } })),
    })),
    columnKind: 'utf16CodeUnits',
    originalUriBaseIds: { SRCROOT: { uri: root.endsWith('/') ? root : `${root}/` } },
    invocations: [
      {
        executionSuccessful: errors.length === 0,
        toolExecutionNotifications: errors.map(({ file, message }) => ({
          level: 'error',
          message: { text: message },
          locations: [{ physicalLocation: { artifactLocation: artifactOf(file, cwd) } }],
        })),
      },
    ],
    results: findings.map((finding) => resultOf(finding, rules, names, options)),
  };
}

function ruleOf({ meta }: Rule, taxonomies: readonly string[], options: SarifOptions): object {
  const page = options.pageOf(meta.id) ?? meta.summary;
  const [format] = meta.formats;
  return {
    id: meta.id,
    name: meta.id,
    shortDescription: { text: meta.summary },
    fullDescription: { text: meta.summary },
    help: { text: page, markdown: page },
    defaultConfiguration: { level: levels[format === undefined ? 'warning' : severityOf(meta, format)] },
    relationships: meta.standards.flatMap((id) => {
      const target = taxonOf(id, taxonomies);
      return target === undefined ? [] : [{ target, kinds: ['relevant'] }];
    }),
    properties: {
      tags: ['security', ...meta.standards],
      precision: precisions[meta.confidence],
      profile: meta.profile,
    },
  };
}

const precisions = { high: 'very-high', medium: 'high', low: 'medium' } as const;

function resultOf(
  finding: ReportFinding,
  rules: readonly Rule[],
  taxonomies: readonly string[],
  { cwd, showSuppressed }: SarifOptions,
): object {
  const { suppressed } = finding;
  return {
    ruleId: finding.rule,
    ruleIndex: rules.findIndex((rule) => rule.meta.id === finding.rule),
    level: levels[finding.severity],
    message: { text: finding.message },
    locations: [locationOf(finding.file, finding.range, cwd)],
    relatedLocations: finding.related.map(({ file, range, message }, id) => ({
      id,
      ...locationOf(file, range, cwd),
      message: { text: message },
    })),
    taxa: finding.standards.flatMap((id) => taxonOf(id, taxonomies) ?? []),
    fixes: finding.fixes.map(({ title, edits }) => ({
      description: { text: title },
      artifactChanges: [
        {
          artifactLocation: artifactOf(finding.file, cwd),
          replacements: edits.map(({ range, newText }) => ({
            deletedRegion: regionOf(range),
            insertedContent: { text: newText },
          })),
        },
      ],
    })),
    ...(showSuppressed ? { suppressions: suppressed === undefined ? [] : [suppressionOf(suppressed)] } : {}),
    properties: { severity: finding.severity, confidence: finding.confidence },
  };
}

/** Written into the file itself, or elsewhere. */
function suppressionOf({ by, reason }: NonNullable<ReportFinding['suppressed']>): object {
  const kind = by === 'comment' || by === 'annotation' ? 'inSource' : 'external';
  return { kind, justification: reason };
}

/** The items of each benchmark: `pss/baseline` is the item `baseline` of `pss`. */
function taxonomiesOf(standards: readonly string[]): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const taxonomies = new Map<string, Map<string, string>>();
  for (const id of [...new Set(standards)].sort()) {
    const standard = findStandard(id);
    if (standard === undefined) continue;
    const [name, item] = parts(id);
    const taxa = taxonomies.get(name) ?? new Map<string, string>();
    taxonomies.set(name, taxa.set(item, standard.title));
  }
  return taxonomies;
}

function taxonOf(standard: string, taxonomies: readonly string[]): object | undefined {
  const [name, id] = parts(standard);
  const index = taxonomies.indexOf(name);
  return index < 0 ? undefined : { id, toolComponent: { name, index } };
}

function parts(standard: string): readonly [name: string, item: string] {
  const slash = standard.indexOf('/');
  return [standard.slice(0, slash), standard.slice(slash + 1)];
}

function locationOf(file: string, range: ReportRange, cwd: string): object {
  return { physicalLocation: { artifactLocation: artifactOf(file, cwd), region: regionOf(range) } };
}

/** Relative to the working directory; a file outside it has its whole address. */
function artifactOf(file: string, cwd: string): object {
  const url = pathToFileURL(resolve(cwd, file)).href;
  const root = pathToFileURL(cwd).href;
  const start = root.endsWith('/') ? root : `${root}/`;
  return url.startsWith(start) ? { uri: url.slice(start.length), uriBaseId: 'SRCROOT' } : { uri: url };
}

function regionOf({ start, end }: ReportRange): object {
  return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column };
}
