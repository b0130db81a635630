import { defineRule } from '../../../engine/rule.js';
import { replaceText } from '../../../model/change.js';
import { type CopiedSource, mayBeUnpacked, sourcesOf } from '../../../model/dockerfile/copied-source.js';
import { remoteOf } from '../../../model/remote.js';

/** What COPY cannot do. */
const ownFlags: ReadonlySet<string> = new Set(['checksum', 'keep-git-dir', 'unpack']);

export default defineRule({
  meta: {
    id: 'add-local-file',
    summary: 'ADD is used where COPY does the same and nothing else.',
    severity: 'info',
    confidence: 'high',
    profile: 'strict',
    since: '0.1.0',
    formats: ['dockerfile'],
    standards: ['cis-docker-1.6/4.9'],
    peers: {
      hadolint: ['DL3020'],
      kics: ['dockerfile/add_instead_of_copy'],
      checkov: ['CKV_DOCKER_4'],
      trivy: ['DS-0005'],
      'docker-bench': ['4.9'],
      semgrep: ['prefer-copy-over-add'],
      dockle: ['CIS-DI-0009'],
    },
  },
  check: {
    instruction(instruction, report) {
      const { keyword, keywordAt, flags, variables, written } = instruction;
      if (keyword !== 'ADD' || flags.some(({ name }) => ownFlags.has(name))) return;
      const sources = sourcesOf(instruction);
      if (sources.length === 0 || !sources.every(isPlainFile)) return;
      const isSure = variables.length === 0 && !sources.some(({ text, isHeredoc }) => !isHeredoc && endsOpen(text));
      report({
        at: keywordAt,
        message: "'ADD' copies files and nothing else here: only COPY is sure never to unpack or fetch.",
        fix: {
          title: 'Use COPY',
          safety: isSure ? 'safe' : 'unsafe',
          change: replaceText(keywordAt, written.keyword === 'add' ? 'copy' : 'COPY'),
        },
      });
    },
  },
});

function isPlainFile({ field, text, isHeredoc }: CopiedSource): boolean {
  return isHeredoc || (field.kind === 'known' && !mayBeUnpacked(text) && isOfContext(text));
}

function isOfContext(text: string): boolean {
  // For ADD, a bare `github.com/…` is a folder.
  return text.startsWith('github.com/') || remoteOf(text) === undefined;
}

/** Whether a pattern may also stand for an archive: `dist/*`, `app.t*`. */
function endsOpen(text: string): boolean {
  const name = text.slice(text.lastIndexOf('/') + 1);
  return /[*?\]]/.test(name.slice(name.lastIndexOf('.') + 1));
}
