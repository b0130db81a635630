// KubeLinter: the annotations `ignore-check.kube-linter.io/CHECK: why` and `kube-linter.io/ignore-all: why`.
import type { ReadFile } from '../language.js';
import { everything, named, type PeerTool, type Said } from './peer-tool.js';

const oneCheck = 'ignore-check.kube-linter.io/';
const allChecks = 'kube-linter.io/ignore-all';

export const kubeLinter: PeerTool = {
  name: 'kube-linter',
  formats: ['kubernetes'],
  mark: /kube-linter\.io\//i,
  read,
};

/** Those of a pod template are not looked at. */
function read(file: ReadFile): readonly Said[] {
  return file.annotations().flatMap(({ key, value, of, scope }): Said[] => {
    if (of !== 'object') return [];
    const said = { by: 'annotation', reason: value.trim(), scope } as const;
    if (key === allChecks) return [{ ...said, checks: everything }];
    return key.startsWith(oneCheck) ? [{ ...said, checks: named([key.slice(oneCheck.length)]) }] : [];
  });
}
