import { defineRule, type Report } from '../../../engine/rule.js';
import type { ComposeProject } from '../../../model/compose/project.js';
import type { ComposeService } from '../../../model/compose/service.js';
import { valueOf } from '../../../model/located.js';
import { remembered } from '../../../model/parted.js';
import { quoted } from '../../../model/quoted.js';
import type { PortRange, PublishedPort } from '../../../model/workload.js';
import type { Place } from '../../../text/span.js';

/** What one entry of `ports` takes of the host, wherever it stands. */
interface Wish {
  /** Which of the published ports it is. */
  readonly index: number;
  readonly range: PortRange;
  /** As written; undefined: every address of the host. */
  readonly address: string | undefined;
  readonly containerPorts: PublishedPort['containerPorts'];
  /** Under which names it is found, and under which it finds those that take the same address at the same time. */
  readonly enter: readonly string[];
  readonly lookUp: readonly string[];
}

interface Claim extends Wish {
  readonly service: ComposeService;
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
        const rival = claim.lookUp
          .map((key) => furthest.get(key))
          .find((other) => other !== undefined && collide(other, claim));
        if (rival !== undefined) tell(rival, claim, report);
        for (const key of claim.enter) {
          const known = furthest.get(key);
          if (known === undefined || known.range.to < claim.range.to) furthest.set(key, claim);
        }
      }
    },
  },
});

function claimsOf({ services }: ComposeProject): Claim[] {
  return services.flatMap((service) => wishesOf(service).map((wish) => ({ service, ...wish })));
}

const wishesOf = remembered((service: ComposeService): readonly Wish[] =>
  portsOf(service).flatMap((port, index): readonly Wish[] => {
    const { hostAddress, hostPorts, containerPorts, protocol } = port;
    if (hostAddress.kind === 'unknown' || typeof hostPorts === 'string' || !protocols.has(protocol)) return [];
    const address = valueOf(hostAddress) || undefined;
    return [{ index, range: hostPorts, address, containerPorts, ...keysOf(service, protocol, address) }];
  }),
);

function portsOf({ workload }: ComposeService): readonly PublishedPort[] {
  return workload.containers.flatMap(({ publishedPorts }) => publishedPorts);
}

function keysOf(
  { profiles }: ComposeService,
  protocol: string,
  address: string | undefined,
): Pick<Wish, 'enter' | 'lookUp'> {
  const families = address === undefined ? ['4', '6'] : [address.includes(':') ? '6' : '4'];
  const everyAddress = isEvery(address);
  const found = families.map((family) => `${family} some`);
  const enter = everyAddress ? [...found, ...families.map((family) => `${family} every`)] : [...found, `at ${address}`];
  const lookUp = everyAddress ? found : [`at ${address}`, ...families.map((family) => `${family} every`)];
  // Services of different profiles need not run at the same time; one without profiles always runs.
  const running = profiles?.length === 0 ? ['always'] : (profiles ?? []).map((profile) => `in ${profile}`);
  const times = { enter: ['ever', ...running], lookUp: profiles?.length === 0 ? ['ever'] : ['always', ...running] };
  const name = (addresses: readonly string[], when: readonly string[]) =>
    addresses.flatMap((a) => when.map((time) => `${protocol} ${a} ${time}`));
  return { enter: name(enter, times.enter), lookUp: name(lookUp, times.lookUp) };
}

function collide(earlier: Claim, later: Claim): boolean {
  if (earlier.range.to < later.range.from) return false;
  if (earlier.service !== later.service) return true;
  // Compose joins entries of a service that are the same.
  return (
    !sameRange(earlier.containerPorts, later.containerPorts) || isEvery(earlier.address) !== isEvery(later.address)
  );
}

function isEvery(address: string | undefined): boolean {
  return address === undefined || /^(?:0\.0\.0\.0|\[?::\]?)$/.test(address);
}

function sameRange(a: PublishedPort['containerPorts'], b: PublishedPort['containerPorts']): boolean {
  return a === 'unknown' || b === 'unknown' || (a.from === b.from && a.to === b.to);
}

function tell(a: Claim, b: Claim, report: Report): void {
  const [one, other] = [placedIn(a), placedIn(b)];
  if (one === undefined || other === undefined) return;
  const [first, second] = one.at.span.start <= other.at.span.start ? [one, other] : [other, one];
  const port = quoted(String(Math.max(a.range.from, b.range.from)));
  const same = first.service === second.service;
  report({
    at: second.at,
    message: same
      ? `Port ${port} is published twice by this service: it cannot start.`
      : `Port ${port} is also published by ${quoted(first.service.workload.name)}: only one of the two can start.`,
    related: [{ at: first.at, message: 'It is published here, too.' }],
  });
}

function placedIn({ service, index }: Claim): { readonly service: ComposeService; readonly at: Place } | undefined {
  const port = portsOf(service)[index];
  return port && { service, at: port.hostPortsAt };
}
