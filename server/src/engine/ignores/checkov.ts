// Checkov: `#checkov:skip=CKV_DOCKER_3:why` in a Dockerfile, the annotations `checkov.io/skip1` … in Kubernetes.
import type { ReadFile } from '../language.js';
import { readIds, reasonIn } from './ids.js';
import { named, type PeerTool, type Said } from './peer-tool.js';

/** Its former names are understood as well. */
const commentForm = /(?:checkov|bridgecrew|cortex):skip= */;
const annotationKey = /(?:checkov|bridgecrew|cortex)\.io\/skip/;

export const checkov: PeerTool = {
  name: 'checkov',
  formats: ['dockerfile', 'kubernetes'],
  mark: /(?::|\.io\/)skip/i,
  read: (file) => (file.source.kind === 'dockerfile' ? commentsIn(file) : annotationsIn(file)),
};

/** A comment speaks of the whole file, wherever it stands. */
function commentsIn(file: ReadFile): readonly Said[] {
  return file.comments().flatMap(({ span }): Said[] => {
    const comment = file.text.slice(span.start, span.end);
    const match = commentForm.exec(comment);
    if (match === null) return [];
    const { ids, rest } = readIds(comment.slice(match.index + match[0].length), /[A-Za-z0-9_-]/, false);
    const reason = rest.startsWith(':') ? reasonIn(rest) : '';
    return [{ by: 'comment', checks: named(ids), reason, scope: undefined }];
  });
}

/** One annotation names one check. Those of a pod template are not looked at. */
function annotationsIn(file: ReadFile): readonly Said[] {
  return file.annotations().flatMap(({ key, value, of, scope }): Said[] => {
    if (of !== 'object' || !annotationKey.test(key)) return [];
    const equals = value.indexOf('=');
    const id = (equals < 0 ? value : value.slice(0, equals)).trim();
    const reason = equals < 0 ? '' : value.slice(equals + 1).trim();
    return [{ by: 'annotation', checks: named([id]), reason, scope }];
  });
}
