import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { everyCommand } from '../../../src/languages/shell/every-command.js';
import { readArguments, readShell } from '../../../src/languages/shell/read-shell.js';
import { MappedText } from '../../../src/text/mapped-text.js';
import { commandsOf, describeAll, mapped, under } from './shell.js';

describe('shell: the list of commands', () => {
  it('cuts at every operator and keeps the order of the text', () => {
    assert.deepEqual(describeAll('a 1 && b 2 || c 3 ; d 4 & e 5'), [
      'a@0 a 1',
      'b@7 b 2',
      'c@14 c 3',
      'd@20 d 4',
      'e@26 e 5',
    ]);
  });

  it('looks into groups, subshells, conditions, loops, cases and functions', () => {
    assert.deepEqual(describeAll('{ a; }; (b); if c; then d; elif e; then f; else g; fi'), [
      'a@2 a',
      'b@9 b',
      'c@16 c',
      'd@24 d',
      'e@32 e',
      'f@40 f',
      'g@48 g',
    ]);
    assert.deepEqual(describeAll('for i in 1 2; do a; done; while b; do c; done; until d; do e; done'), [
      'a@17 a',
      'b@32 b',
      'c@38 c',
      'd@53 d',
      'e@59 e',
    ]);
    assert.deepEqual(describeAll('case $x in a) b;; *) c;; esac; f() { d; }'), ['b@14 b', 'c@21 c', 'd@37 d']);
  });

  it('finds substitutions in words, assignments, redirects and the heads of loops', () => {
    assert.deepEqual(describeAll('echo "$(a)" `b` <(c)'), ['echo@0 echo "$(a)" `b` <(c)', 'a@8 a', 'b@13 b', 'c@18 c']);
    assert.deepEqual(describeAll('V=$(a) > $(b)'), ['?@0 V=$(a) > $(b)', 'a@4 a', 'b@11 b']);
    assert.deepEqual(describeAll('for i in $(a); do b; done'), ['a@11 a', 'b@18 b']);
    assert.deepEqual(describeAll('[[ -n $(a) ]] && echo ${x:-$(b)} $((1 + $(c)))'), [
      'a@8 a',
      'echo@17 echo ${x:-$(b)} $((1 + $(c)))',
      'b@29 b',
      'c@42 c',
    ]);
    assert.deepEqual(describeAll('a=(1 $(b)); export C=$(d)'), [
      '?@0 a=(1 $(b))',
      'b@7 b',
      'export@12 export C=$(d)',
      'd@23 d',
    ]);
  });

  it('gives escaped backquotes the place of the whole substitution', () => {
    assert.deepEqual(describeAll('echo `a \\`b\\``'), [
      'echo@0 echo `a \\`b\\``',
      'a@5 `a \\`b\\``',
      'b@5 `a \\`b\\``',
    ]);
  });

  it('knows what is piped into a command, through groups and wrappers', () => {
    const [curl, sudo] = commandsOf('curl x | sudo bash');
    assert.equal(sudo?.pipedFrom, curl);
    assert.equal(sudo?.runs?.name, 'bash');
    assert.equal(sudo?.runs?.pipedFrom, curl);
    const [wget, tar, sh] = commandsOf('(wget x; tar y) | { sh; }');
    assert.equal(wget?.pipedFrom, undefined);
    assert.equal(sh?.pipedFrom, tar);
    assert.equal(commandsOf('a && b')[1]?.pipedFrom, undefined);
    assert.equal(commandsOf('a |& b')[1]?.pipedFrom?.name, 'a');
  });

  it('lists the earlier commands of the same script only', () => {
    const commands = commandsOf('a && b $(c) && d');
    assert.deepEqual(commands[2]?.earlier, commands.slice(0, 2));
    assert.deepEqual(commands[1]?.words[1]?.substitutions[0]?.commands[0]?.earlier, []);
    const wrapped = commandsOf('a && sudo b');
    assert.deepEqual(wrapped[1]?.runs?.earlier, [wrapped[0]]);
  });
});

