import { defineRule } from '../../../engine/rule.js';
import type { ComposeService } from '../../../model/compose/service.js';
import { type Debugger, debuggersIn } from '../../../model/debugger.js';
import { imageName } from '../../../model/image-reference.js';
import { is, knownItems, type Located, valueOf } from '../../../model/located.js';
import { bindToLoopback, listeningAt, listensOn, portSubject } from '../../../model/published-port.js';
import { named } from '../../../model/quoted.js';
import type { Container, PublishedPort } from '../../../model/workload.js';
import type { Place } from '../../../text/span.js';

interface StandardPort {
  readonly name: Debugger['name'];
  /** How the names of images begin that use the port for something else. */
  readonly not?: string;
}

/** What the documentation of the debuggers uses. */
const standardPorts: ReadonlyMap<number, StandardPort> = new Map([
  [9229, { name: 'Node.js' }],
  [9230, { name: 'Node.js' }],
  [5005, { name: 'Java', not: 'rasa' }],
  [1044, { name: 'Java' }],
  [5678, { name: 'Python', not: 'n8n' }],
  [2345, { name: 'Go' }],
  [40_000, { name: 'Go' }],
]);

/** A longer range of ports is for something else. */
const longestRange = 3;

/** A debugger, and the text that starts it. */
interface Started extends Debugger {
  readonly at: Place;
}

export default defineRule({
  meta: {
    id: 'debug-port-published',
    summary: 'A debugger, which runs whatever code it is given, is open beyond its own machine.',
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
      const { container, workload } = service;
      if (container === undefined) return;
      const isOnHost = is(workload.hostNetwork, true);
      if (!isOnHost && container.publishedPorts.length === 0) return;
      const started = startedIn(service, container);
      for (const { at, reach } of isOnHost ? started : []) {
        if (reach !== 'every address') continue;
        report({
          at,
          message: `${named('service', service.name)} debugs on the network of its host: others can run code.`,
        });
      }
      for (const port of container.publishedPorts) {
        const reach = listensOn(port);
        if (reach === undefined || reach === 'loopback') continue;
        const behind = debuggerBehind(port, started, container);
        if (behind === undefined) continue;
        report({
          at: listeningAt(port),
          message: `${portSubject(port)} opens a debugger of ${behind.name} beyond this machine: others can run code.`,
          ...(reach === 'one address' ? { severity: 'info' } : {}),
          ...('at' in behind ? { related: [{ at: behind.at, message: 'The debugger is started here.' }] } : {}),
          fix: bindToLoopback(port),
        });
      }
    },
  },
});

/** The debugger that is seen to be started there, or else whose port it is. */
function debuggerBehind(
  { containerPorts, protocol }: PublishedPort,
  started: readonly Started[],
  { image }: Container,
): Started | StandardPort | undefined {
  if (containerPorts === 'unknown' || protocol !== 'tcp') return undefined;
  const { from, to } = containerPorts;
  const inside = started.filter(({ port }) => from <= port && port <= to);
  const open = inside.find(({ reach }) => reach === 'every address');
  if (open !== undefined || to - from >= longestRange) return open;
  const name = image.kind === 'known' ? imageName(image.value) : '';
  for (let port = from; port <= to; port++) {
    const standard = standardPorts.get(port);
    // What listens to its own container alone is not reached through a published port.
    const isClosed = inside.some((one) => one.port === port && one.reach === 'loopback');
    const isOther = standard?.not !== undefined && name.startsWith(standard.not);
    if (standard !== undefined && !isClosed && !isOther) return standard;
  }
  return undefined;
}

const sign = /inspect|jdwp|debugpy|dlv/;

function startedIn({ fields }: ComposeService, { environment }: Container): readonly Started[] {
  const command = [...textsOf(fields, 'entrypoint'), ...textsOf(fields, 'command')];
  const variables = environment.map(({ name, value }) =>
    // Tomcat makes the option out of it.
    name === 'JPDA_ADDRESS' && value.kind === 'known'
      ? [{ ...value, value: `-agentlib:jdwp=server=y,address=${value.value}` }]
      : [value],
  );
  return [command, ...variables].flatMap(startedBy);
}

function textsOf(fields: ComposeService['fields'], key: string): readonly Located<string>[] {
  const list = fields.strings(key);
  return list.kind === 'known' ? knownItems(list) : [fields.string(key)];
}

function startedBy(texts: readonly Located<string>[]): readonly Started[] {
  if (!texts.some((text) => sign.test(valueOf(text) ?? ''))) return [];
  const words = texts.flatMap((text) =>
    (valueOf(text)?.match(/[^\s"']+/g) ?? []).map((word) => ({ word, at: text.at })),
  );
  return debuggersIn(words.map(({ word }) => word)).flatMap((found) => {
    const at = words[found.word]?.at;
    return at === undefined ? [] : [{ ...found, at }];
  });
}
