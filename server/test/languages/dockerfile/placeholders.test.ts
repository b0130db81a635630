// Files that a template engine is still to fill in.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { lines, read } from './reading.js';

describe('dockerfile: placeholders', () => {
  const words = (run: string) => {
    const reading = read(lines('FROM a', `RUN ${run}`));
    return reading.commands.map((command) =>
      command.words.map(({ text, at }) => `${text ?? '?'}@${reading.under(at)}`).join(' '),
    );
  };

  it('are words of which nobody knows what they come to', () => {
    assert.deepEqual(words('apt-get install {{ packages }} curl'), [
      'apt-get@apt-get install@install ?@{{ packages }} curl@curl',
    ]);
    assert.deepEqual(words('a-%%B%% "<%= c %>" && d'), ['?@a-%%B%% ?@"<%= c %>"', 'd@d']);
    assert.deepEqual(words('{% if x %} a'), ['?@{% if x %} a@a']);
  });

  it('stay what they are in single quotes, and where they are none', () => {
    assert.deepEqual(words("docker inspect -f '{{ .Id }}' x"), [
      "docker@docker inspect@inspect -f@-f {{ .Id }}@'{{ .Id }}' x@x",
    ]);
    assert.deepEqual(words('date +%%Y-%m'), ['date@date +%%Y-%m@+%%Y-%m']);
    assert.deepEqual(words(`a "{{ b }}" '{{ c }}' {{ d }}`), ['a@a ?@"{{ b }}" {{ c }}@\'{{ c }}\' ?@{{ d }}']);
  });

  it('keep their place over lines that go on', () => {
    assert.deepEqual(words('a \\\n  {{ b }} \\\n  c'), ['a@a ?@{{ b }} c@c']);
  });

  it('make what BuildKit reads unknown', () => {
    const { instructions, stages, show } = read(
      lines('FROM a', 'USER {{ user }}', 'ENV A=%%B%% C=d', 'EXPOSE {{ port }} 80', 'COPY --chown=<% u %> a b'),
    );
    assert.equal(stages[0]?.user.kind, 'unknown');
    assert.deepEqual(instructions[3]?.arguments.map(show), ['unknown@{{', 'unknown@port', 'unknown@}}', '80@80']);
    assert.deepEqual(
      instructions[2]?.assignments.map(({ name, value }) => [name, show(value)]),
      [
        ['A', 'unknown@%%B%%'],
        ['C', 'd@d'],
      ],
    );
  });
});
