// Trivy: `# trivy:ignore:DS-0002` on the line or above it, several in one comment, `:exp:2026-12-31` until a day.
import type { Span } from '../../text/span.js';
import type { ReadFile } from '../language.js';
import { reasonIn, wordsOf } from './ids.js';
import { belowStacks, reachOf } from './lines.js';
import { everything, type PeerTool, partAbout, type Said } from './peer-tool.js';
import { remarksWith } from './remarks.js';
import { instructionsByStart, stageOf } from './stages.js';
import { trivyKey } from './trivy-names.js';

/** What an image lacks has no line: people write these above FROM or USER. */
const aboutImages = partAbout(['DS-0002', 'DS-0026'].map(trivyKey));

const form = /^#*(?:trivy|tfsec):ignore:(.+)$/i;
const day = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/;

export const trivy: PeerTool = {
  name: 'trivy',
  formats: ['dockerfile', 'compose', 'kubernetes'],
  mark: /(?:trivy|tfsec):ignore:/i,
  keyOf: trivyKey,
  read,
};

function read(file: ReadFile, today: string | undefined): readonly Said[] {
  const scopesAt = file.source.kind === 'dockerfile' ? dockerfileScopes(file) : yamlScopes(file);
  const below = belowStacks(file.text);
  return remarksWith(file.text, /(?:trivy|tfsec):ignore:/gi).flatMap(({ text, line, alone }): readonly Said[] => {
    const target = alone ? below(line.end) : line;
    const scopes = target === undefined ? undefined : scopesAt(target, alone);
    if (scopes === undefined) return [];
    const words = wordsOf(text);
    const checks = checksIn(words, today);
    const reason = reasonIn(words.filter((word) => !form.test(word) && !/^#+$/.test(word)).join(' '));
    const own: Said = { by: 'comment', checks, reason, scope: scopes.own };
    return scopes.image === undefined ? [own] : [own, { ...own, checks: aboutImages(checks), scope: scopes.image }];
  });
}

interface Scopes {
  readonly own: Span;
  /** For what the image as a whole lacks. */
  readonly image: Span | undefined;
}

type ScopesAt = (line: Span, alone: boolean) => Scopes | undefined;

/** The instruction that begins on the line. */
function dockerfileScopes(file: ReadFile): ScopesAt {
  const instructions = instructionsByStart(file);
  return (line, alone) => {
    const own = file.blockAt(line.start) ?? (alone ? undefined : reachOf(line));
    if (own === undefined) return undefined;
    const instruction = instructions.get(own.start);
    const isOfImage = instruction?.keyword === 'FROM' || instruction?.keyword === 'USER';
    return { own, image: isOfImage ? stageOf(instruction) : undefined };
  };
}

/** All that begins on the line: Trivy tells of a whole container, pod or object. */
function yamlScopes(file: ReadFile): ScopesAt {
  return (line) => {
    const { start, end } = reachOf(line);
    const block = file.blockAt(line.start);
    return { own: { start, end: Math.max(end, block?.end ?? 0) }, image: undefined };
  };
}

function checksIn(words: readonly string[], today: string | undefined): Said['checks'] {
  const ids = words.flatMap((word) => idIn(word, today) ?? []);
  return ids.includes('*') ? everything : ids.map((id) => ({ written: id, key: trivyKey(id) }));
}

/** The id in a word; undefined where it is no ignore, has ended, or depends on what cannot be told here. */
function idIn(word: string, today: string | undefined): string | undefined {
  const [id = '', ...conditions] = (form.exec(word)?.[1] ?? '').split(':');
  if (id === '' || id.includes('[')) return undefined;
  if (conditions.length === 0) return id;
  const [key, until = '', ...others] = conditions;
  if (key !== 'exp' || others.length > 0 || !day.test(until)) return undefined;
  return today !== undefined && until <= today ? undefined : id;
}
