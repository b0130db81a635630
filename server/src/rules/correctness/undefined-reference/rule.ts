import { defineRule, type Report, type ReportedFix } from '../../../engine/rule.js';
import { replaceText, set } from '../../../model/change.js';
import { neededServices, serviceReferences } from '../../../model/compose/dependencies.js';
import type { ComposeProject } from '../../../model/compose/project.js';
import {
  configReferences,
  modelReferences,
  networkReferences,
  secretReferences,
  volumeReferences,
} from '../../../model/compose/references.js';
import type { ComposeService } from '../../../model/compose/service.js';
import { type Known, valueOf } from '../../../model/located.js';
import { remembered } from '../../../model/parted.js';
import { named, quoted } from '../../../model/quoted.js';
import { closest } from '../../../text/closest.js';

export default defineRule({
  meta: {
    id: 'undefined-reference',
    summary: 'A service names a network, volume, secret, config, model or service that nobody defines.',
    severity: 'error',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['compose'],
    standards: [],
    peers: {},
  },
  check: {
    composeProject(project, report) {
      for (const { kind, reason, service, at } of project.broken) {
        if (reason === 'missing-service') {
          report({ at, message: `${named('service', service ?? '')} is not defined: nothing can extend it.` });
        } else if (reason === 'missing-file') {
          const file = quoted(valueOf(at) ?? '', 40);
          report({ at, message: `File ${file} of this \`${kind}\` is not there: Compose refuses the project.` });
        }
      }
      if (!project.whole) return;
      for (const kind of kinds) checkKind(project, kind, report);
    },
  },
});

interface Kind {
  readonly section: string;
  readonly kind: string;
  readonly of: (service: ComposeService) => readonly Known<string>[];
  /** The names alone: where each of them is defined, nobody has to know where they stand. */
  readonly names: (service: ComposeService) => ReadonlySet<string>;
}

/** What a service names, by the section that has to define it. */
const kinds: readonly Kind[] = [
  {
    section: 'services',
    kind: 'service',
    of: (service) => serviceReferences(service).map((one) => one.service),
    names: neededServices,
  },
  { section: 'networks', kind: 'network', of: networkReferences, names: namesOf(networkReferences) },
  { section: 'volumes', kind: 'volume', of: volumeReferences, names: namesOf(volumeReferences) },
  { section: 'secrets', kind: 'secret', of: secretReferences, names: namesOf(secretReferences) },
  { section: 'configs', kind: 'config', of: configReferences, names: namesOf(configReferences) },
  { section: 'models', kind: 'model', of: modelReferences, names: namesOf(modelReferences) },
];

function namesOf(of: Kind['of']): Kind['names'] {
  return remembered((service: ComposeService) => new Set(of(service).map(({ value }) => value)));
}

/** With more names than this, and more that are missing, nobody is helped by guesses. */
const maxGuessed = 100;

function checkKind(project: ComposeProject, { section, kind, of, names }: Kind, report: Report): void {
  const keys = project.fields.keys(section);
  if (keys.kind === 'unknown') return;
  const defined = new Map(keys.kind === 'known' ? keys.value.map(({ name, at }) => [name, at]) : []);
  // It is there without a word.
  const implied = kind === 'network' ? 'default' : undefined;
  const isMissing = (name: string) => !defined.has(name) && name !== implied;
  const missing = project.services
    .filter((service) => [...names(service)].some(isMissing))
    .flatMap((service) => of(service).filter(({ value }) => isMissing(value)));
  const guesses = missing.length <= maxGuessed && defined.size <= maxGuessed;
  for (const reference of missing) {
    const { value: name } = reference;
    const near = guesses && name.length <= maxGuessed ? closest(name, defined.keys()) : undefined;
    const nearAt = near === undefined ? undefined : defined.get(near);
    report({
      at: reference,
      message: `${named(kind, name)} is not defined: Compose cannot start what uses it.`,
      related: nearAt === undefined ? [] : [{ at: nearAt, message: 'Was this one meant?' }],
      fix: definition(project, kind, reference),
    });
  }
}

/** Networks and volumes need no more than a name; of the others somebody has to say what is in them. */
function definition({ fields }: ComposeProject, kind: string, reference: Known<string>): ReportedFix | undefined {
  const { value: name, at } = reference;
  if (kind === 'volume' && /^[\w-][\w.-]*\//.test(name)) {
    const { start, end } = at.span;
    if (end - start !== name.length) return undefined;
    const change = replaceText({ file: at.file, span: { start, end: start } }, './');
    return { title: 'Write it as a path', safety: 'unsafe', change };
  }
  if ((kind !== 'network' && kind !== 'volume') || !/^(?!x-)[\w.-]+$/.test(name)) return undefined;
  const key = fields.key([`${kind}s`, name]);
  if (key.kind !== 'absent') return undefined;
  return { title: `Define the ${kind}`, safety: 'unsafe', change: set(key.slot, null) };
}
