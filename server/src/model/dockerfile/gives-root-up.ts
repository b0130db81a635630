// Images that start as root and hand their program over to another user themselves.
import type { Stage } from './stage.js';

/** Programs that an entrypoint gives its root rights up with. */
const dropsRoot = /(?:^|[\s/"'])(?:gosu|su-exec|setpriv|runuser|chpst|(?:s6-)?setuidgid)(?![\w-])/;

/** Whether a stage, or one that it is built on, mentions a program that gives root up. */
export function givesRootUp(stage: Stage): boolean {
  for (let at: Stage | undefined = stage; at !== undefined; at = at.base) {
    for (const { arguments: words, heredocs } of at.instructions) {
      if (words.some((word) => word.kind === 'known' && dropsRoot.test(word.value))) return true;
      if (heredocs.some((body) => dropsRoot.test(body))) return true;
    }
  }
  return false;
}
