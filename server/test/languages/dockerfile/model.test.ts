import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { first, lines, read } from './reading.js';

describe('dockerfile: stages', () => {
  it('links a stage to an earlier one of that name, whatever the case', () => {
    const { stages, under } = read(
      lines('FROM later', 'FROM node:20 AS Base', 'FROM base as later', 'FROM alpine', 'FROM BASE', 'FROM 0'),
    );
    assert.deepEqual(
      stages.map(({ index, name, nameAt, base, final, inFinalChain }) => [
        index,
        name,
        under(nameAt),
        base?.index,
        final,
        inFinalChain,
      ]),
      [
        [0, undefined, 'later', undefined, false, false],
        [1, 'Base', 'Base', undefined, false, false],
        [2, 'later', 'later', 1, false, false],
        [3, undefined, 'alpine', undefined, false, false],
        [4, undefined, 'BASE', 1, false, false],
        [5, undefined, '0', undefined, true, true],
      ],
    );
  });

  it('marks the chain that the final stage is built on', () => {
    const { stages } = read(lines('FROM a AS one', 'FROM b AS two', 'FROM one AS three', 'FROM three'));
    assert.deepEqual(
      stages.map((stage) => [stage.final, stage.inFinalChain]),
      [
        [false, true],
        [false, false],
        [false, true],
        [true, true],
      ],
    );
  });

  it('finds a base that a variable names', () => {
    const { stages } = read(lines('ARG KIND=prod', 'FROM a AS prod', 'FROM $KIND'));
    assert.equal(stages[1]?.base?.name, 'prod');
  });

  it('gives each instruction its stage; those before the first FROM have none', () => {
    const { instructions } = read(lines('ARG A=1', 'FROM a', 'RUN x', 'FROM b', 'RUN y'));
    assert.deepEqual(
      instructions.map(({ keyword, stage }) => [keyword, stage?.index]),
      [
        ['ARG', undefined],
        ['FROM', 0],
        ['RUN', 0],
        ['FROM', 1],
        ['RUN', 1],
      ],
    );
  });

  it('guesses Windows from the image, the platform or the escape character', () => {
    const os = (...text: readonly string[]): string | undefined => read(lines(...text)).stages.at(-1)?.os;
    assert.equal(os('FROM mcr.microsoft.com/windows/nanoserver:1809'), 'windows');
    assert.equal(os('FROM golang:1.22-windowsservercore AS a', 'FROM a'), 'windows');
    assert.equal(os('FROM mcr.microsoft.com/dotnet/framework/sdk:4.8'), 'windows');
    assert.equal(os('FROM --platform=windows/amd64 x'), 'windows');
    assert.equal(os('# escape=`', 'FROM $X'), 'windows');
    assert.equal(os('FROM me/windows-exporter'), 'linux');
    assert.equal(os('# escape=`', 'FROM --platform=linux/amd64 x'), 'linux');
  });
});

describe('dockerfile: users', () => {
  const user = (...text: readonly string[]): string | undefined => {
    const { stages, show } = read(lines(...text));
    const stage = stages.at(-1);
    return stage && show(stage.user);
  };

  it('takes the last USER of the stage, else the one of the stage below', () => {
    assert.equal(user('FROM a', 'USER root', 'USER app:grp'), 'app:grp@app:grp');
    assert.equal(user('FROM a AS b', 'USER 0', 'FROM b AS c', 'RUN x', 'FROM c'), '0@0');
    assert.equal(user('FROM a AS b', 'USER app', 'FROM c'), 'absent@c');
    assert.equal(user('FROM a AS b'), 'absent@b');
    assert.equal(user('FROM a AS b', 'FROM b AS c'), 'absent@c');
  });

  it('leaves a trigger out', () => {
    assert.equal(user('FROM a', 'USER app', 'ONBUILD USER root'), 'app@app');
    const { instructions, under, show } = read(lines('FROM a', 'ONBUILD USER root'));
    const trigger = instructions[1];
    assert.equal(trigger?.onbuild, true);
    assert.equal(under(trigger.at), 'USER root');
    assert.equal(trigger.user && show(trigger.user), 'root@root');
  });

  it('resolves variables, and is unknown where it cannot', () => {
    assert.equal(user('FROM a', 'ARG U=root', 'USER $U'), 'root@$U');
    assert.equal(user('FROM a', 'ARG U', 'USER ${U:-root}'), 'root@${U:-root}');
    assert.equal(user('FROM a', 'USER $U'), 'unknown@$U');
    assert.equal(user('FROM a', 'ARG U', 'USER $U'), 'unknown@$U');
    assert.equal(user('FROM a', 'USER "root"'), 'root@"root"');
  });

  it('takes a trailing comment for a part of the name, as the builder does', () => {
    assert.equal(user('FROM a', 'USER root # c'), 'root # c@root # c');
  });
});

