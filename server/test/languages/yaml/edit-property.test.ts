import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { parseDocument } from 'yaml';
import { commentsOf } from '../../../src/languages/yaml/comments.js';
import {
  entries,
  items,
  type Path,
  slotOf,
  YamlDocument,
  type YamlSlot,
  type YamlValue,
} from '../../../src/languages/yaml/document.js';
import { yamlEdits } from '../../../src/languages/yaml/edit.js';
import { readStream } from '../../../src/languages/yaml/stream.js';
import { append, type Change, type Data, prefix, remove, replaceEnding, set } from '../../../src/model/change.js';
import { applyEdits } from '../../../src/text/edit.js';
import { randomYaml, seeded } from './random-yaml.js';

type Json = null | string | number | boolean | Json[] | { [key: string]: Json };

function read(text: string): Json {
  const document = parseDocument(text, { merge: true });
  assert.deepEqual(document.errors, [], `does not parse:\n${text}`);
  return JSON.parse(JSON.stringify(document.toJS({ maxAliasCount: -1 }) ?? null));
}

function documentOf(text: string): YamlDocument {
  const slice = readStream(text).slices[0];
  assert.ok(slice);
  return new YamlDocument('file', slice);
}

/** Every value of the document, merged and aliased ones too. */
function valuesBelow(value: YamlValue): YamlValue[] {
  if (value.path.length > 6) return [];
  const children = [...entries(value).map((entry) => entry.value), ...items(value)];
  return children.flatMap((child) => [child, ...valuesBelow(child)]);
}

function at(data: Json, path: Path): Json | undefined {
  let value: Json | undefined = data;
  for (const part of path) {
    if (Array.isArray(value) && typeof part === 'number') value = value[part];
    else if (value !== null && typeof value === 'object' && !Array.isArray(value)) value = value[part];
    else return undefined;
  }
  return value;
}

/** The data with another value at the path; without it where the value is undefined. */
function put(data: Json, path: Path, value: Json | undefined): Json {
  const copy = structuredClone(data);
  const last = path.at(-1);
  let owner: Json | undefined = copy;
  for (const part of path.slice(0, -1)) {
    if (Array.isArray(owner)) {
      owner[Number(part)] ??= {};
      owner = owner[Number(part)];
    } else if (owner !== null && typeof owner === 'object') {
      owner[part] ??= {};
      owner = owner[part];
    }
  }
  if (Array.isArray(owner)) owner.splice(Number(last), 1, ...(value === undefined ? [] : [value]));
  else if (owner !== null && typeof owner === 'object') {
    if (value === undefined) delete owner[last ?? ''];
    else owner[last ?? ''] = value;
  }
  return copy;
}

function isEmpty(value: Json | undefined): boolean {
  return value !== null && typeof value === 'object' && Object.keys(value).length === 0;
}

/** What may be left after a removal: the empty parent, or without it, and so on up to the floor. */
function afterRemoval(data: Json, path: Path, floor: number): Json[] {
  const results = [put(data, path, undefined)];
  for (let depth = path.length - 1; depth > floor; depth--) {
    const last = results.at(-1) ?? null;
    if (!isEmpty(at(last, path.slice(0, depth)))) break;
    results.push(put(last, path.slice(0, depth), undefined));
  }
  return results;
}

const comments = (text: string) =>
  commentsOf(documentOf(text).tree).map(({ span }) => text.slice(span.start, span.end).trimEnd());

interface Trial {
  readonly text: string;
  readonly data: Json;
  readonly slot: YamlSlot;
  readonly comments: readonly string[];
  /** Whether the change must be possible. */
  readonly must: boolean;
}

/** The text after a change; the same checks hold whatever was changed. */
function changedText({ text, slot, must, comments: before }: Trial, change: Change): string | undefined {
  const edits = yamlEdits(change, text);
  if (edits === undefined) {
    assert.ok(!must, `refused ${JSON.stringify([change.kind, slot.path])} in\n${text}`);
    return undefined;
  }
  const after = applyEdits(text, edits);
  if (text.includes('\r\n')) assert.doesNotMatch(after, /(?<!\r)\n/, 'line ends');
  if (!text.includes('|+'))
    assert.equal(after.endsWith('\n'), text.endsWith('\n'), `final line end\n${text}=====\n${after}`);
  for (const comment of comments(after)) assert.ok(before.includes(comment), `new comment ${comment} in\n${after}`);
  return after;
}

function assertOneOf(actual: Json, expected: readonly Json[], trial: Trial, after: string): void {
  for (const one of expected.slice(1)) {
    try {
      assert.deepEqual(actual, one);
      return;
    } catch {
      // The next one may fit.
    }
  }
  assert.deepEqual(actual, expected[0], `${JSON.stringify(trial.slot.path)} in\n${trial.text}=====\n${after}`);
}

