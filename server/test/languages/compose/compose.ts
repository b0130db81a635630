// Reads Compose texts and shows what came out as plain text, with the source under each place.
import assert from 'node:assert/strict';
import type { ReadFile } from '../../../src/engine/language.js';
import { composeLanguage } from '../../../src/languages/compose/language.js';
import type { Located } from '../../../src/model/located.js';
import type { Container, Workload } from '../../../src/model/workload.js';
import type { Place } from '../../../src/text/span.js';

export interface Compose {
  readonly text: string;
  readonly file: ReadFile;
}

export function readCompose(
  text: string,
  more: { readonly dotenv?: string; readonly previous?: ReadFile } = {},
): Compose {
  return {
    text,
    file: composeLanguage.read({ file: 'compose.yaml', text, mode: 'open', kubernetesMinor: 31, ...more }),
  };
}

/** A file with one service `web`, whose fields are `lines`. */
export function readWeb(lines: readonly string[], more: { readonly dotenv?: string } = {}): Compose {
  return readCompose(
    ['services:', '  web:', '    image: nginx:1.27', ...lines.map((line) => `    ${line}`), ''].join('\n'),
    more,
  );
}

export function workload({ file }: Compose, name = 'web'): Workload {
  const found = file.subjects.workload?.find((candidate) => candidate.name === name);
  assert.ok(found, `no service ${name}`);
  return found;
}

export function container(compose: Compose, name = 'web'): Container {
  const found = workload(compose, name).containers[0];
  assert.ok(found, `no container in ${name}`);
  return found;
}

/** The source at a place. */
export function at({ text }: Compose, place: Place): string {
  assert.equal(place.file, 'compose.yaml');
  assert.ok(place.span.start <= place.span.end && place.span.end <= text.length);
  return text.slice(place.span.start, place.span.end);
}

/** `value @source`, `? @source` or `- @source`, with the hops behind it. */
export function show<T>(compose: Compose, field: Located<T>, value: (known: T) => unknown = (known) => known): string {
  const where = `@${at(compose, field.at)}`;
  if (field.kind === 'absent') return `- ${where}`;
  const hops = field.via.map((hop) => ` <${hop.kind} ${at(compose, hop.at)}`).join('');
  return `${field.kind === 'known' ? String(value(field.value)) : '?'} ${where}${hops}`;
}
