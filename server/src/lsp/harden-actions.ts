// The refactor actions that bring containers to the level `restricted`.
import { type CodeAction, CodeActionKind } from 'vscode-languageserver';
import { quoted } from '../model/quoted.js';
import { containerName, type HardenRequest, type HardenTarget, hardenable, hardenEdits } from '../service/harden.js';
import type { TextEdit } from '../text/edit.js';
import type { Span } from '../text/span.js';
import { source } from './diagnostics.js';
import type { LintedDocument } from './documents.js';

/** For the containers at the cursor; found in the menu of refactorings. */
export const hardenKind = `${CodeActionKind.RefactorRewrite}.harden`;
/** For all containers of a file. No `source.fixAll`: what it adds may keep a container from starting. */
export const hardenAllKind = `source.harden.${source}`;

export interface HardenOffer {
  readonly action: CodeAction;
  /** Where the containers are that the action hardens; undefined: all there are. */
  readonly at: Span | undefined;
}

/** The action for the containers that a selection touches, and the one for the file where there are more. */
export function hardenOffers(target: LintedDocument, selection: Span): readonly HardenOffer[] {
  const request = requestOf(target);
  const here = hardenable(request, selection);
  const [first, ...others] = here;
  if (first === undefined) return [];
  const who = others.length === 0 ? `container ${quoted(containerName(request, first))}` : `${here.length} containers`;
  const all = hardenable(request);
  return [
    { action: { title: `Harden ${who} to the restricted profile`, kind: hardenKind }, at: selection },
    ...(all.length > here.length ? [{ action: { title: titleForAll(all), kind: hardenKind }, at: undefined }] : []),
  ];
}

/** The action for the whole file. */
export function hardenAllOffer(target: LintedDocument): readonly HardenOffer[] {
  const all = hardenable(requestOf(target));
  return all.length === 0 ? [] : [{ action: { title: titleForAll(all), kind: hardenAllKind }, at: undefined }];
}

export function hardenEditsAt(target: LintedDocument, at: Span | undefined): readonly TextEdit[] | undefined {
  const request = requestOf(target);
  return hardenEdits(request, hardenable(request, at));
}

function titleForAll({ length }: readonly HardenTarget[]): string {
  return `Harden ${length === 1 ? 'the container' : `all ${length} containers`} of this file to the restricted profile`;
}

function requestOf({ linted, lint, root, path }: LintedDocument): HardenRequest {
  const { kubernetesMinor } = root.workspace.effective(path).settings;
  return { linted, lint: (text) => lint(text), kubernetesMinor };
}
