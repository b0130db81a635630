import { defineRule, type Severity } from '../../../engine/rule.js';
import { is, knownItems } from '../../../model/located.js';
import { quoted } from '../../../model/quoted.js';

/** Docker takes nothing else (docker/cli, `deviceCgroupRuleRegexp`). */
const form = /^([acb]) (\d+|\*):(\d+|\*) ([rwm]{1,3})$/;
/** The major number of `/dev/mem`, `/dev/port` and `/dev/kmsg`. */
const memory = '1';

interface Breadth {
  readonly severity?: Severity;
  readonly opens: string;
}

export default defineRule({
  meta: {
    id: 'broad-device-cgroup-rule',
    summary: 'A device rule opens every device of a kind to the container.',
    severity: 'warning',
    confidence: 'high',
    profile: 'strict',
    since: '0.1.0',
    formats: ['compose'],
    standards: ['nist-800-190/4.4.3'],
    peers: {},
  },
  check: {
    service({ container, fields }, report) {
      const rules = knownItems(fields.strings('device_cgroup_rules'));
      // A privileged container has every device anyway.
      if (rules.length === 0 || container === undefined || is(container.privileged, true)) return;
      for (const rule of rules) {
        const breadth = breadthOf(rule.value);
        if (breadth === undefined) continue;
        report({
          at: rule,
          ...(breadth.severity === undefined ? {} : { severity: breadth.severity }),
          message: `Rule ${quoted(rule.value)} ${breadth.opens}`,
        });
      }
    },
  },
});

function breadthOf(rule: string): Breadth | undefined {
  const [, type, major, minor, permissions = ''] = form.exec(rule) ?? [];
  // Every container may make device files already; opening them is what counts.
  if (type === undefined || minor !== '*' || !/[rw]/.test(permissions)) return undefined;
  if (type === 'a')
    return major === '*' ? { opens: 'opens every device: the disks of the host are among them.' } : undefined;
  if (type === 'b')
    return { opens: `opens ${major === '*' ? 'all' : 'these'} disks: the container gets at all that is on them.` };
  if (major === '*') return { opens: 'opens all character devices: input and memory are among them.' };
  if (major === memory) return { opens: 'opens the memory devices: the kernel is in reach.' };
  return { severity: 'info', opens: 'opens all devices of a driver: those plugged in later, too.' };
}
