import { defineRule } from '../../../engine/rule.js';
import { remove } from '../../../model/change.js';
import type { ComposeService } from '../../../model/compose/service.js';
import { containerPorts } from '../../../model/dockerfile/exposed-port.js';
import type { Stage } from '../../../model/dockerfile/stage.js';
import type { Fields } from '../../../model/fields.js';
import { imageName } from '../../../model/image-reference.js';
import { isService } from '../../../model/kubernetes/service.js';
import { is, type Known, knownItems, type Located, valueOf } from '../../../model/located.js';
import { named, quoted } from '../../../model/quoted.js';
import type { Container, PortRange } from '../../../model/workload.js';
import type { Place } from '../../../text/span.js';

export default defineRule({
  meta: {
    id: 'ssh-port-exposed',
    summary: 'The container or Service offers SSH.',
    severity: { dockerfile: 'warning', compose: 'info', kubernetes: 'warning' },
    confidence: 'high',
    profile: 'strict',
    since: '0.1.0',
    formats: ['dockerfile', 'compose', 'kubernetes'],
    standards: ['cis-docker-1.6/5.7', 'nist-800-190/4.1.2', 'nist-800-190/4.4.2', 'nist-800-190/4.4.3'],
    peers: {
      kics: ['dockerfile/exposing_port_22'],
      checkov: ['CKV_DOCKER_1'],
      trivy: ['DS-0004'],
      'kube-linter': ['ssh-port'],
      'docker-bench': ['5.7'],
      kubescape: ['C-0042'],
    },
  },
  check: {
    instruction(instruction, report) {
      const { keyword, stage } = instruction;
      if (keyword !== 'EXPOSE' || stage?.inFinalChain !== true || isBuiltOnGitServer(stage)) return;
      for (const item of instruction.arguments) {
        const ports = item.kind === 'known' ? containerPorts(item.value) : [];
        if (!ports.some((port) => port.protocol === 'tcp' && includesSsh(port))) continue;
        const what = valueOf(item) ?? '';
        report({
          at: item,
          message: `Port ${quoted(what)} offers SSH: that is one more way in, with its own keys.`,
          fix: { title: `Remove port ${quoted(what)}`, safety: 'unsafe', change: remove(item.slot) },
        });
      }
    },
    pod({ containers }, report) {
      for (const { container, own } of containers) {
        const ports = own.list('ports');
        for (const entry of ports.kind === 'known' ? ports.value : []) {
          const port = entry.number('containerPort');
          if (isSsh(entry, port)) {
            report({
              at: port,
              message: `${named('container', container.name)} offers SSH: that is one more way in, with its own keys.`,
            });
          }
        }
      }
    },
    service(service, report) {
      const { container } = service;
      if (container === undefined || isGitServer(container)) return;
      for (const at of [...publishedAt(container), ...exposedAt(service)]) {
        report({
          at,
          message: `${named('container', container.name)} offers SSH: that is one more way in, with its own keys.`,
        });
      }
    },
    manifest(manifest, report) {
      if (!isService(manifest)) return;
      const ports = manifest.list('spec', 'ports');
      for (const entry of ports.kind === 'known' ? ports.value : []) {
        const port = [entry.number('port'), entry.number('targetPort')].find((one) => isSsh(entry, one));
        if (port !== undefined) {
          report({
            at: port,
            message: `${named('Service', manifest.name)} leads to SSH: whoever reaches it can try to log in.`,
          });
        }
      }
    },
  },
});

/** How people push to them. */
const gitServers: ReadonlySet<string> = new Set(['forgejo', 'gitea', 'gitlab-ce', 'gitlab-ee', 'gogs', 'soft-serve']);

function isBuiltOnGitServer({ bottomImage: image }: Stage): boolean {
  return image.kind === 'known' && gitServers.has(imageName(image.value));
}

function isGitServer({ image }: Container): boolean {
  return image.kind === 'known' && gitServers.has(imageName(image.value));
}

function publishedAt({ publishedPorts }: Container): readonly Place[] {
  return publishedPorts.flatMap(({ containerPorts, containerPortsAt, protocol }) =>
    containerPorts !== 'unknown' && protocol === 'tcp' && includesSsh(containerPorts) ? [containerPortsAt] : [],
  );
}

/** The items of `expose`: `22`, `20-25`, `22/tcp`. */
function exposedAt({ fields }: ComposeService): readonly Known<string>[] {
  return knownItems(fields.strings('expose')).filter(({ value }) => {
    const match = /^(\d{1,5})(?:-(\d{1,5}))?(?:\/tcp)?$/i.exec(value);
    return match !== null && includesSsh({ from: Number(match[1]), to: Number(match[2] ?? match[1]) });
  });
}

/** A long range says nothing of what listens there. */
function includesSsh({ from, to }: PortRange): boolean {
  return from <= 22 && 22 <= to && to - from < 10;
}

/** Without a protocol it is TCP. */
function isSsh(entry: Fields, port: Located<number>): boolean {
  const protocol = entry.string('protocol');
  return is(port, 22) && (protocol.kind === 'absent' || is(protocol, 'TCP'));
}
