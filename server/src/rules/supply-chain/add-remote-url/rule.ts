import { defineRule } from '../../../engine/rule.js';
import { type CopiedSource, sourcesOf } from '../../../model/dockerfile/copied-source.js';
import { quoted } from '../../../model/quoted.js';
import { type Remote, remoteOf, shown } from '../../../model/remote.js';

export default defineRule({
  meta: {
    id: 'add-remote-url',
    summary: 'ADD fetches something whose content nobody has written down.',
    severity: 'warning',
    confidence: 'high',
    profile: 'strict',
    since: '0.1.0',
    formats: ['dockerfile'],
    standards: ['cis-docker-1.6/4.9'],
    peers: {
      kics: ['dockerfile/curl_or_wget_instead_of_add'],
      'docker-bench': ['4.9'],
      dockle: ['CIS-DI-0009'],
    },
  },
  check: {
    instruction(instruction, report) {
      if (instruction.keyword !== 'ADD') return;
      if (instruction.flags.some(({ name, value }) => name === 'checksum' && value.kind !== 'absent')) return;
      for (const source of sourcesOf(instruction)) {
        const remote = source.isHeredoc ? undefined : remoteSource(source);
        if (remote === undefined || remote.state === 'pinned') continue;
        report({
          at: source.field,
          message: `${quoted(shown(source.text))} ${faultOf(remote)}`,
          ...(remote.state === 'versioned' ? { severity: 'info' } : {}),
        });
      }
    },
  },
});

/** What is fetched; undefined for a file of the build context, and where nobody can tell. */
function remoteSource({ field, text }: CopiedSource): Remote | undefined {
  // For ADD this is a folder, though a build context of that name is a repository.
  if (text.startsWith('github.com/')) return undefined;
  return field.kind !== 'known' && mayHoldCommit(text) ? undefined : remoteOf(text);
}

/** Whether a variable stands where a repository has its commit. */
function mayHoldCommit(text: string): boolean {
  const end = text.search(/#|\.git[?$]/);
  return end >= 0 && text.includes('$', end);
}

function faultOf(remote: Exclude<Remote, { readonly state: 'pinned' }>): string {
  if (remote.state === 'open') return 'comes without encryption or checksum: anybody can change it.';
  if (remote.state === 'versioned') return 'is added at a tag: its owner can move it to something else.';
  return `is added without a ${remote.lacks}: it can be something else tomorrow.`;
}
