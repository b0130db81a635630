import { defineRule } from '../../../engine/rule.js';
import type { ComposeProject } from '../../../model/compose/project.js';
import type { ComposeService } from '../../../model/compose/service.js';
import { remembered } from '../../../model/parted.js';
import { named } from '../../../model/quoted.js';

export default defineRule({
  meta: {
    id: 'missing-image-or-build',
    summary: 'A service has neither an image nor a build, so there is nothing to run.',
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
      if (!project.whole) return;
      const bare = project.services.filter(saysNothing);
      const extended = bare.length === 0 ? undefined : extendedIn(project);
      for (const { name, fields, profiles } of bare) {
        // With a profile that nobody turns on, it is only there for others to extend.
        if (extended?.has(name) === true && profiles?.length !== 0) continue;
        report({
          at: fields.string('image'),
          message: `${named('service', name)} has no \`image\` and no \`build\`: Compose cannot start it.`,
        });
      }
    },
  },
});

/** What may stand in for an image; those that are maps are written, though no strings. */
const others = ['build', 'provider', 'extends'] as const;

/** Whether a service says nothing of what is to run in it. */
const saysNothing = remembered(({ fields }: ComposeService) => {
  const image = fields.string('image');
  if (image.kind === 'unknown' || (image.kind === 'known' && image.value !== '')) return false;
  return others.every((key) => fields.string(key).kind === 'absent');
});

/** The services that others of the same file extend. */
function extendedIn({ extensions }: ComposeProject): ReadonlySet<string> {
  return new Set(
    extensions.flatMap(({ service, file }) => (file === undefined && service.kind === 'known' ? [service.value] : [])),
  );
}
