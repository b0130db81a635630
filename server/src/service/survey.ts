// What there is in a folder, for whoever sets Plimsoll up there.
import type { FileKind } from '../model/format.js';
import { lintWorkspace } from './lint-workspace.js';
import { trustOffers } from './trust.js';
import type { WorkspaceRequest } from './workspace.js';

export interface Survey {
  readonly kinds: ReadonlyMap<FileKind, number>;
  /** Templates of Helm charts, which are not checked. */
  readonly helmTemplates: number;
  /** Registries, or owners in them, that images come from and nobody trusts yet, with how many images do: most first. */
  readonly registries: readonly Count[];
  /** Rules with how many findings they have: most first. */
  readonly rules: readonly Count[];
  readonly findings: number;
}

export interface Count {
  readonly name: string;
  readonly count: number;
}

/** Lints a folder and counts. */
export async function survey(request: WorkspaceRequest, folder: string): Promise<Survey> {
  const kinds = new Map<FileKind, number>();
  const registries = new Map<string, number>();
  const rules = new Map<string, number>();
  let helmTemplates = 0;
  let findings = 0;
  for await (const step of lintWorkspace(request, [folder])) {
    if (step.step === 'passed' && step.as === 'helm-template') helmTemplates++;
    if (step.step !== 'linted') continue;
    const { file, findings: found } = step.file;
    add(kinds, file.source.kind);
    for (const finding of found) {
      if (finding.suppressed !== undefined) continue;
      findings++;
      add(rules, finding.rule);
      const [widest] = trustOffers(file, finding);
      if (widest !== undefined) add(registries, widest);
    }
  }
  return { kinds, helmTemplates, registries: mostFirst(registries), rules: mostFirst(rules), findings };
}

function add<T>(counts: Map<T, number>, what: T): void {
  counts.set(what, (counts.get(what) ?? 0) + 1);
}

function mostFirst(counts: ReadonlyMap<string, number>): readonly Count[] {
  return [...counts]
    .map(([name, count]) => ({ name, count }))
    .sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
}
