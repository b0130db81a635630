import { defineRule, type RelatedPlace } from '../../../engine/rule.js';
import { replaceEnding } from '../../../model/change.js';
import type { ComposeService } from '../../../model/compose/service.js';
import { hostPathKind } from '../../../model/host-path.js';
import { knownItems } from '../../../model/located.js';
import { remembered } from '../../../model/parted.js';
import { named } from '../../../model/quoted.js';

export default defineRule({
  meta: {
    id: 'volumes-from',
    summary: 'The service gets every mount of another container, and can write to it.',
    severity: 'info',
    confidence: 'high',
    profile: 'strict',
    since: '0.1.0',
    formats: ['compose'],
    standards: ['nist-800-190/4.4.3'],
    peers: {},
  },
  check: {
    composeProject({ services }, report) {
      for (const { name, fields } of services.filter(takesMounts)) {
        for (const item of knownItems(fields.strings('volumes_from'))) {
          const { source, mode } = parse(item.value);
          const giver = services.find((service) => service.name === source);
          const engine = giver?.workload.hostMounts.filter(isSocket) ?? [];
          const subject = named('service', name);
          if (engine.length > 0) {
            report({
              at: item,
              message: `${subject} gets the socket of the engine, too: it controls the host.`,
              related: engine.map(({ source: { at } }) => ({ at, message: 'The socket is mounted here.' })),
            });
          } else if (mode === undefined || mode === 'rw') {
            report({
              at: item,
              message: `${subject} gets all mounts of another one: it can change them.`,
              related: hostPaths(giver),
              fix: {
                title: 'Mount them read-only',
                safety: 'unsafe',
                change: replaceEnding(item.slot, mode === 'rw' ? ':rw' : '', ':ro'),
              },
            });
          }
        }
      }
    },
  },
});

const takesMounts = remembered(({ fields }: ComposeService) => knownItems(fields.strings('volumes_from')).length > 0);

/** `name`, `name:ro`, `container:name`, `container:name:ro`; a container is none of the services of the file. */
function parse(text: string): { readonly source: string | undefined; readonly mode: string | undefined } {
  const [first, second, third] = text.split(':');
  return first === 'container' ? { source: undefined, mode: third } : { source: first, mode: second };
}

function isSocket({ source }: ComposeService['workload']['hostMounts'][number]): boolean {
  return source.kind === 'known' && hostPathKind(source.value, 'compose') === 'socket';
}

function hostPaths(giver: ComposeService | undefined): readonly RelatedPlace[] {
  const sources = giver?.workload.hostMounts.map((mount) => mount.source) ?? [];
  return sources.flatMap((source) => {
    if (source.kind !== 'known' || hostPathKind(source.value, 'compose') === 'other') return [];
    return { at: source.at, message: 'It gets this path of the host, too.' };
  });
}