describe('shell: words', () => {
  it('takes quotes and escapes away and keeps what was written', () => {
    const text = `echo "a b"'c'd\\ e $'\\t' *.txt`;
    const words = commandsOf(text)[0]?.words ?? [];
    assert.deepEqual(
      words.map((word) => [word.text, word.raw, under(text, word.at)]),
      [
        ['echo', 'echo', 'echo'],
        ['a bcd e', `"a b"'c'd\\ e`, `"a b"'c'd\\ e`],
        ['\t', `$'\\t'`, `$'\\t'`],
        ['*.txt', '*.txt', '*.txt'],
      ],
    );
  });

  it('leaves a word open where an expansion or a substitution decides', () => {
    for (const word of ['$x', '"a$x"', '${x:-y}', '$(x)', '`x`', '$((1+1))', '<(x)', '@(a|$x)']) {
      assert.equal(commandsOf(`echo ${word}`)[0]?.words[1]?.text, undefined, word);
    }
    assert.equal(commandsOf(`echo '$x' \\$x`)[0]?.words[1]?.text, '$x');
    assert.equal(commandsOf(`echo '$x' \\$x`)[0]?.words[2]?.text, '$x');
  });

  it('names a command by the base name of its path', () => {
    const text = '/usr/bin/curl x; $CMD y; "ls"';
    assert.deepEqual(
      commandsOf(text).map(({ name, nameAt }) => [name, under(text, nameAt)]),
      [
        ['curl', '/usr/bin/curl'],
        [undefined, '$CMD'],
        ['ls', '"ls"'],
      ],
    );
  });

  it('keeps assignments and redirects apart from the words', () => {
    const text = 'A=1 B="$x" make all > out.log 2>&1 < /dev/null';
    const command = commandsOf(text)[0];
    assert.deepEqual(
      command?.words.map((word) => word.text),
      ['make', 'all'],
    );
    assert.deepEqual(
      command?.assignments.map(({ name, value }) => [name, value?.text, value && under(text, value.at)]),
      [
        ['A', '1', '1'],
        ['B', undefined, '"$x"'],
      ],
    );
    assert.deepEqual(
      command?.redirects.map(({ operator, target }) => [operator, target?.text]),
      [
        ['>', 'out.log'],
        ['>&', '1'],
        ['<', '/dev/null'],
      ],
    );
  });

  it('keeps the place of words behind an astral character', () => {
    const text = 'echo 🚢 && curl "🚢 x"';
    assert.deepEqual(describeAll(text), ['echo@0 echo 🚢', 'curl@11 curl "🚢 x"']);
  });
});

describe('shell: commands that run commands', () => {
  const inner = (text: string): string | undefined => {
    const command = commandsOf(text)[0]?.runs;
    return command && `${command.name ?? '?'}: ${under(text, command.at)}`;
  };

  it('skips the options of each wrapper', () => {
    assert.equal(inner('sudo -u app -E -- apt-get install x'), 'apt-get: apt-get install x');
    assert.equal(inner('sudo --user=app -Hn A=1 make'), 'make: make');
    assert.equal(inner('sudo --user app make'), 'make: make');
    assert.equal(inner('env -i -u HOME A=1 B=$x curl y'), 'curl: curl y');
    assert.equal(inner('exec -a name nginx -g x'), 'nginx: nginx -g x');
    assert.equal(inner('nohup ./run.sh'), 'run.sh: ./run.sh');
    assert.equal(inner('nice -n 10 make'), 'make: make');
    assert.equal(inner('nice -10 make'), 'make: make');
    assert.equal(inner('xargs -0 -n1 -I {} rm -rf {}'), 'rm: rm -rf {}');
    assert.equal(inner('doas -u app sh'), 'sh: sh');
    assert.equal(inner('su-exec app:app node x'), 'node: node x');
    assert.equal(inner('gosu app node'), 'node: node');
    assert.equal(inner('command -p ls'), 'ls: ls');
    assert.equal(inner('builtin cd /x'), 'cd: cd /x');
    assert.equal(inner('/usr/bin/time -f %e make'), 'make: make');
    assert.equal(inner('timeout -s KILL 5 curl x'), 'curl: curl x');
    assert.equal(inner('tini -- node x'), 'node: node x');
  });

  it('sees the command behind the keyword `time`', () => {
    assert.deepEqual(describeAll('time curl x'), ['curl@5 curl x']);
  });

  it('runs nothing where the options say so, or no command is left', () => {
    for (const text of [
      'command -v curl',
      'sudo -l',
      'sudo -e /etc/hosts',
      'env',
      'sudo -u app',
      'xargs',
      'echo sudo x',
    ]) {
      assert.equal(inner(text), undefined, text);
    }
  });

  it('gives the inner command the assignments in front of it', () => {
    const text = 'env A=1 B="$x y" curl';
    const command = commandsOf(text)[0]?.runs;
    assert.deepEqual(
      command?.assignments.map(({ name, value }) => [name, value?.text, value && under(text, value.at)]),
      [
        ['A', '1', '1'],
        ['B', undefined, 'B="$x y"'],
      ],
    );
  });

  it('lists a substitution in the words of a wrapped command once', () => {
    assert.deepEqual(describeAll('sudo env x $(y)'), [
      'sudo@0 sudo env x $(y)',
      'y@13 y',
      'env@5 env x $(y)',
      'x@9 x $(y)',
    ]);
  });
});

