import { defineRule, type Report } from '../../../engine/rule.js';
import type { ComposeFields } from '../../../model/compose/fields.js';
import type { ComposeService } from '../../../model/compose/service.js';
import { imageName } from '../../../model/image-reference.js';
import { is, type Known, type Located, valueOf } from '../../../model/located.js';
import { remembered } from '../../../model/parted.js';
import { named, quoted } from '../../../model/quoted.js';
import type { Container, PublishedPort } from '../../../model/workload.js';

/** The port of the API without TLS; with it, engines listen on 2376. */
const plainPort = 2375;
const address = /^tcp:\/\/(\[[\d:a-f]*\]|[^:/]*)(?::(\d*))?(?:\/|$)/i;
const loopback = /^(?:|localhost|127\.[\d.]+|\[?::1\]?)$/i;
/** Programs that let some calls of the API through and refuse the others. */
const guard = /(?:docker|socket)-?proxy/;
/** What makes a client use TLS, unless it is empty. */
const tlsVariables: ReadonlySet<string> = new Set(['DOCKER_TLS', 'DOCKER_TLS_VERIFY']);
const servesWithTls = /^--tls(?:verify)?(?:=true)?$/;

export default defineRule({
  meta: {
    id: 'docker-api-over-tcp',
    summary: 'The API of a container engine is used or served over TCP without TLS.',
    severity: 'warning',
    confidence: 'medium',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['compose'],
    standards: ['nist-800-190/4.4.2'],
    peers: {},
  },
  check: {
    service(service, report) {
      const { container } = service;
      if (container === undefined) return;
      judgeEngine(service, container, report);
      for (const port of container.publishedPorts) judgePort(port, report);
    },
    composeProject({ services }, report) {
      const clients = services.filter(isClient).flatMap(clientsOf);
      if (clients.length > 0) judgeClients(clients, services, report);
    },
  },
});

/** An address without TLS in `DOCKER_HOST`. */
interface Client {
  readonly value: Known<string>;
  readonly host: string;
}

const isClient = remembered((service: ComposeService) => clientsOf(service).length > 0);

function clientsOf({ container }: ComposeService): readonly Client[] {
  const environment = container?.environment ?? [];
  const clients = environment.flatMap(({ name, value }): readonly Client[] => {
    if (name !== 'DOCKER_HOST' || value.kind !== 'known') return [];
    const [, host, port] = address.exec(value.value) ?? [];
    return host === undefined || (port && port !== `${plainPort}`) ? [] : [{ value, host }];
  });
  const mayUseTls =
    clients.length > 0 && environment.some(({ name, value }) => tlsVariables.has(name) && !is(value, ''));
  return mayUseTls ? [] : clients;
}

function judgeClients(clients: readonly Client[], services: readonly ComposeService[], report: Report): void {
  const byHost = servicesByHost(services);
  for (const { value, host } of clients) {
    report({
      at: value,
      message: `DOCKER_HOST ${quoted(value.value)} has no TLS: all in its network reach the engine.`,
      ...(loopback.test(host) || isGuard(host, byHost.get(host)) ? { severity: 'info' } : {}),
    });
  }
}

/** The services by the names that others reach them under. */
function servicesByHost(services: readonly ComposeService[]): ReadonlyMap<string, ComposeService> {
  const byHost = new Map<string, ComposeService>();
  for (const service of services) {
    for (const name of [service.fields.string('container_name'), service.fields.string('hostname')]) {
      if (name.kind === 'known') byHost.set(name.value, service);
    }
  }
  for (const service of services) byHost.set(service.name, service);
  return byHost;
}

function isGuard(host: string, service: ComposeService | undefined): boolean {
  const image = service?.container && valueOf(service.container.image);
  return guard.test(image === undefined ? host : imageName(image));
}

/** An engine in a container serves without TLS where it is told no directory for its certificates. */
function judgeEngine({ name, fields }: ComposeService, { image, environment }: Container, report: Report): void {
  const reference = valueOf(image);
  if (reference === undefined || !/(?:^|-)dind(?:-|$)/.test(reference.tag ?? '') || imageName(reference) !== 'docker')
    return;
  const directory = environment.find((variable) => variable.name === 'DOCKER_TLS_CERTDIR');
  if (directory === undefined || !is(directory.value, '') || !servesByItself(fields)) return;
  report({
    at: { ...directory.value, at: directory.nameAt },
    message: `${named('service', name)} serves its engine without TLS: who reaches it owns it.`,
  });
}

/** Whether the image starts the engine with its own options, and `command` adds none that ask for TLS. */
function servesByItself(fields: ComposeFields): boolean {
  const command = fields.texts('command');
  if (fields.key(['entrypoint']).kind !== 'absent' || command.kind === 'unknown') return false;
  if (command.kind === 'absent') return true;
  const words = command.value.flatMap((text) => valueOf(text)?.trim().split(/\s+/) ?? ['']);
  return words.every((word, index) => (index > 0 || word.startsWith('-')) && !servesWithTls.test(word) && word !== '');
}

function judgePort({ containerPorts, hostAddress, hostPortsAt }: PublishedPort, report: Report): void {
  if (containerPorts === 'unknown' || containerPorts.from > plainPort || containerPorts.to < plainPort) return;
  report({
    at: hostPortsAt,
    message: `Port '${plainPort}' publishes an engine without TLS: whoever reaches it owns that engine.`,
    ...(isOnlyLocal(hostAddress) ? { severity: 'info' } : {}),
  });
}

function isOnlyLocal(hostAddress: Located<string>): boolean {
  return (
    hostAddress.kind === 'unknown' ||
    (hostAddress.kind === 'known' && hostAddress.value !== '' && loopback.test(hostAddress.value))
  );
}
