// What is said of services and resources for which Compose refuses a project once all of its files are merged.
import type { Report } from '../../../engine/rule.js';
import { remove, set } from '../../../model/change.js';
import { isAbove } from '../../../model/compose/layers.js';
import type { ComposeProject, ComposeResource } from '../../../model/compose/project.js';
import type { ComposeService } from '../../../model/compose/service.js';
import { type Known, knownItems } from '../../../model/located.js';
import { named, quoted } from '../../../model/quoted.js';
import { closest } from '../../../text/closest.js';
import { refused } from './compose-formats.js';

export function checkService(service: ComposeService, report: Report): void {
  checkDockerfiles(service, report);
  checkHealthcheck(service, report);
  checkMounts(service, report);
  for (const list of appended) checkMergedItems(list, service, report);
}

function checkDockerfiles({ fields }: ComposeService, report: Report): void {
  const inline = fields.string('build', 'dockerfile_inline');
  if (inline.kind !== 'known' || inline.value === '') return;
  const path = fields.string('build', 'dockerfile');
  if (path.kind !== 'known' || path.value === '') return;
  report({
    at: fields.key(['build', 'dockerfile']),
    message: `'dockerfile' stands beside 'dockerfile_inline': ${refused}.`,
    related: [{ at: inline.at, message: 'The other Dockerfile.' }],
  });
}

const testKinds: readonly string[] = ['CMD', 'CMD-SHELL', 'NONE'];

function checkHealthcheck({ fields }: ComposeService, report: Report): void {
  const test = fields.strings('healthcheck', 'test');
  const first = test.kind === 'known' ? test.value[0] : undefined;
  if (first?.kind !== 'known' || testKinds.includes(first.value)) return;
  const meant = first.via.length === 0 ? closest(first.value, testKinds) : undefined;
  report({
    at: first,
    message: `${quoted(first.value, 28)} has to be 'CMD', 'CMD-SHELL' or 'NONE': ${refused}.`,
    fix:
      meant === undefined
        ? undefined
        : { title: `Write \`${meant}\``, safety: 'unsafe', change: set(first.slot, meant) },
  });
}

function checkMounts({ mounts }: ComposeService, report: Report): void {
  for (const { form, type, fields } of mounts) {
    if (form !== 'long' || type !== 'bind' || fields === undefined) continue;
    if (fields.key(['source']).kind !== 'absent') continue;
    report({ at: fields.string('source'), message: `An item of 'volumes' has no 'source': ${refused}.` });
  }
}

/** Lists to which other files and services add without looking whether an item is there already. */
const appended = ['device_cgroup_rules', 'external_links', 'group_add', 'security_opt', 'volumes_from'] as const;

function checkMergedItems(list: (typeof appended)[number], { fields }: ComposeService, report: Report): void {
  const items = knownItems(fields.texts(list));
  if (items.length < 2) return;
  const seen = new Map<string, Known<string>>();
  for (const item of items) {
    const id = idOf(item);
    const earlier = seen.get(id);
    if (earlier === undefined) {
      seen.set(id, item);
    } else if (isAbove(item, earlier)) {
      report({
        at: item,
        message: `${quoted(item.value, 28)} stands twice in ${quoted(list, 20)}: ${refused}.`,
        related: [{ at: earlier.at, message: 'The other one.' }],
        fix: { title: 'Remove it', safety: 'unsafe', change: remove(item.slot) },
      });
    }
  }
}

/** `1` and `"1"` are two items. */
function idOf({ value, at }: Known<string>): string {
  return /^\d+$/.test(value) ? `${value} ${at.span.end - at.span.start}` : value;
}

/** What stands at the top level. */
export function checkResources(project: ComposeProject, report: Report): void {
  checkAddedServices(project, report);
  for (const volume of project.volumes) checkExternal(volume, report);
  for (const resource of [...project.volumes, ...project.networks, ...project.secrets, ...project.configs])
    checkNames(resource, report);
  for (const secret of project.secrets)
    checkSources({ kind: 'secret', resource: secret, sources: ['file', 'environment'], project }, report);
  for (const config of project.configs)
    checkSources({ kind: 'config', resource: config, sources: ['file', 'environment', 'content'], project }, report);
}

/** A service without anything in it is refused, unless it is laid over one. The first file is judged by itself. */
function checkAddedServices({ fields, whole }: ComposeProject, report: Report): void {
  const services = fields.keys('services');
  if (!whole || services.kind !== 'known') return;
  for (const { name, at } of services.value) {
    if (at.file === fields.at.file) continue;
    const key = fields.key(['services', name]);
    if (fields.fields('services', name).kind === 'absent')
      report({ at: key, message: `${quoted(name, 28)} is empty: ${refused}.` });
  }
}

/** What is made outside of the project is not described in it. */
function checkExternal({ external, fields }: ComposeResource, report: Report): void {
  if (external !== true) return;
  const keys = fields.keys();
  if (keys.kind !== 'known') return;
  for (const { name } of keys.value) {
    if (name === 'external' || name === 'name' || name.startsWith('x-')) continue;
    const key = fields.key([name]);
    report({
      at: key,
      message: `${quoted(name, 28)} stands beside 'external': ${refused}.`,
      fix: { title: `Remove \`${name}\``, safety: 'unsafe', change: remove(key.slot) },
    });
  }
}

function checkNames({ fields }: ComposeResource, report: Report): void {
  const name = fields.string('name');
  const other = fields.string('external', 'name');
  if (name.kind !== 'known' || other.kind !== 'known' || name.value === other.value) return;
  report({ at: other, message: `'external' has another name than 'name' says: ${refused}.` });
}

interface Sources {
  readonly kind: 'secret' | 'config';
  readonly resource: ComposeResource;
  readonly sources: readonly string[];
  readonly project: ComposeProject;
}

function checkSources({ kind, resource, sources, project }: Sources, report: Report): void {
  const { name, nameAt, fields } = resource;
  const keys = fields.keys();
  // Null is a fault of its own.
  if (keys.kind !== 'known') return;
  const written = keys.value.filter((key) => sources.includes(key.name) && fields.string(key.name).kind !== 'absent');
  const [first, second] = written;
  if (first !== undefined && second !== undefined) {
    const message = `${quoted(second.name)} stands beside ${quoted(first.name)}: ${refused}.`;
    report({ at: fields.key([second.name]), message, related: [{ at: first.at, message: 'The other source.' }] });
  }
  // A driver may bring it, or another file.
  const others = ['driver', 'external', ...sources];
  if (!project.whole || keys.value.some((key) => others.includes(key.name))) return;
  report({ at: nameAt, message: `${named(kind, name)} has no source: ${refused}.` });
}
