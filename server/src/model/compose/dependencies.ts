// Which service of a project needs which other one, however it says so, and where that goes round in a circle.
import type { Known, Located } from '../located.js';
import { remembered } from '../parted.js';
import type { ComposeService, Dependency } from './service.js';

/** A place where a service names another one that has to be there, and to start first (compose-go, `GetDependencies`). */
export interface ServiceReference {
  readonly service: Known<string>;
  /** Of `depends_on`; undefined for what implies a dependency: links, shared volumes and namespaces. */
  readonly dependency: Dependency | undefined;
}

/** Where a service may say `service:NAME`. */
const namespaces = ['network_mode', 'ipc', 'pid', 'uts'] as const;

/** All services that a service needs, as far as they can be told. */
export function serviceReferences({ fields, dependencies }: ComposeService): readonly ServiceReference[] {
  const references: ServiceReference[] = [];
  for (const dependency of dependencies) {
    if (dependency.service.kind === 'known') references.push({ service: dependency.service, dependency });
  }
  const imply = (service: Known<string> | undefined) => {
    if (service !== undefined) references.push({ service, dependency: undefined });
  };
  for (const link of itemsOf(fields.strings('links'))) imply(linkTarget(link));
  for (const source of itemsOf(fields.strings('volumes_from'))) imply(volumesSource(source));
  for (const key of namespaces) {
    const text = fields.text(key);
    if (text.kind !== 'known' || !text.value.value.startsWith(prefix)) continue;
    const { value } = text.value;
    // An empty name has no place of its own.
    const at = value.length > prefix.length ? text.value.part(prefix.length, value.length) : text.at;
    imply({ ...text, value: value.slice(prefix.length), at });
  }
  return references;
}

/** The names of all services that a service needs. */
export const neededServices = remembered(
  (service: ComposeService): ReadonlySet<string> =>
    new Set(serviceReferences(service).map((reference) => reference.service.value)),
);

const prefix = 'service:';

function itemsOf(list: Located<readonly Located<string>[]>): readonly Located<string>[] {
  return list.kind === 'known' ? list.value : [];
}

/** `NAME` or `NAME:ALIAS`; with more colons all of it is the name. */
function linkTarget(link: Located<string>): Known<string> | undefined {
  if (link.kind !== 'known') return undefined;
  const parts = link.value.split(':', 3);
  return { ...link, value: parts.length === 2 ? (parts[0] ?? '') : link.value };
}

/** `NAME` or `NAME:MODE`; `container:NAME` is no service. */
function volumesSource(source: Located<string>): Known<string> | undefined {
  if (source.kind !== 'known') return undefined;
  const [name = ''] = source.value.split(':', 1);
  return name === 'container' ? undefined : { ...source, value: name };
}

/** One step of a circle. */
export interface Edge {
  readonly from: ComposeService;
  readonly to: ComposeService;
  readonly reference: ServiceReference;
}

/**
 * Circles of services that need each other, each beginning with the service that the project has first: every service that
 * needs itself, and of each knot of services that all need each other a shortest circle.
 */
export function dependencyCycles(services: readonly ComposeService[]): readonly (readonly Edge[])[] {
  const numbers = new Map(services.map((service, index) => [service.name, index]));
  const targets = services.map((service) => [...neededServices(service)].flatMap((name) => numbers.get(name) ?? []));
  const numberOf = ({ name }: ComposeService) => numbers.get(name) ?? 0;
  // Nearly always there is no circle: only of those that are in one it is read where they name each other.
  const edgesFrom = (at: number) => edgesOf(services[at], services, numbers);
  const alone = targets.flatMap((to, at) =>
    to.includes(at)
      ? edgesFrom(at)
          .filter((edge) => edge.from === edge.to)
          .slice(0, 1)
      : [],
  );
  const knots = stronglyConnected(targets);
  const circles = firstOfEach(knots).map((first) =>
    shortestCircle(first, (at) => edgesFrom(at).filter(({ to }) => knots[numberOf(to)] === knots[first]), numberOf),
  );
  return [...alone.map((edge) => [edge]), ...circles];
}

function edgesOf(
  from: ComposeService | undefined,
  services: readonly ComposeService[],
  numbers: ReadonlyMap<string, number>,
): readonly Edge[] {
  if (from === undefined) return [];
  return serviceReferences(from).flatMap((reference) => {
    const to = services[numbers.get(reference.service.value) ?? -1];
    return to === undefined ? [] : { from, to, reference };
  });
}

/** The first node of each component that has several. */
function firstOfEach(components: readonly number[]): readonly number[] {
  const first = new Map<number, number>();
  const several = new Set<number>();
  for (const [node, component] of components.entries()) {
    const known = first.get(component);
    if (known === undefined) first.set(component, node);
    else several.add(known);
  }
  return [...several];
}

/** The number of the strongly connected component of each node (Tarjan, with a stack of our own). */
function stronglyConnected(targets: readonly (readonly number[])[]): readonly number[] {
  const order = new Array<number>(targets.length).fill(-1);
  const lowest = new Array<number>(targets.length).fill(-1);
  const component = new Array<number>(targets.length).fill(-1);
  const trail: number[] = [];
  let visited = 0;
  const enter = (node: number) => {
    order[node] = lowest[node] = visited++;
    trail.push(node);
    return { node, next: 0 };
  };
  for (const start of targets.keys()) {
    const stack = order[start] === -1 ? [enter(start)] : [];
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const { node } = top;
      const target = targets[node]?.[top.next++];
      if (target === undefined) {
        stack.pop();
        if (lowest[node] === order[node]) close(trail, node, component);
        const caller = stack.at(-1);
        if (caller !== undefined) lower(lowest, caller.node, lowest[node]);
      } else if (order[target] === -1) stack.push(enter(target));
      else if (component[target] === -1) lower(lowest, node, order[target]);
    }
  }
  return component;
}

function lower(lowest: number[], node: number, value: number | undefined): void {
  lowest[node] = Math.min(lowest[node] ?? 0, value ?? 0);
}

/** What was entered since `node` is one component. */
function close(trail: number[], node: number, component: number[]): void {
  for (let last = trail.pop(); last !== undefined; last = trail.pop()) {
    component[last] = node;
    if (last === node) return;
  }
}

/** A shortest way from a node back to itself, which there is. */
function shortestCircle(
  start: number,
  edgesFrom: (node: number) => readonly Edge[],
  numberOf: (service: ComposeService) => number,
): readonly Edge[] {
  const reachedBy = new Map<number, Edge>();
  const waiting = [start];
  // The list grows while it is gone through.
  for (const node of waiting) {
    for (const edge of edgesFrom(node)) {
      const to = numberOf(edge.to);
      if (edge.from === edge.to || reachedBy.has(to)) continue;
      reachedBy.set(to, edge);
      waiting.push(to);
    }
  }
  const circle: Edge[] = [];
  for (let edge = reachedBy.get(start); edge !== undefined; edge = reachedBy.get(numberOf(edge.from))) {
    circle.push(edge);
    if (numberOf(edge.from) === start) break;
  }
  return circle.reverse();
}
