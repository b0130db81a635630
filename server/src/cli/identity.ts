// What makes a finding the same one in the next run, though lines have moved.
import { resourceName } from '../model/address.js';
import type { Span } from '../text/span.js';
import type { FileReport } from './report.js';

/** Where a finding stands, without a line: `service/web services.web.privileged`. Empty where nothing has a name. */
export function placeName({ addressOf }: FileReport, { start }: Span): string {
  const { resource, path } = addressOf(start);
  const owner = resource === undefined ? '' : resourceName(resource);
  return owner === '' || path === '' ? owner + path : `${owner} ${path}`;
}

/** Tells equal names apart, in the order in which they come: the second `a` is `a (2)`. */
export function numbering(): (name: string) => string {
  const counts = new Map<string, number>();
  const used = new Set<string>();
  return (name) => {
    let count = counts.get(name) ?? 0;
    let numbered: string;
    do {
      count++;
      numbered = count === 1 ? name : `${name} (${count})`;
    } while (used.has(numbered));
    counts.set(name, count);
    used.add(numbered);
    return numbered;
  };
}