describe('dockerfile: variables', () => {
  /** What a word comes to behind these lines. */
  const value = (word: string, ...before: readonly string[]): string | undefined => {
    const argument = read(lines(...before, `LABEL V=${word}`)).instructions.at(-1)?.arguments[0];
    return argument?.kind === 'known' ? argument.value.slice('V='.length) : argument?.kind;
  };

  it('takes what was set last, by ENV or by ARG, and sees only what stands above', () => {
    assert.equal(value('$A', 'FROM a', 'ENV A=1', 'ARG A=2'), '2');
    assert.equal(value('$A', 'FROM a', 'ARG A=2', 'ENV A=1'), '1');
    assert.equal(value('$A', 'FROM a', 'ENV A=1', 'ARG A'), '1');
    assert.equal(value('$A', 'FROM a AS b', 'ENV A=1', 'FROM b', 'ARG A=2'), '2');
    assert.equal(value('$A', 'FROM a AS b', 'ENV A=1', 'FROM b', 'ARG A'), '1');
    assert.equal(value('$A', 'FROM a', 'ARG A=1', 'ARG A=2'), '2');
    assert.equal(value('$A', 'FROM a', 'ENV A=1 B=2', 'ENV A=$B'), '2');
    assert.equal(value('$A', 'FROM a', 'ENV A=$B', 'ENV B=1'), 'unknown');
    assert.equal(value('$B', 'FROM a', 'ENV A=1', 'ENV A=2 B=$A'), '1');
  });

  it('brings a global ARG into a stage only where it is declared again', () => {
    assert.equal(value('$A', 'ARG A=1', 'FROM a', 'ARG A'), '1');
    assert.equal(value('$A', 'ARG A=1', 'FROM a', 'ARG A=2'), '2');
    assert.equal(value('$A', 'ARG A=1', 'FROM a'), 'unknown');
    assert.equal(value('$A', 'ARG A', 'FROM a', 'ARG A'), 'unknown');
    assert.equal(value('$A', 'FROM a', 'ARG A=1', 'ARG A'), '1');
  });

  it('inherits the ENV of the stage below, and leaves its ARG open', () => {
    assert.equal(value('$A', 'FROM a AS b', 'ENV A=1', 'FROM b AS c', 'FROM c'), '1');
    assert.equal(value('$A', 'FROM a AS b', 'ENV A=1', 'FROM c'), 'unknown');
    assert.equal(value('${A:-x}', 'FROM a AS b', 'ARG A=1', 'FROM b'), 'unknown');
  });

  it('knows the operators with words', () => {
    const declared = ['FROM a', 'ENV A=1 E=', 'ARG U'];
    assert.equal(value('${A}', ...declared), '1');
    assert.equal(value('${A:-x}', ...declared), '1');
    assert.equal(value('${E:-x}', ...declared), 'x');
    assert.equal(value('${E-x}', ...declared), '');
    assert.equal(value('${U:-x}', ...declared), 'x');
    assert.equal(value('${N-x}', ...declared), 'x');
    assert.equal(value('${A:+x}', ...declared), 'x');
    assert.equal(value('${E:+x}', ...declared), '');
    assert.equal(value('${E+x}', ...declared), 'x');
    assert.equal(value('${U:+x}', ...declared), 'unknown');
    assert.equal(value('${A:?none}', ...declared), '1');
    assert.equal(value('${N:-${A}${E:-"y z"}}', ...declared), '1y z');
    assert.equal(value('${A#1}', ...declared), '');
    assert.equal(value('${P##*/}', ...declared, 'ENV P=/a/b'), 'b');
    assert.equal(value('${P%/*}', ...declared, 'ENV P=/a/b'), '/a');
    assert.equal(value('${P//\\//-}', ...declared, 'ENV P=/a/b'), '-a-b');
    assert.equal(value('${P#$N}', ...declared, 'ENV P=/a/b'), 'unknown');
    assert.equal(value('${A:-$N}', ...declared), '1');
    assert.equal(value('${A', ...declared), 'unknown');
  });

  it('keeps quotes, escapes and lone dollars as the builder does', () => {
    const declared = ['FROM a', 'ENV A=1'];
    assert.equal(value("'$A'", ...declared), '$A');
    assert.equal(value('"$A b"', ...declared), '1 b');
    assert.equal(value('\\$A', ...declared), '$A');
    assert.equal(value('"\\$A \\x"', ...declared), '$A \\x');
    assert.equal(value('a\\ b', ...declared), 'a b');
    assert.equal(value('a$', ...declared), 'a$');
    assert.equal(value('a$1b$?', ...declared), 'ab');
    assert.equal(value('"a', ...declared), 'unknown');
    assert.equal(value('C:\\`$A', '# escape=`', ...declared), 'C:\\$A');
  });

  it('never knows what the builder sets itself', () => {
    for (const name of ['TARGETARCH', 'BUILDPLATFORM', 'http_proxy']) {
      assert.equal(value(`\${${name}:-x}`, 'FROM a', `ARG ${name}=y`), 'unknown', name);
    }
  });

  it('gives up on values that grow without end', () => {
    const grow = Array.from({ length: 60 }, (_, i) => `ENV A${i + 1}=$A${i}$A${i}`);
    assert.equal(value('$A60', 'FROM a', 'ENV A0=x', ...grow), 'unknown');
    assert.equal(value(`${'${N:-'.repeat(3000)}x${'}'.repeat(3000)}`, 'FROM a'), 'unknown');
  });
});

