import { defineRule } from '../../../engine/rule.js';
import { type Capability, capabilityNames } from '../../../model/capability.js';
import { remove, set } from '../../../model/change.js';
import { baselineCapabilities } from '../../../model/kubernetes/pod-security.js';
import { is, type Known, knownItems } from '../../../model/located.js';
import { quoted } from '../../../model/quoted.js';

/** What a container can do with those that are outside the default set and yet do not endanger the host by themselves. */
const powers: ReadonlyMap<string, string> = new Map([
  ['AUDIT_CONTROL', 'it can change what the kernel logs.'],
  ['AUDIT_READ', 'it can read the audit log of the kernel.'],
  ['BLOCK_SUSPEND', 'it can keep its node awake.'],
  ['CHECKPOINT_RESTORE', 'it can choose process ids.'],
  ['IPC_LOCK', 'it can pin memory, and none is left to others.'],
  ['IPC_OWNER', 'it can use the shared memory of any process.'],
  ['LEASE', 'it can hold up others that open a file.'],
  ['LINUX_IMMUTABLE', 'it can make files that nobody can delete.'],
  ['NET_BROADCAST', 'it can send to all hosts of its network.'],
  ['SYS_NICE', 'it can take processor time from others.'],
  ['SYS_PACCT', 'it can switch process accounting off.'],
  ['SYS_RESOURCE', 'it can exceed limits and quotas.'],
  ['SYS_TTY_CONFIG', 'it can hang up terminals.'],
  ['WAKE_ALARM', 'it can wake its node up.'],
]);

export default defineRule({
  meta: {
    id: 'non-default-added-capability',
    summary: 'The container gets a kernel capability that containers do not have by default.',
    severity: 'warning',
    confidence: 'high',
    profile: 'strict',
    since: '0.1.0',
    formats: ['kubernetes'],
    standards: ['pss/baseline', 'cis-kubernetes-1.10/5.2.9', 'nist-800-190/4.4.3'],
    peers: { psa: ['capabilities_baseline', 'capabilities_restricted'] },
  },
  check: {
    container({ addedCapabilities, privileged }, report) {
      if (is(privileged, true)) return;
      for (const item of knownItems(addedCapabilities)) {
        const { name, text } = item.value;
        if (baselineCapabilities.has(text)) continue;
        const power = powers.get(name);
        const fix = { title: `Remove ${quoted(text)}`, safety: 'unsafe', change: remove(item.slot) } as const;
        if (power !== undefined) {
          report({ at: item, message: `Added capability ${quoted(text)} is no default one: ${power}`, fix });
        } else if (baselineCapabilities.has(name)) {
          report({ at: item, severity: 'hint', ...misspelt(item) });
        } else if (!capabilityNames.has(name) && name !== 'ALL') {
          report({
            at: item,
            message: `Capability ${quoted(text)} does not exist: Pod Security admission refuses it.`,
            fix,
          });
        }
      }
    },
  },
});

function misspelt({ slot, value: { name, text } }: Known<Capability>) {
  return {
    message: `Capability ${quoted(text)} is not spelled '${name}': Pod Security admission refuses it.`,
    fix: { title: `Write \`${name}\``, safety: 'unsafe', change: set(slot, name) },
  } as const;
}
