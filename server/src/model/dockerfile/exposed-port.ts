// The items of EXPOSE: `80`, `8000-8010/tcp`, and `8080:80`, of which only the port of the container counts.
import type { Located } from '../located.js';
import type { PortRange } from '../workload.js';

export interface ExposedPort extends PortRange {
  /** In lower case; `tcp` where none is written. */
  readonly protocol: string;
}

/** Reads an item; undefined where it is none that Docker reads, or where a variable decides. */
export function exposedPort(item: Located<string>): ExposedPort | undefined {
  if (item.kind !== 'known') return undefined;
  const match = /^(?:(?:[\w.[\]:]+:)?[\d-]*:)?(\d{1,5})(?:-(\d{1,5}))?(?:\/(\w+))?$/.exec(item.value);
  if (match === null) return undefined;
  const [, from = '', to, protocol = 'tcp'] = match;
  return { from: Number(from), to: Number(to ?? from), protocol: protocol.toLowerCase() };
}
