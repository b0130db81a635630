// The texts that the fuzz run starts from: every sample project, and every fence of every rule's pages.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { detectKind } from '../../server/src/languages/detect.js';
import type { FileKind } from '../../server/src/model/format.js';
import { allRules } from '../../server/src/rules/all.js';
import { readPage } from '../../server/test/support/page.js';
import { pagesOf } from '../../server/test/support/rule-pages.js';
import { root } from '../project.js';

export interface Corpus {
  readonly texts: readonly string[];
  /** Lines that occur in the texts, without their indentation. */
  readonly lines: readonly string[];
}

export function loadCorpus(): ReadonlyMap<FileKind, Corpus> {
  const texts = new Map<FileKind, Set<string>>();
  const add = (kind: FileKind, text: string) => {
    const known = texts.get(kind) ?? new Set();
    texts.set(kind, known.add(text));
  };
  for (const rule of allRules) {
    for (const page of pagesOf(rule.meta.id)) {
      for (const fence of readPage(readFileSync(page, 'utf8'))) add(fence.kind, fence.text);
    }
  }
  const fixtures = join(root, 'test-fixtures');
  const files = readdirSync(fixtures, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  for (const path of files.sort()) {
    const text = readFileSync(path, 'utf8');
    const kind = detectKind({ name: path, text });
    if (kind !== undefined) add(kind, text);
  }
  return new Map([...texts].map(([kind, known]) => [kind, corpusOf([...known])]));
}

function corpusOf(texts: readonly string[]): Corpus {
  const lines = new Set(texts.flatMap((text) => text.split('\n').map((line) => line.trim())));
  return { texts, lines: [...lines].filter((line) => line !== '') };
}