describe('dockerfile: assignments', () => {
  const shown = (line: string): readonly (readonly string[])[] => {
    const reading = read(`FROM a\n${line}\n`);
    const { assignments } = first(reading, line.startsWith('ENV') ? 'ENV' : 'ARG');
    return assignments.map(({ name, nameAt, value }) => [name, reading.under(nameAt), reading.show(value)]);
  };

  it('reads both forms of ENV', () => {
    assert.deepEqual(shown('ENV A=1 B="two words" \'C\'=x\\ y D='), [
      ['A', 'A', '1@1'],
      ['B', 'B', 'two words@"two words"'],
      ['C', "'C'", 'x y@x\\ y'],
      ['D', 'D', '@'],
    ]);
    assert.deepEqual(shown('ENV NAME a "b" = c'), [['NAME', 'NAME', 'a b = c@a "b" = c']]);
  });

  it('reads ARG with and without a default, several on a line', () => {
    assert.deepEqual(shown('ARG A B=2 C="x y"'), [
      ['A', 'A', 'absent@A'],
      ['B', 'B', '2@2'],
      ['C', 'C', 'x y@"x y"'],
    ]);
  });

  it('tells a literal value from one that a variable decides', () => {
    const reading = read(lines('FROM a', 'ARG B=1', "ENV A=$B C=${D:-x} E='$F' G=\\$H I=x$J"));
    assert.deepEqual(
      first(reading, 'ENV').assignments.map(({ name, value, literal }) => [name, reading.show(value), literal]),
      [
        ['A', '1@$B', false],
        ['C', 'x@${D:-x}', false],
        ['E', "$F@'$F'", true],
        ['G', '$H@\\$H', true],
        ['I', 'unknown@x$J', false],
      ],
    );
  });

  it('keeps places over continuation lines with comments', () => {
    const reading = read(lines('FROM a', 'ENV A=1 \\', '  # c', '  TOKEN="s3cret"'));
    const token = first(reading, 'ENV').assignments[1];
    assert.equal(token?.nameAt.span.start, 25);
    assert.equal(token && reading.under(token.nameAt), 'TOKEN');
    assert.equal(token?.value.at.span.start, 31);
    assert.equal(token && reading.show(token.value), 's3cret@"s3cret"');
  });
});

