import { defineRule, type Report } from '../../../engine/rule.js';
import { cleanHostPath } from '../../../model/clean-host-path.js';
import { hostPathKind } from '../../../model/host-path.js';
import { quoted } from '../../../model/quoted.js';
import type { HostMount } from '../../../model/workload.js';

const agent = /^\$(?:SSH_AUTH_SOCK|\{SSH_AUTH_SOCK(?::?\?[^{}]*)?\})$/;
/** `${HOME}${USERPROFILE}`: of the two, one system sets the one and another system the other. */
const home = /^(?:\$HOME|\$USERPROFILE|\$\{HOME\}|\$\{USERPROFILE\}){1,2}(?=[\\/]|$)/;
/** What others may know of a user: the hosts that are known to SSH, and public keys. */
const publicFiles = /\/\.ssh\/(?:known_hosts|[^/]+\.pub)$/;
/** Writing these gives somebody a way in; reading them does not. */
const publicToRead = /\/\.ssh\/(?:config|authorized_keys)$/;

export default defineRule({
  meta: {
    id: 'host-credential-mount',
    summary: 'The keys, tokens or passwords of a user of the host are mounted into the container.',
    severity: 'warning',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['compose'],
    standards: ['nist-800-190/4.1.4', 'nist-800-190/4.5.5'],
    peers: {},
  },
  check: {
    workload({ format, hostMounts }, report) {
      if (format === 'compose') for (const mount of hostMounts) judge(mount, report);
    },
  },
});

function judge({ source, sourceText, readOnly }: HostMount, report: Report): void {
  const written = sourceText?.value ?? '';
  const path = source.kind === 'known' ? source.value : pathBelowHome(written);
  const isAgent = agent.test(written) || path?.endsWith('.sock') === true;
  if (!agent.test(written) && (path === undefined || hostPathKind(path, 'compose') !== 'credential')) return;
  const name = path ?? written;
  const slashed = name.replaceAll('\\', '/');
  if (publicFiles.test(slashed) || (readOnly === true && publicToRead.test(slashed))) return;
  report({
    at: source,
    message: `${quoted(name)} ${harmOf(name, isAgent)}`,
    // A socket that is read-only answers all the same.
    ...(readOnly === true && !isAgent ? { severity: 'info' } : {}),
  });
}

function harmOf(path: string, isAgent: boolean): string {
  if (isAgent) return 'is an SSH agent: the container can log in wherever its user can.';
  if (/^~[^/]*$/.test(path)) return 'is a whole home: the container gets every key and token in it.';
  return 'holds credentials: the container can use them as if it were you.';
}

/** The path of a home that a variable names which is not known here. */
function pathBelowHome(written: string): string | undefined {
  const below = written.replace(home, '~').replaceAll('\\', '/');
  return below.startsWith('~') && !below.includes('$') ? cleanHostPath(below) : undefined;
}
