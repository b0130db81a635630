// Chooses what writes the findings.
import type { Rule } from '../engine/rule.js';
import { nameOf } from '../model/paths.js';
import type { Io, Output } from './io.js';
import type { LintOptions } from './lint-options.js';
import type { Reporter } from './report.js';

/** Loads the reporter of the format. `write` writes to `output`. */
export async function reporterFor(
  options: LintOptions,
  io: Io,
  rules: readonly Rule[],
  output: Output,
  write: (text: string) => void,
): Promise<Reporter> {
  switch (options.format) {
    case 'text': {
      const { textReporter } = await import('./reporters/text.js');
      const { styleOf, wantsColour } = await import('./style.js');
      const style = styleOf(wantsColour(options.colour, io.env, output.isTerminal));
      // A terminal that does not know its width says 0.
      const columns = Math.max(40, Math.min(output.columns || 120, 160));
      return textReporter({ write, style, columns, quiet: options.quiet, fixing: options.fix });
    }
    case 'json':
      return (await import('./reporters/json.js')).jsonReporter(write, io.version);
    case 'github':
      return (await import('./reporters/github.js')).githubReporter(write);
    case 'gitlab':
      return (await import('./reporters/gitlab.js')).gitlabReporter(write);
    case 'junit':
      return (await import('./reporters/junit.js')).junitReporter(write);
    case 'html': {
      const { htmlReporter } = await import('./reporters/html.js');
      const { introOf } = await (await import('../service/explain.js')).loadPages();
      const metas = rules.map(({ meta }) => meta);
      const { cwd, version } = io;
      const { showSuppressed } = options;
      return htmlReporter({
        ...{ write, version, rules: metas, introOf, showSuppressed },
        ...{ project: nameOf(cwd) || cwd, today: io.today() },
      });
    }
    case 'sarif': {
      const { sarifReporter } = await import('./reporters/sarif.js');
      const { pageOf } = await (await import('../service/explain.js')).loadPages();
      const { cwd, version } = io;
      return sarifReporter({ write, version, cwd, rules, pageOf, showSuppressed: options.showSuppressed });
    }
  }
}