describe('dockerfile: arguments and flags', () => {
  const args = (line: string, keyword = line.split(' ')[0] ?? ''): readonly string[] => {
    const reading = read(`FROM a\nARG V=v\n${line}\n`);
    const instruction = reading.instructions.findLast((each) => each.keyword === keyword);
    return instruction?.arguments.map(reading.show) ?? [];
  };

  it('cuts words as the builder does for each keyword', () => {
    assert.deepEqual(args('WORKDIR "a b"/$V'), ['a b/v@"a b"/$V']);
    assert.deepEqual(args('COPY a${V} b /c'), ['av@a${V}', 'b@b', '/c@/c']);
    assert.deepEqual(args('LABEL a="b c" d=e'), ['a=b c@a="b c"', 'd=e@d=e']);
    assert.deepEqual(args('LABEL a b c'), ['a@a', 'b c@b c']);
    assert.deepEqual(args('VOLUME /a /b'), ['/a@/a', '/b@/b']);
    assert.deepEqual(args('EXPOSE 80/tcp $V'), ['80/tcp@80/tcp', 'v@$V']);
    assert.deepEqual(args("CMD echo 'a b' $V"), ['echo@echo', "a b@'a b'", 'unknown@$V']);
    assert.deepEqual(args('HEALTHCHECK --retries=1 CMD curl x'), ['CMD@CMD', 'curl@curl', 'x@x']);
    assert.deepEqual(args('HEALTHCHECK NONE'), ['NONE@NONE']);
    assert.deepEqual(args('ONBUILD VOLUME /a', 'VOLUME'), ['/a@/a']);
  });

  it('reads the JSON form with blanks, escapes and variables where they count', () => {
    assert.deepEqual(args('CMD ["sh","-c","curl x | sh"]'), ['sh@"sh"', '-c@"-c"', 'curl x | sh@"curl x | sh"']);
    assert.deepEqual(args('CMD [ "a\\"b\\u0041\\n" , "$V" ]'), ['a"bA\n@"a\\"b\\u0041\\n"', '$V@"$V"']);
    assert.deepEqual(args('VOLUME ["/x/$V"]'), ['/x/v@"/x/$V"']);
    assert.deepEqual(args('HEALTHCHECK CMD ["a", "b"]'), ['CMD@CMD', 'a@"a"', 'b@"b"']);
    assert.deepEqual(args('CMD []'), []);
  });

  it('takes what only looks like JSON for shell form', () => {
    for (const line of ["CMD ['a']", 'CMD [a, b]', 'CMD ["a", "b"', 'CMD [ -f x ]', 'CMD ["a"] b']) {
      assert.equal(first(read(`FROM a\n${line}\n`), 'CMD').form, 'shell', line);
    }
    assert.equal(first(read('FROM a\nCMD ["a", \\\n# c\n"b"]\n'), 'CMD').form, 'json');
    assert.equal(first(read('FROM a\nUSER ["a"]\n'), 'USER').form, 'shell');
  });

  it('reads flags over continuation lines, mounts with their options', () => {
    const reading = read(
      lines('FROM a', 'ARG ID=npm', 'RUN --mount=type=secret,id=$ID,required \\', '  # c', '  --Network="none" -- --x'),
    );
    const { flags, arguments: args } = first(reading, 'RUN');
    assert.deepEqual(
      flags.map(({ name, at, value }) => [name, reading.under(at), reading.show(value)]),
      [
        ['mount', '--mount=type=secret,id=$ID,required', 'type=secret,id=npm,required@type=secret,id=$ID,required'],
        ['network', '--Network="none"', 'none@none'],
      ],
    );
    assert.deepEqual(
      flags[0]?.options.map(({ name, value }) => [name, reading.show(value)]),
      [
        ['type', 'secret@secret'],
        ['id', 'npm@$ID'],
        ['required', 'absent@--mount=type=secret,id=$ID,required'],
      ],
    );
    assert.deepEqual(args.map(reading.show), ['--x@--x']);
  });

  it('keeps a mode with commas in one piece', () => {
    const { flags } = first(read('FROM a\nCOPY --chmod=u=rwX,go=rX --link a b\n'), 'COPY');
    assert.deepEqual(
      flags.map(({ name, value, options }) => [name, value.kind === 'known' ? value.value : value.kind, options]),
      [
        ['chmod', 'u=rwX,go=rX', []],
        ['link', 'absent', []],
      ],
    );
  });
});

