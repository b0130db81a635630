// What the scan is doing, in a sentence.
import type { Status } from './protocol.js';
import { automaticLimit, type Scan } from './scan.js';

/** `reads`: whether the files of the workspace can be read at all. `trouble`: see {@link Status.trouble}. */
export function statusOf(scan: Scan, reads: boolean, trouble: string | undefined): Status {
  const { state, done, total, heldBack } = scan;
  const message = reads ? messageOf(scan) : onlyOpen;
  const status = { scan: state, done, total, heldBack, files: reads };
  return trouble === undefined ? { ...status, message } : { ...status, trouble, message: `${message} ${trouble}` };
}

const onlyOpen = 'Only open documents are checked: the editor does not read other files for Plimsoll.';

function messageOf({ state, done, total, unreadable, heldBack }: Scan): string {
  const held =
    heldBack === 0 ? '' : `; ${heldBack} ${heldBack === 1 ? 'finding is' : 'findings are'} held back by the baseline`;
  const trouble = unreadable === 0 ? '' : `; ${unreadable} could not be read, see the log`;
  switch (state) {
    case 'off':
      return 'Open documents are checked; the scan of the workspace is off.';
    case 'idle':
      return 'Open documents are checked.';
    case 'waiting':
      return 'Open documents are checked; the workspace is scanned on command.';
    case 'scanning':
      return `${done} of ${total} files checked.`;
    case 'cancelled':
      return `The scan was stopped; its results are incomplete${trouble}.`;
    case 'standing-back':
      return `Open documents are checked; ${total} files are more than the ${automaticLimit} that are scanned unasked.`;
    case 'done':
      return `The workspace is checked${held}${trouble}.`;
  }
}
