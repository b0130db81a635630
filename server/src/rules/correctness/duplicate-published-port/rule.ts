import { defineRule, type Report } from '../../../engine/rule.js';
import type { ComposeProject } from '../../../model/compose/project.js';
import type { ComposeService } from '../../../model/compose/service.js';
import { valueOf } from '../../../model/located.js';
import { quoted } from '../../../model/quoted.js';
import type { PortRange, PublishedPort } from '../../../model/workload.js';

/** One entry of `ports` that takes ports of the host. */
interface Claim {
  readonly service: ComposeService;
  readonly port: PublishedPort;
  readonly range: PortRange;
  /** As written; undefined: every address of the host. */
  readonly address: string | undefined;
}

const protocols: ReadonlySet<string> = new Set(['tcp', 'udp', 'sctp']);

export default defineRule({
  meta: {
    id: 'duplicate-published-port',
    summary: 'Two services want the same port at the same address of the host.',
    severity: 'error',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['compose'],
    standards: [],
    peers: { dclint: ['no-duplicate-exported-ports'] },
  },
  check: {
    composeProject(project, report) {
      // In the order of their first port, a claim can only collide with the one so far that reaches furthest.
      const furthest = new Map<string, Claim>();
      for (const claim of claimsOf(project).sort((a, b) => a.range.from - b.range.from)) {
        const keys = keysOf(claim);
        const rival = keys.lookUp
          .map((key) => furthest.get(key))
          .find((other) => other !== undefined && collide(other, claim));
        if (rival !== undefined) tell(rival, claim, report);
        for (const key of keys.enter) {
          const known = furthest.get(key);
          if (known === undefined || known.range.to < claim.range.to) furthest.set(key, claim);
        }
      }
    },
  },
});

function claimsOf({ services }: ComposeProject): Claim[] {
  return services.flatMap((service) =>
    service.workload.containers.flatMap(({ publishedPorts }) =>
      publishedPorts.flatMap((port): readonly Claim[] => {
        const { hostAddress, hostPorts, protocol } = port;
        if (hostAddress.kind === 'unknown' || typeof hostPorts === 'string' || !protocols.has(protocol)) return [];
        return [{ service, port, range: hostPorts, address: valueOf(hostAddress) || undefined }];
      }),
    ),
  );
}

/** Under which names a claim is found, and under which it finds those that take the same address at the same time. */
function keysOf(claim: Claim): {
  readonly enter: readonly string[];
  readonly lookUp: readonly string[];
} {
  const { service, port, address } = claim;
  const families = address === undefined ? ['4', '6'] : [address.includes(':') ? '6' : '4'];
  const everyAddress = isEvery(claim);
  const found = families.map((family) => `${family} some`);
  const enter = everyAddress ? [...found, ...families.map((family) => `${family} every`)] : [...found, `at ${address}`];
  const lookUp = everyAddress ? found : [`at ${address}`, ...families.map((family) => `${family} every`)];
  // Services of different profiles need not run at the same time; one without profiles always runs.
  const { profiles } = service;
  const running = profiles?.length === 0 ? ['always'] : (profiles ?? []).map((profile) => `in ${profile}`);
  const times = { enter: ['ever', ...running], lookUp: profiles?.length === 0 ? ['ever'] : ['always', ...running] };
  const name = (addresses: readonly string[], when: readonly string[]) =>
    addresses.flatMap((a) => when.map((time) => `${port.protocol} ${a} ${time}`));
  return { enter: name(enter, times.enter), lookUp: name(lookUp, times.lookUp) };
}

function collide(earlier: Claim, later: Claim): boolean {
  if (earlier.range.to < later.range.from) return false;
  if (earlier.service !== later.service) return true;
  // Compose joins entries of a service that are the same.
  return !sameRange(earlier.port.containerPorts, later.port.containerPorts) || isEvery(earlier) !== isEvery(later);
}

function isEvery({ address }: Claim): boolean {
  return address === undefined || /^(?:0\.0\.0\.0|\[?::\]?)$/.test(address);
}

function sameRange(a: PublishedPort['containerPorts'], b: PublishedPort['containerPorts']): boolean {
  return a === 'unknown' || b === 'unknown' || (a.from === b.from && a.to === b.to);
}

function tell(a: Claim, b: Claim, report: Report): void {
  const [first, second] = a.port.hostPortsAt.span.start <= b.port.hostPortsAt.span.start ? [a, b] : [b, a];
  const port = quoted(String(Math.max(a.range.from, b.range.from)));
  const same = first.service === second.service;
  report({
    at: second.port.hostPortsAt,
    message: same
      ? `Port ${port} is published twice by this service: it cannot start.`
      : `Port ${port} is also published by ${quoted(first.service.workload.name)}: only one of the two can start.`,
    related: [{ at: first.port.hostPortsAt, message: 'It is published here, too.' }],
  });
}
