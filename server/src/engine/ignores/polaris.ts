// Polaris: the annotations `polaris.fairwinds.com/exempt: "true"` and `polaris.fairwinds.com/CHECK-exempt: "true"`.
import type { ReadFile } from '../language.js';
import { everything, named, type PeerTool, type Said } from './peer-tool.js';

const annotationKey = /^polaris\.fairwinds\.com\/(?:(.+)-)?exempt$/;

export const polaris: PeerTool = { name: 'polaris', formats: ['kubernetes'], mark: /polaris\.fairwinds\.com\//i, read };

/** Exactly `true`, as a string; those of a pod template are not looked at. */
function read(file: ReadFile): readonly Said[] {
  return file.annotations().flatMap(({ key, value, of, scope }): Said[] => {
    const match = of === 'object' && value === 'true' ? annotationKey.exec(key) : null;
    if (match === null) return [];
    const [, check] = match;
    return [{ by: 'annotation', checks: check === undefined ? everything : named([check]), reason: '', scope }];
  });
}
