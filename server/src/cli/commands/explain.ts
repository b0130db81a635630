import { allRules } from '../../rules/all.js';
import { loadPages } from '../../service/explain.js';
import { notKnown, readArguments } from '../args.js';
import type { Command } from '../run.js';
import { UsageError } from '../usage-error.js';

export const explainCommand: Command = async (words, { stdout }) => {
  const { positionals } = readArguments('explain', {}, words);
  const [id, extra] = positionals;
  if (id === undefined || extra !== undefined) {
    throw new UsageError("'plimsoll explain' takes the id of one rule; 'plimsoll rules' lists them.");
  }
  const rule = allRules.find(({ meta }) => meta.id === id);
  const page = (await loadPages()).pageOf(id);
  if (rule === undefined || page === undefined) {
    const ids = allRules.map(({ meta }) => meta.id);
    throw new UsageError(`${notKnown('rule', id, ids)} 'plimsoll rules' lists them.`);
  }
  stdout.write(page.endsWith('\n') ? page : `${page}\n`);
  return 0;
};
