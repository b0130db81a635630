import { defineRule, type ReportedFix } from '../../../engine/rule.js';
import { set } from '../../../model/change.js';
import { isRegistryHost } from '../../../model/image-reference.js';
import { type Known, knownItems } from '../../../model/located.js';
import { quoted } from '../../../model/quoted.js';

export default defineRule({
  meta: {
    id: 'gatekeeper-repo-prefix-ambiguous',
    summary: 'A Gatekeeper constraint allows the beginning of a name, which names of strangers begin with, too.',
    severity: 'warning',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['kubernetes'],
    standards: ['nist-800-190/4.1.5'],
    peers: { trivy: ['KSV-0124'] },
  },
  check: {
    manifest(manifest, report) {
      if (manifest.kind !== 'K8sAllowedRepos' || manifest.group !== 'constraints.gatekeeper.sh') return;
      for (const entry of knownItems(manifest.strings('spec', 'parameters', 'repos'))) {
        if (isEnded(entry.value)) continue;
        const message =
          entry.value === ''
            ? "Entry '' begins every name: images from anywhere pass."
            : `Entry ${quoted(entry.value)} has no '/' at its end: longer names of strangers pass.`;
        report({ at: entry, message, fix: fixOf(entry) });
      }
    },
  },
});

/**
 * Whether no other name can begin with an entry: it ends with a separator, goes on to a tag or a digest, or has a `*`,
 * which this constraint takes for a letter.
 */
function isEnded(entry: string): boolean {
  if (/[/:@]$/.test(entry) || entry.includes('*') || entry.includes('@')) return true;
  const lastPart = entry.slice(entry.lastIndexOf('/') + 1);
  return lastPart.includes(':') && !isHostWithPort(entry);
}

function isHostWithPort(entry: string): boolean {
  const [host = '', port = '', ...more] = entry.split(':');
  return (host.includes('.') || host === 'localhost') && /^\d+$/.test(port) && more.length === 0;
}

/** One word may be an owner, or the whole name of an image, which no slash follows. */
function fixOf(entry: Known<string>): ReportedFix | undefined {
  const [first = ''] = entry.value.split('/', 1);
  if (first === entry.value && !isRegistryHost(first)) return undefined;
  return { title: 'End it with a `/`', safety: 'unsafe', change: set(entry.slot, `${entry.value}/`) };
}
