import { defineRule, type ReportedFinding } from '../../../engine/rule.js';
import { set } from '../../../model/change.js';
import type { ComposeResource } from '../../../model/compose/project.js';
import { is, valueOf } from '../../../model/located.js';
import { named } from '../../../model/quoted.js';

const option = 'com.docker.network.bridge';
/** What is in force where the option is not written. */
const standardMode = 'nat';
const loopback = '127.0.0.1';

export default defineRule({
  meta: {
    id: 'unprotected-network-gateway',
    summary: 'An option of a network lets others reach containers past the ports that are published for them.',
    severity: 'warning',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['compose'],
    standards: ['nist-800-190/4.4.2'],
    peers: {},
  },
  check: {
    composeProject({ networks }, report) {
      for (const network of networks) {
        if (!isBridge(network)) continue;
        for (const finding of findingsOf(network)) report(finding);
      }
    },
  },
});

/** Other drivers do not know these options, and what is made elsewhere takes none. */
function isBridge({ external, fields }: ComposeResource): boolean {
  const driver = fields.string('driver');
  return external === false && (driver.kind === 'absent' || is(driver, 'bridge') || is(driver, ''));
}

function* findingsOf({ name, fields }: ComposeResource): Iterable<ReportedFinding> {
  const subject = named('network', name);
  for (const family of ['ipv4', 'ipv6']) {
    const mode = fields.string('driver_opts', `${option}.gateway_mode_${family}`);
    const message = messageFor(valueOf(mode), subject);
    if (message === undefined || mode.kind !== 'known') continue;
    yield {
      at: mode,
      message,
      ...(mode.value === 'routed' ? { severity: 'info' } : {}),
      fix: { title: `Use the mode \`${standardMode}\``, safety: 'unsafe', change: set(mode.slot, standardMode) },
    };
  }
  const binding = fields.string('driver_opts', `${option}.host_binding_ipv4`);
  if (is(binding, '0.0.0.0')) {
    yield {
      at: binding,
      message: `${subject} binds ports to every address: no default narrows that.`,
      severity: 'info',
      fix: { title: `Bind its ports to \`${loopback}\``, safety: 'unsafe', change: set(binding.slot, loopback) },
    };
  }
}

function messageFor(mode: string | undefined, subject: string): string | undefined {
  if (mode === 'nat-unprotected') return `${subject} is unprotected: ports that nobody published are reached.`;
  if (mode === 'routed') return `${subject} is routed: ports bound to the loopback are open, too.`;
  return undefined;
}
