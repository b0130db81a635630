import { defineRule } from '../../../engine/rule.js';
import type { ComposeService } from '../../../model/compose/service.js';
import { is } from '../../../model/located.js';
import { remembered } from '../../../model/parted.js';
import { named, quoted } from '../../../model/quoted.js';

export default defineRule({
  meta: {
    id: 'duplicate-container-name',
    summary: 'Two services want the same name for their containers.',
    severity: 'error',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['compose'],
    standards: [],
    peers: { dclint: ['no-duplicate-container-names'] },
  },
  check: {
    composeProject({ services }, report) {
      const claims = new Map<string, ComposeService>();
      for (const service of services) {
        const claim = claimOf(service);
        if (claim === undefined) continue;
        const { name, enter, lookUp } = claim;
        const rival = lookUp.map((key) => claims.get(key)).find((other) => other !== undefined);
        if (rival !== undefined) {
          report({
            at: service.fields.string('container_name'),
            message: `${named('container', name)} is also the name of ${quoted(rival.name, 14)}: only one can run.`,
            related: [{ at: rival.fields.string('container_name').at, message: 'It is taken here, too.' }],
          });
        }
        for (const key of enter) if (!claims.has(key)) claims.set(key, service);
      }
    },
  },
});

/** The name that the container of a service takes for itself. */
const claimOf = remembered(({ fields, profiles }: ComposeService): Claim | undefined => {
  const name = fields.string('container_name');
  if (name.kind !== 'known' || name.value === '' || is(fields.number('scale'), 0)) return undefined;
  return profiles === undefined ? undefined : { name: name.value, ...keysOf(name.value, profiles) };
});

interface Claim extends Keys {
  readonly name: string;
}

interface Keys {
  readonly enter: readonly string[];
  readonly lookUp: readonly string[];
}

/**
 * Under which keys a name is found, and under which it finds those that are taken at the same time: services of different
 * profiles need not run together, and one without profiles always runs.
 */
function keysOf(name: string, profiles: readonly string[]): Keys {
  const running = profiles.length === 0 ? ['always'] : profiles.map((profile) => `in ${profile}`);
  const found = profiles.length === 0 ? ['ever'] : ['always', ...running];
  const key = (time: string) => `${time}\0${name}`;
  return { enter: ['ever', ...running].map(key), lookUp: found.map(key) };
}