describe('shell: scripts in words', () => {
  it('reads the script of a shell, whatever its other options', () => {
    for (const shell of [
      'sh -c',
      'bash -ec',
      'bash -lc',
      '/bin/bash -euxo pipefail -c',
      'zsh --login -c',
      'ash -c --',
    ]) {
      const text = `${shell} 'a && sudo b'`;
      const script = commandsOf(text)[0]?.script ?? [];
      assert.deepEqual(
        script.map((command) => [command.name, command.at.span.start - 4, under(text, command.at)]),
        [
          ['a', shell.length + 2, 'a'],
          ['sudo', shell.length + 7, 'sudo b'],
        ],
        shell,
      );
    }
  });

  it('keeps places exact around escapes in double quotes', () => {
    assert.deepEqual(describeAll('sh -c "echo \\"a\\" && curl \\$x"'), [
      'sh@0 sh -c "echo \\"a\\" && curl \\$x"',
      'echo@7 echo \\"a\\"',
      'curl@21 curl \\$x',
    ]);
  });

  it('reads eval, su and shells in shells', () => {
    assert.deepEqual(describeAll(`eval 'a;' b`), [`eval@0 eval 'a;' b`, 'a@6 a', 'b@10 b']);
    assert.deepEqual(describeAll(`su - app -c 'a b'`), [`su@0 su - app -c 'a b'`, 'a@13 a b']);
    assert.deepEqual(describeAll(`su --command='a b' app`), [`su@0 su --command='a b' app`, 'a@14 a b']);
    assert.deepEqual(describeAll(`sudo sh -c 'sh -c "a"'`), [
      `sudo@0 sudo sh -c 'sh -c "a"'`,
      `sh@5 sh -c 'sh -c "a"'`,
      `sh@12 sh -c "a"`,
      'a@19 a',
    ]);
  });

  it('reads a heredoc that a shell takes as its script', () => {
    const text = 'sudo bash -s <<EOF\ncurl x\nEOF\n';
    assert.deepEqual(describeAll(text), ['sudo@0 sudo bash -s <<EOF', 'bash@5 bash -s', 'curl@19 curl x']);
    assert.equal(commandsOf('cat <<EOF\ncurl x\nEOF\n')[0]?.script, undefined);
    assert.equal(commandsOf('sh run.sh <<EOF\ncurl x\nEOF\n')[0]?.script, undefined);
  });

  it('has no script where its text is not static, or a file is named', () => {
    for (const text of ['sh -c "$x"', 'eval "$(x)"', 'sh install.sh', 'bash -c', 'su app', 'sh -e run.sh -c x']) {
      assert.equal(commandsOf(text)[0]?.script, undefined, text);
    }
  });
});

describe('shell: exec form', () => {
  it('makes one command of the words, with its script', () => {
    const line = '["/bin/sh", "-c", "a | b"]';
    const word = (text: string): MappedText => {
      const start = line.indexOf(`"${text}"`);
      return MappedText.join([mapped(line).slice(start + 1, start + 1 + text.length)], {
        file: 'file',
        span: { start: start + 4, end: start + text.length + 6 },
      });
    };
    const command = readArguments([word('/bin/sh'), word('-c'), word('a | b')], 'dockerfile');
    assert.equal(command?.name, 'sh');
    assert.equal(under(line, command.at), '"/bin/sh", "-c", "a | b"');
    assert.deepEqual(
      command.script?.map((each) => [each.name, each.at.span.start - 4, each.pipedFrom?.name]),
      [
        ['a', 19, undefined],
        ['b', 23, 'a'],
      ],
    );
  });

  it('is nothing without words', () => {
    assert.equal(readArguments([], 'compose'), undefined);
  });
});

describe('shell: broken and huge texts', () => {
  it('never throws and stays inside the text for every prefix', () => {
    const text = [
      'FOO=1 sudo -u x sh -c "apt-get \\"x\\" && `a \\`b\\``" | tee >(cat) > $(x) <<-EOF && eval \'a\' $(y',
      '\t${x:-$(curl 🚢)} $((1+$(c)))',
      '\tEOF',
      'if [[ -n $a ]]; then case $x in a) b;; esac; fi; f() { (d); }; a=(1 $(b)); time ! x |& y',
    ].join('\n');
    for (let end = 0; end <= text.length; end++) {
      const part = text.slice(0, end);
      for (const command of everyCommand(commandsOf(part))) {
        for (const place of [command.at, command.nameAt, ...command.words.map((word) => word.at)]) {
          assert.ok(place.span.start >= 4 && place.span.end <= end + 4, JSON.stringify(part));
          assert.ok(place.span.start <= place.span.end, JSON.stringify(part));
        }
      }
    }
  });

  it('stops at a depth, without an error', () => {
    const names = (text: string): readonly string[] => everyCommand(commandsOf(text)).map((each) => each.name ?? '?');
    assert.equal(names(`${'sudo '.repeat(1000)}a`).includes('a'), false);
    assert.equal(names(`${'sudo '.repeat(10)}a`).at(-1), 'a');
    assert.equal(names(`${'echo $('.repeat(5000)}a${')'.repeat(5000)}`).includes('a'), false);
    assert.equal(names(`${'('.repeat(50_000)}a`).includes('b'), false);
    assert.equal(names(`echo $((${'1+'.repeat(50_000)}1))`)[0], 'echo');
  });

  it('stops at a number of commands', () => {
    const commands = commandsOf('a;'.repeat(20_000));
    assert.equal(commands.at(-1)?.at.span.start, 4 + 2 * 4999);
  });

  it('reads text whose place is not known character by character', () => {
    const text = new MappedText('a && b', { file: 'file', span: { start: 3, end: 5 } }, []);
    assert.deepEqual(
      readShell(text, 'kubernetes').map(({ name, at }) => [name, at.span]),
      [
        ['a', { start: 3, end: 5 }],
        ['b', { start: 3, end: 5 }],
      ],
    );
  });
});
