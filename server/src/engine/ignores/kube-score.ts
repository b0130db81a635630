// kube-score: the annotation `kube-score/ignore: id, id`, on an object or on the pod template in it.
import type { ReadFile } from '../language.js';
import { named, type PeerTool, type Said } from './peer-tool.js';

export const kubeScore: PeerTool = { name: 'kube-score', formats: ['kubernetes'], mark: /kube-score\/ignore/i, read };

function read(file: ReadFile): readonly Said[] {
  return file.annotations().flatMap(({ key, value, scope }): Said[] => {
    if (key !== 'kube-score/ignore') return [];
    return [{ by: 'annotation', checks: named(value.split(',').map((id) => id.trim())), reason: '', scope }];
  });
}
