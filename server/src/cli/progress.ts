// A line on the terminal that says how far a long scan is; it goes away at the end.
import type { Output } from './io.js';

export interface Progress {
  update(done: number, total: number): void;
  /** Takes the line away, before something else is written and at the end. */
  clear(): void;
}

const delay = 1000;
const interval = 100;

export function progressOn(output: Output, now: () => number): Progress {
  const start = now();
  let last = start;
  let shown = false;
  return {
    update(done, total) {
      const time = now();
      if (!output.isTerminal || time - start < delay || time - last < interval) return;
      last = time;
      shown = true;
      output.write(`\r\u001b[2KChecked ${done} of ${total} files …`);
    },
    clear() {
      if (shown) output.write('\r\u001b[2K');
      shown = false;
    },
  };
}
