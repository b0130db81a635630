// Regular expressions that stay although the checker refuses them. Each one needs a bound on the text that it is given.
import type { Allowed } from './review.js';

export const allowed: readonly Allowed[] = [
  {
    file: 'server/src/languages/kubernetes/template.ts',
    code: String.raw`/\|\s*n?indent\s+(\d{1,3})\s*\)*\s*-?\}\}$/`,
    reason: 'It is given the last 40 units of an action.',
  },
  {
    file: 'server/src/model/credential.ts',
    code: String.raw`/^[a-z][a-z0-9+.-]*:\/\/(?![^/?#]*:[^/?#]*@)/i`,
    reason: 'A value of more than 1000 units is no reference.',
  },
  {
    file: 'server/src/model/credential.ts',
    code: String.raw`/[\W_]|\d+$/g`,
    reason: 'A value of more than 40 units is no default.',
  },
  {
    file: 'server/src/model/credential.ts',
    code: String.raw`/\d+$/`,
    reason: 'It is given words of the first 200 units of a name.',
  },
  {
    file: 'server/src/lsp/hover.ts',
    code: String.raw`/\[([^\]]*)\]\([^)]*\)/g`,
    reason: 'It is given paragraphs of our own pages.',
  },
  {
    file: 'server/src/standards/compose/schema.ts',
    code: 'new RegExp(data.pattern)',
    reason:
      'The two patterns of the Compose specification are linear: nothing in them repeats a repetition of the same.',
  },
  {
    file: 'server/src/standards/compose/schema.ts',
    code: 'new RegExp(others.name)',
    reason: 'The patterns of the Compose specification for names are one repeated class each.',
  },
  {
    file: 'server/src/engine/ignores/tools.ts',
    code: "new RegExp(peerTools.map(({ mark }) => mark.source).join('|'), 'i')",
    reason: 'Its parts are literals that are judged one by one; to try one after the other adds their times.',
  },
  {
    file: 'server/src/languages/config/completion.ts',
    code: "new RegExp(`^${key}:`, 'm')",
    reason: 'The keys are ours, and words.',
  },
];
