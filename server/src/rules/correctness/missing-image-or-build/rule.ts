import { defineRule } from '../../../engine/rule.js';
import type { ComposeProject } from '../../../model/compose/project.js';
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
      const extended = extendedIn(project);
      for (const service of project.services) {
        const { name, fields, profiles } = service;
        const image = fields.string('image');
        if (image.kind === 'unknown' || (image.kind === 'known' && image.value !== '')) continue;
        if (others.some((key) => fields.string(key).kind !== 'absent')) continue;
        // With a profile that nobody turns on, it is only there for others to extend.
        if (extended.has(name) && profiles?.length !== 0) continue;
        report({
          at: image,
          message: `${named('service', name)} has no \`image\` and no \`build\`: Compose cannot start it.`,
        });
      }
    },
  },
});

/** What may stand in for an image; those that are maps are written, though no strings. */
const others = ['build', 'provider', 'extends'] as const;

/** The services that others of the same file extend. */
function extendedIn({ extensions }: ComposeProject): ReadonlySet<string> {
  return new Set(
    extensions.flatMap(({ service, file }) => (file === undefined && service.kind === 'known' ? [service.value] : [])),
  );
}
