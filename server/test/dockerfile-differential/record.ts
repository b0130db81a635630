// Writes `recorded.json`, or compares more than it holds. See README.md.
import { writeFileSync } from 'node:fs';
import { compareAll } from './compare-all.js';
import { ask } from './oracle.js';
import { hashOf, makeQuestion, question, type Recorded } from './questions.js';

const [program, count] = process.argv.slice(2);
if (program === undefined) throw new Error('Name the recorder.');

if (count === undefined) {
  const answer = ask(program, question);
  const recorded: Recorded = {
    of: 'BuildKit v0.25.2, as vendored by Docker 28.5.2 (Debian 28.5.2+dfsg4-5), with dfrunsecurity, dfparents and dfrundevice',
    questions: hashOf(question),
    // Of what BuildKit warns, rules speak.
    files: answer.files.map(({ warnings: _, ...file }) => file),
    words: answer.words,
  };
  const lines = Object.entries(recorded).map(([key, value]) =>
    Array.isArray(value)
      ? `${JSON.stringify(key)}: [\n${value.map((each) => JSON.stringify(each)).join(',\n')}\n]`
      : `${JSON.stringify(key)}: ${JSON.stringify(value)}`,
  );
  writeFileSync(new URL('recorded.json', import.meta.url), `{\n${lines.join(',\n')}\n}\n`);
} else {
  // Other seeds than those of the test.
  const asked = makeQuestion(100_000, Number(count), 2 * Number(count), []);
  const { files, words } = compareAll(asked, ask(program, asked));
  for (const trouble of [...files, ...words]) console.log(trouble);
  console.log(`${files.length} of ${asked.files.length} files, ${words.length} of ${asked.words.length} words`);
}