describe('dockerfile: images', () => {
  const images = (...text: readonly string[]): readonly string[] => {
    const reading = read(lines(...text));
    return reading.images.map(({ role, reference }) => `${role} ${reading.show(reference)}`);
  };

  it('lists what comes from outside: FROM, COPY, mounts and the syntax', () => {
    assert.deepEqual(
      images(
        '# syntax=docker/dockerfile:1',
        'FROM "node:20" AS Base',
        'FROM base',
        'COPY --from=BASE /a /b',
        'COPY --from=0 /a /b',
        'COPY --from=nginx:1.27 /a /b',
        'RUN --mount=type=bind,from=base,target=/x --mount=from=alpine,target=/y x',
        'FROM scratch',
        'COPY --from=later /a /b',
        'FROM busybox AS later',
      ),
      [
        'syntax docker/dockerfile:1@docker/dockerfile:1',
        'base node:20@"node:20"',
        'copy-source nginx:1.27@nginx:1.27',
        'mount-source alpine@alpine',
        'base busybox@busybox',
      ],
    );
  });

  it('splits a reference with port, tag and digest, each at its place', () => {
    const { images: uses, under } = read('FROM --platform=linux/amd64 reg.io:5000/a/b:1@sha256:0a AS x\n');
    const reference = uses[0]?.reference;
    assert.equal(reference?.kind, 'known');
    const { registry, repository, tag, digest, nameAt, tagAt, digestAt } = reference.value;
    assert.deepEqual([registry, repository, tag, digest], ['reg.io:5000', 'a/b', '1', 'sha256:0a']);
    assert.equal(under(nameAt), 'reg.io:5000/a/b');
    assert.equal(tagAt && under(tagAt), '1');
    assert.equal(digestAt && under(digestAt), 'sha256:0a');
    assert.equal(nameAt.span.start, 28);
  });

  it('resolves global ARGs, keeps the name exact and widens what a variable wrote', () => {
    const { images: uses, under } = read(lines('ARG V=20', 'FROM node:${V}-slim'));
    const reference = uses[0]?.reference;
    assert.equal(reference?.kind, 'known');
    assert.equal(reference.value.text, 'node:20-slim');
    assert.equal(under(reference.value.nameAt), 'node');
    assert.equal(reference.value.tagAt && under(reference.value.tagAt), 'node:${V}-slim');
    assert.deepEqual(images('ARG C', 'FROM ${C:-alpine:3}'), ['base alpine:3@${C:-alpine:3}']);
    assert.deepEqual(images('ARG B=1', 'FROM ${B:+debian}'), ['base debian@${B:+debian}']);
  });

  it('is unknown where a variable or a template decides', () => {
    assert.deepEqual(images('ARG X', 'FROM $X'), ['base unknown@$X']);
    assert.deepEqual(images('FROM a', 'ENV X=b', 'FROM $X'), ['base a@a', 'base unknown@$X']);
    assert.deepEqual(images('FROM {{image}}'), ['base unknown@{{image}}']);
    assert.deepEqual(images('FROM %%BASE%%'), ['base unknown@%%BASE%%']);
    assert.deepEqual(images('FROM a', 'ARG X=b', 'COPY --from=$X /a /b'), ['base a@a', 'copy-source unknown@$X']);
    assert.deepEqual(images('FROM a', 'ONBUILD COPY --from=build /a /b'), ['base a@a', 'copy-source unknown@build']);
  });
});