function tryRemove(trial: Trial): boolean {
  const { data, slot } = trial;
  const after = changedText(trial, remove(slot));
  if (after === undefined) return false;
  assertOneOf(read(after), afterRemoval(data, slot.path, slot.floor), trial, after);
  const again = { ...slot, document: documentOf(after) };
  if (typeof slot.path.at(-1) === 'string') assert.deepEqual(yamlEdits(remove(again), after) ?? [], [], after);
  return true;
}

function tryRemoveOtherwise(trial: Trial): boolean {
  const { data, slot } = trial;
  const after = changedText(trial, remove(slot, 'otherwise'));
  if (after === undefined) return false;
  assertOneOf(
    read(after),
    [put(data, slot.path, 'otherwise'), ...afterRemoval(data, slot.path, slot.floor)],
    trial,
    after,
  );
  return true;
}

function trySet(trial: Trial, value: Data, path: Path = trial.slot.path): boolean {
  const after = changedText(trial, set({ ...trial.slot, path } as YamlSlot, value));
  if (after === undefined) return false;
  assertOneOf(read(after), [put(trial.data, path, value as Json)], { ...trial, slot: { ...trial.slot, path } }, after);
  return true;
}

function tryAppend(trial: Trial, item: Data): boolean {
  const old = at(trial.data, trial.slot.path);
  const list = Array.isArray(old) ? old : [];
  const after = changedText(trial, append(trial.slot, item));
  if (after === undefined) return false;
  assertOneOf(read(after), [put(trial.data, trial.slot.path, [...list, item as Json])], trial, after);
  assert.deepEqual(comments(after), trial.comments, after);
  return true;
}

function tryPrefix(trial: Trial): boolean {
  const after = changedText(trial, prefix(trial.slot, 'it\'s "x" '));
  if (after === undefined) return false;
  assertOneOf(
    read(after),
    [put(trial.data, trial.slot.path, `it's "x" ${at(trial.data, trial.slot.path)}`)],
    trial,
    after,
  );
  return true;
}

function tryEnding(trial: Trial, value: string, random: (below: number) => number): boolean {
  const kept = random(value.length + 1);
  const after = changedText(trial, replaceEnding(trial.slot, value.slice(kept), ':ro,z'));
  if (after === undefined) return false;
  assertOneOf(read(after), [put(trial.data, trial.slot.path, `${value.slice(0, kept)}:ro,z`)], trial, after);
  return true;
}

/** How often each kind of change was made. */
type Counts = { [kind: string]: number };

function tryAll(text: string, random: (below: number) => number, shared: boolean, counts: Counts): void {
  const data = read(text);
  const document = documentOf(text);
  const before = comments(text);
  for (const value of valuesBelow(document.root)) {
    const slot = { ...slotOf(value), floor: random(value.path.length) };
    const trial: Trial = { text, data, slot, comments: before, must: !shared };
    const count = (kind: string, made: boolean) => {
      counts[kind] = (counts[kind] ?? 0) + (made ? 1 : 0);
    };
    count('remove', tryRemove(trial));
    count('otherwise', tryRemoveOtherwise(trial));
    const scalars: readonly Data[] = [true, 17, 'plain', 'yes', 'a: b', "it's"];
    count('set', trySet(trial, scalars[random(scalars.length)] ?? null));
    count('setMap', trySet(trial, { k: { l: ['a, b', 1], m: [{ x: 1, y: [] }, 'z'] } }));
    const now = at(data, slot.path);
    if (now === null || (typeof now === 'object' && !Array.isArray(now))) {
      const path = [...slot.path, 'new', 'er'];
      const loose = { ...trial, must: !shared && now !== null };
      count('setMissing', trySet(loose, 'v', path));
    }
    if (now === null || Array.isArray(now))
      count('append', tryAppend(trial, random(2) === 0 ? 'it' : { p: 1, q: { r: 2 } }));
    if (typeof now === 'string' && now !== '') count('prefix', tryPrefix({ ...trial, must: false }));
    if (typeof now === 'string') count('ending', tryEnding({ ...trial, must: false }, now, random));
  }
}

describe('yaml edits on random documents', () => {
  const variants: readonly (readonly [string, (text: string) => string])[] = [
    ['with LF', (text) => text],
    ['with CRLF', (text) => text.replaceAll('\n', '\r\n')],
    ['without final line end', (text) => text.trimEnd()],
  ];
  for (const shared of [false, true]) {
    for (const [name, vary] of variants) {
      it(`change what they say, only there, ${shared ? 'beside anchors, ' : ''}${name}`, () => {
        const counts: Counts = {};
        for (let seed = 1; seed <= 8; seed++) {
          const random = seeded(seed + (shared ? 100_000 : 0));
          tryAll(vary(randomYaml(random, { shared })), random, shared, counts);
        }
        for (const kind of ['remove', 'otherwise', 'set', 'setMap', 'setMissing', 'append', 'prefix', 'ending']) {
          assert.ok((counts[kind] ?? 0) > 10, `${kind} was hardly tried: ${counts[kind]}`);
        }
      });
    }
  }
});
