import { defineRule } from '../../../engine/rule.js';
import { isImageName } from '../../../model/image-reference-syntax.js';
import { quoted } from '../../../model/quoted.js';

export default defineRule({
  meta: {
    id: 'invalid-default-arg-in-from',
    summary: 'Without build arguments, FROM names no image that can exist.',
    severity: 'warning',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['dockerfile'],
    standards: [],
    peers: { buildkit: ['InvalidDefaultArgInFrom'] },
  },
  check: {
    stage({ base, defaultImage, from }, report) {
      if (base !== undefined || defaultImage === undefined || isImageName(defaultImage)) return;
      const image = from.arguments[0]?.at.span;
      const uses = from.variables.filter(
        ({ at: { span } }) => image && image.start <= span.start && span.end <= image.end,
      );
      // One that is not declared has no default: no argument can set it.
      const [use] = uses;
      if (use === undefined || uses.some(({ state }) => state === 'undeclared')) return;
      const missing = uses.find(({ state }) => state === 'unset');
      if (missing === undefined) {
        const what = defaultImage === '' ? 'nothing' : quoted(defaultImage, 20);
        report({
          at: use.at,
          message: `By default FROM names ${what}, which is no image: the build fails without arguments.`,
          related: use.setAt === undefined ? [] : [{ at: use.setAt, message: `${quoted(use.name)} is set here.` }],
        });
        return;
      }
      report({
        at: missing.at,
        severity: 'info',
        message: `Argument ${quoted(missing.name)} has no default: without it, FROM names no image.`,
        related: missing.setAt === undefined ? [] : [{ at: missing.setAt, message: 'It is declared here.' }],
      });
    },
  },
});
