// What is long must not be slow: no rule may look at all of a file once more for each part of it.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { lint } from '../support/lint.js';

const many = (count: number, line: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => line(i)).join('');

const texts: { readonly [what: string]: (size: number) => string } = {
  'values that use others of the same ENV': (size) =>
    `FROM a\nENV ${many(size, (i) => `A${i}=1 B${i}=$A${i} C=$C `)}\n`,
  'ids of rules that there are not': (size) =>
    `# plimsoll: ignore[${many(size, (i) => `a-rule-that-is-none-at-all-${i}, `)}x] why\nFROM a\n`,
  'stages with capital letters': (size) => many(size, (i) => `FROM a AS Stage${i}\n`),
  'stages with a reserved name': (size) => many(size, () => 'FROM a AS scratch\n'),
  'stages that are built on each other': (size) =>
    `FROM debian:12 AS s0\n${many(size, (i) => `FROM s${i} AS s${i + 1}\nEXPOSE 22\nRUN apt-get install -y a | b\nCOPY a b\n`)}`,
  'variables that FROM does not see': (size) => many(size, (i) => `FROM a:$VERSION${i}\nARG OTHER${i}\n`),
  'names of stages that there are not': (size) =>
    `${many(size, (i) => `FROM a AS stage${i}\n`)}${many(size, (i) => `COPY --from=other${i} a b\n`)}`,
  'commands behind a setting': (size) =>
    `FROM debian:12\nRUN echo 'assumeyes=True' >> /etc/dnf/dnf.conf\n${many(size, (i) => `RUN dnf install a${i}\n`)}`,
  'placeholders of a template': (size) => `FROM a\nRUN echo ${'{{ a }} '.repeat(size)}\n`,
  'placeholders of a template in quotes': (size) => `FROM a\nRUN echo '${'{{ a }} '.repeat(size)}'\n`,
};

describe('large Dockerfiles', () => {
  for (const [what, text] of Object.entries(texts)) {
    it(`with many ${what} take time that grows with them`, () => {
      const timeOf = (size: number): number => {
        const whole = text(size);
        const start = process.cpuUsage();
        lint('dockerfile', whole);
        const { user, system } = process.cpuUsage(start);
        return (user + system) / 1000;
      };
      timeOf(400);
      const [few, more] = [Math.min(timeOf(400), timeOf(400)), timeOf(3200)];
      assert.ok(more < 20 * few + 500, `${few.toFixed(0)} ms, then ${more.toFixed(0)} ms`);
    }).timeout(120_000);
  }
});
