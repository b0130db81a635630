import { defineRule, type Report } from '../../../engine/rule.js';
import type { Located } from '../../../model/located.js';
import { quoted } from '../../../model/quoted.js';
import { type Remote, remoteOf, shown } from '../../../model/remote.js';

const longestAddress = 38;

export default defineRule({
  meta: {
    id: 'unpinned-remote-context',
    summary: 'A build context or Compose file comes from a place where it can change at any time.',
    severity: 'warning',
    confidence: 'high',
    profile: 'strict',
    since: '0.1.0',
    formats: ['compose'],
    standards: ['nist-800-190/4.1.5', 'nist-800-190/4.2.1'],
    peers: {},
  },
  check: {
    service({ fields }, report) {
      const build = fields.string('build');
      judge(build.kind === 'known' ? build : fields.string('build', 'context'), report);
      const contexts = fields.assignments('build', 'additional_contexts');
      for (const { value } of contexts.kind === 'known' ? contexts.value : []) judge(value, report);
    },
    composeProject({ extensions, inclusions }, report) {
      for (const { file } of extensions) if (file !== undefined) judge(file, report);
      for (const file of inclusions) judge(file, report);
    },
  },
});

function judge(address: Located<string>, report: Report): void {
  const remote = address.kind === 'known' ? remoteOf(address.value) : undefined;
  if (address.kind !== 'known' || remote === undefined || remote.state === 'pinned') return;
  report({
    at: address,
    message: `${quoted(shown(address.value), longestAddress)} ${faultOf(remote)}`,
    ...(remote.state === 'versioned' ? { severity: 'info' } : {}),
  });
}

function faultOf(remote: Exclude<Remote, { readonly state: 'pinned' }>): string {
  if (remote.state === 'open') return 'is fetched unencrypted: anybody on the way can change it.';
  if (remote.state === 'versioned') return 'names a tag: its owner can move it to something else.';
  const what = remote.lacks === 'commit' ? 'names no full commit' : `has no ${remote.lacks}`;
  return `${what}: it can be something else tomorrow.`;
}
