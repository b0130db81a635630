// The files that a kustomization applies as patches: https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/
import { get, items, type YamlValue } from '../yaml/document.js';
import { readYamlFile } from '../yaml/file.js';
import { stringAt } from './values.js';

/** More patches are no reason to be slow. */
const maximum = 1000;

/** The paths as they are written; a patch that is written in the kustomization itself has none. */
export function patchPaths(text: string): readonly string[] {
  if (!text.includes('patches')) return [];
  const { documents } = readYamlFile({ file: '', text, mode: 'open', kubernetesMinor: 0 });
  return documents
    .flatMap(({ root }) => [
      ...list(root, 'patches').flatMap((patch) => stringAt(patch, 'path')?.text ?? []),
      ...list(root, 'patchesStrategicMerge').flatMap((patch) => textOf(patch) ?? []),
    ])
    .slice(0, maximum);
}

function list(root: YamlValue, key: string): readonly YamlValue[] {
  const found = get(root, key);
  return found === undefined ? [] : items(found);
}

/** A patch may be written out in the list, in place of its path. */
function textOf({ node }: YamlValue): string | undefined {
  return node?.kind === 'scalar' && !node.value.includes('\n') ? node.value : undefined;
}
