// Makes Dockerfiles by chance, realistic ones, some of them broken. The same seed makes the same file.
import { seeded } from '../languages/yaml/random-yaml.js';
import { instructions } from './cases.js';
import type { WordCase } from './oracle.js';

interface Writer {
  below(limit: number): number;
  chance(percent: number): boolean;
  one<T>(...choices: readonly T[]): T;
  /** Up to `most` of what `make` gives, in a row. */
  several(most: number, make: () => string, between: string): string;
}

function startWriter(seed: number): Writer {
  const below = seeded(seed);
  const one = <T>(...choices: readonly T[]): T => choices[below(choices.length)] as T;
  return {
    below,
    one,
    chance: (percent) => below(100) < percent,
    several: (most, make, between) => Array.from({ length: 1 + below(most) }, make).join(between),
  };
}

/** Where each stage has it, a variable of which we know nothing is a mistake of ours. */
export const everyVariable = 'ENV A=aoo/boo B="b b" C= U=u P=8080 S=9 M=700 N=host';

/** How many of a hundred files hold a mistake. */
const brokenPercent = 45;

export function generateDockerfile(seed: number): string {
  const w = startWriter(seed * 7919 + 11);
  const escape = w.chance(15) ? '`' : '\\';
  const written: string[] = [];
  const directives = writeDirectives(w, escape);
  for (let i = w.below(3); i > 0; i--) written.push(globalArgument(w));
  const names: string[] = [];
  const isClosed = w.chance(60);
  for (let stages = 1 + w.below(3); stages > 0; stages--) {
    written.push(from(w, names) + (isClosed ? `\n${everyVariable}` : ''));
    for (let i = 1 + w.below(6); i > 0; i--) written.push(instruction(w, names));
  }
  if (w.chance(brokenPercent))
    written.splice(1 + w.below(written.length), 0, w.one(...w.one(...Object.values(instructions))));
  const laidOut = written.map((each) => layOut(w, each, escape));
  const text = [...directives, ...laidOut.flatMap((each) => [...between(w), each])].join('\n');
  const ended = w.chance(85) ? `${text}\n` : text;
  const mark = w.chance(5) ? '\ufeff' : '';
  return mark + (w.chance(12) ? ended.replaceAll('\n', '\r\n') : ended);
}

function writeDirectives(w: Writer, escape: string): readonly string[] {
  const lines: string[] = [];
  if (w.chance(15))
    lines.push(w.one('# syntax=docker/dockerfile:1', '#syntax = docker/dockerfile:1.7-labs', '#\tSYNTAX=x'));
  if (escape === '`') lines.push(w.one('# escape=`', '#escape = `', '  # Escape=`  '));
  else if (w.chance(4)) lines.push('# escape=\\');
  if (w.chance(8))
    lines.push(w.one('# check=skip=JSONArgsRecommended', '# check=error=true;skip=all', '#check=skip=A,B'));
  if (w.chance(3)) lines.push('# syntax=again', '#syntax=again');
  if (w.chance(8)) lines.unshift(w.one('# a comment', '# word=1', ''));
  return lines;
}

function between(w: Writer): readonly string[] {
  if (!w.chance(25)) return [];
  return [w.one('', '# comment', '  # indented \\', '\t', '#', '# escape=`', '# hadolint ignore=DL3006')];
}

/** Comments, blank lines and line breaks where a blank stands, as people write them. */
function layOut(w: Writer, text: string, escape: string): string {
  const [head = '', ...bodies] = text.split('\n');
  let written = head;
  if (w.chance(30)) {
    written = head
      .split(' ')
      .map((word, index) =>
        index > 0 && w.chance(25) ? `${continued(w, escape)}${word}` : index > 0 ? ` ${word}` : word,
      )
      .join('');
  }
  if (w.chance(6)) written = `${w.one(' ', '\t', '  ')}${written}`;
  if (w.chance(6) && bodies.length === 0) written = `${written}${w.one(' ', '\t', '   ')}`;
  if (w.chance(10)) written = written.replace(/^\s*[A-Z]+/, (keyword) => keyword.toLowerCase());
  return [written, ...bodies].join('\n');
}

function continued(w: Writer, escape: string): string {
  const inner = w.chance(20)
    ? w.one('# between\n', '   # more # \\\n', '\n', '  \n', `${escape}\n`, `  ${escape}  \n`)
    : '';
  return ` ${escape}${w.one('', '', ' ', '\t')}\n${inner}${w.one('', '  ', '\t', '    ')}`;
}

function globalArgument(w: Writer): string {
  return `ARG ${w.one('BASE=debian', 'TAG=12', 'V', 'BASE="debian"', "TAG='12'", 'A=1 B=2', 'IMAGE=${BASE:-node}:${TAG:-1}')}`;
}

function from(w: Writer, names: string[]): string {
  const image = w.one(
    ...[
      'debian:12',
      'node',
      'scratch',
      '${BASE:-alpine}',
      '${BASE:+x}y',
      'a/b:${TAG:-1}',
      '$BASE',
      `reg.io:5000/a@sha256:${'a'.repeat(64)}`,
    ],
    ...['"debian"', 'debian:${TAG-9}', '${IMAGE:-x}'],
    ...names,
  );
  const flag = w.chance(15) ? `--platform=${w.one('linux/amd64', '$BUILDPLATFORM', 'linux/arm64')} ` : '';
  if (!w.chance(50)) return `FROM ${flag}${image}`;
  const name = `${w.one('build', 'Base', 'a-b', 'x_1', 'v1.2')}${names.length}`;
  names.push(name);
  return `FROM ${flag}${image} ${w.one('AS', 'as', 'As')} ${name}`;
}

function instruction(w: Writer, names: readonly string[]): string {
  const made = w.one(
    run,
    run,
    run,
    copy,
    copy,
    add,
    env,
    env,
    argument,
    label,
    expose,
    command,
    healthcheck,
    user,
    workdir,
    volume,
    stopSignal,
    shell,
  )(w, names);
  return w.chance(5) && !made.startsWith('COPY --from') ? `ONBUILD ${made}` : made;
}

function word(w: Writer): string {
  return w.one(
    ...[
      'a',
      '/app',
      'x.y',
      '$A',
      '${B}',
      '${C:-d}',
      '${C:-$A}',
      '${A:+z}',
      '${A-}',
      '"a b"',
      "'c $A'",
      'a\\ b',
      '\\$A',
      'a"b"c',
      '""',
      "''",
    ],
    ...[
      '"$A x"',
      "it\\'s",
      '${A#x}',
      '${A%y*}',
      '${A/o/0}',
      '${A//o/0}',
      '"\\"q\\""',
      '$A$B',
      '${A}_x',
      '$',
      'a$',
      '`x`',
      '"\'"',
      'é',
      '${A##*/}',
      '"\\x"',
    ],
  );
}

function plain(w: Writer): string {
  return w.one('a', '/app', './x', 'src/', '$A', '${B:-b}', '*.txt', 'a\\ b', '"a', "b'", 'x"y"');
}

function flagged(w: Writer, percent: number, ...flags: readonly string[]): string {
  return w.chance(percent) ? `${w.several(2, () => w.one(...flags), ' ')} ` : '';
}

function shellText(w: Writer): string {
  return w.several(
    3,
    () =>
      w.one(
        ...[
          'echo hi',
          'apt-get update',
          'cat "$X" | sh',
          "echo 'a b'",
          'test -f x',
          'echo ${X:-y}',
          'echo $((1<<2))',
          'cat <<<"x"',
          'a > b 2>&1',
        ],
        ...[
          'echo "unclosed',
          "it's",
          'echo \\"',
          '[ -f x ]',
          'echo `date`',
          'echo ${X@Q}',
          'echo $(ls)',
          'echo # no',
          'x --flag',
          'a<b',
          'echo {a,b}',
        ],
      ),
    w.one(' && ', ' ; ', ' || '),
  );
}

function jsonArray(w: Writer): string {
  return w.one(
    ...[
      '["a"]',
      '["sh", "-c", "echo $A | x"]',
      '[ "a" , "b" ]',
      '["a\\"b", "c\\\\d", "\\u00e9"]',
      '[]',
      '["a",]',
      "['a']",
      '["a" "b"]',
      '[a, b]',
    ],
    ...['["a"] x', '["é", "\\n"]', '[""]', '["a", "b"'],
  );
}

function heredoc(w: Writer, start: (name: string) => string): string {
  const name = w.one('EOF', 'E', 'END_1', 'file.txt');
  const dash = w.chance(25) ? '-' : '';
  const quoted = w.one(name, name, `"${name}"`, `'${name}'`, `\\${name}`);
  const body = w.several(
    3,
    () => w.one('echo x', 'FROM y', '# no comment', '\ttabbed', ' EOF', '$A ${A}', '', 'a \\', '"q'),
    '\n',
  );
  const end = w.chance(20) && dash !== '' ? `\t\t${name}` : name;
  return `${start(`${w.one('', '', '', '3')}<<${dash}${w.one('', '', '', ' ')}${quoted}`)}\n${body}\n${end}`;
}

function run(w: Writer): string {
  const flags = flagged(
    w,
    25,
    ...[
      '--mount=type=cache,target=/c',
      '--mount=type=secret,id=s',
      '--mount=type=bind,source=a,target=/b,rw',
      '--mount=type=tmpfs,dst=/t',
    ],
    ...[
      '--network=none',
      '--security=insecure',
      '--mount="type=cache,target=/d"',
      '--mount=type=cache,target=/e,sharing=locked,uid=1',
    ],
    ...['--mount=type=ssh', '--mount=target=/f,from=build0,ro=false', '--mount=type=cache,target=/$A/x', '--'],
  );
  if (w.chance(18))
    return heredoc(
      w,
      (doc) => `RUN ${flags}${w.one(doc, doc, `cat ${doc} > x`, `${doc} sh`, `cat ${doc} && echo "x"`)}`,
    );
  if (w.chance(20)) return `RUN ${flags}${jsonArray(w)}`;
  return `RUN ${flags}${shellText(w)}`;
}

function copy(w: Writer, names: readonly string[]): string {
  const stage = names.slice(0, -1)[0];
  const flags = flagged(
    w,
    30,
    '--chown=a:b',
    '--chmod=0755',
    '--link',
    '--link=false',
    '--exclude=*.md',
    '--parents',
    '--chmod=u=rwX,go=rX',
    '--chown=$A',
  );
  const from = w.chance(20) ? `--from=${stage ?? 'img:1'} ` : '';
  return sources(w, `COPY ${from}${w.chance(90) ? dedupe(flags) : flags}`);
}

function add(w: Writer): string {
  const flags = dedupe(flagged(w, 25, '--chown=a', '--chmod=644', '--link', '--keep-git-dir=true', '--unpack'));
  if (w.chance(15)) return `ADD --checksum=sha256:${'b'.repeat(64)} https://e.org/x /y`;
  return sources(w, `ADD ${flags}`);
}

/** A flag that stands twice is a mistake. */
function dedupe(flags: string): string {
  const [first, second] = flags.trim().split(' ');
  const name = (flag: string | undefined) => flag?.split('=')[0];
  return name(first) === name(second) && first !== undefined ? `${first} ` : flags;
}

function sources(w: Writer, start: string): string {
  if (w.chance(12)) return heredoc(w, (doc) => `${start}${doc} ${w.one('/x', 'y/', '"/z"')}`);
  if (w.chance(15)) return `${start}${w.one('["a", "/b c"]', '["a b","c","./"]', '["a", "b"', "['a', 'b']")}`;
  return `${start}${w.several(2, () => plain(w), ' ')} ${w.one('.', './', '/app/', '$A/')}`;
}

function env(w: Writer): string {
  if (w.chance(15)) return `ENV ${w.one('A', 'B', 'PATH_X')} ${w.several(3, () => word(w), w.one(' ', '  '))}`;
  return `ENV ${w.several(3, () => `${w.one('A', 'B', 'C', 'D_E', 'f')}=${word(w)}`, ' ')}`;
}

function argument(w: Writer): string {
  return `ARG ${w.several(2, () => w.one('A', 'B', `C=${word(w)}`, `A=${word(w)}`, 'TAG'), ' ')}`;
}

function label(w: Writer): string {
  if (w.chance(10)) return `LABEL ${w.one('a', 'b.c')} ${w.several(2, () => word(w), ' ')}`;
  return `LABEL ${w.several(2, () => `${w.one('a', 'b.c', '"q r"', 'org.x/y')}=${word(w)}`, ' ')}`;
}

function expose(w: Writer): string {
  return `EXPOSE ${w.several(3, () => w.one('80', '443/tcp', '53/udp', '8000-8002', '9/sctp', '80/TCP', '${P:-81}', '0'), ' ')}`;
}

function command(w: Writer): string {
  return `${w.one('CMD', 'ENTRYPOINT')} ${w.chance(50) ? jsonArray(w) : shellText(w)}`;
}

function healthcheck(w: Writer): string {
  if (w.chance(15)) return `HEALTHCHECK ${w.one('NONE', 'none')}`;
  const flags = flagged(
    w,
    60,
    w.one('--interval=30s', '--interval=1m30s', '--interval=0', '--interval=1.5h', '--interval='),
    w.one('--timeout=3s', '--timeout=500ms', '--retries=3', '--start-period=1m', '--start-interval=2s', '--retries=+4'),
  );
  return `HEALTHCHECK ${dedupe(flags)}${w.one('CMD', 'cmd')} ${w.chance(40) ? w.one('["curl", "x"]', '["a"]') : 'curl -f x || exit 1'}`;
}

function user(w: Writer): string {
  return `USER ${w.one('root', '1000:1000', '$A', '${U:-app}', 'app ', '"x y"', 'a b', "'0'", '${U}')}`;
}

function workdir(w: Writer): string {
  return `WORKDIR ${w.one('/app', 'sub', '"/a b"', '/a b', '$A', '/x/../y', '/${B:-b}')}`;
}

function volume(w: Writer): string {
  return `VOLUME ${w.one('/data', '/a /b', '["/c"]', '["/d", "/e f"]', '$A/v', '["/x"', '"/a b"')}`;
}

function stopSignal(w: Writer): string {
  return `STOPSIGNAL ${w.one('SIGTERM', '9', 'sigint', 'KILL', 'SIGRTMIN+3', '${S:-15}')}`;
}

function shell(w: Writer): string {
  return `SHELL ${w.one('["bash", "-c"]', '["/bin/sh","-ec"]', '["powershell"]')}`;
}

export function generateWord(seed: number): WordCase {
  const w = startWriter(seed * 104729 + 3);
  const piece = (): string =>
    w.one(
      ...[
        'a',
        'b c',
        '$A',
        '${A}',
        '${B}',
        '$N',
        '${N:-x}',
        '${N-x}',
        '${E:-x}',
        '${E-x}',
        '${A:+y}',
        '${E:+y}',
        '${E+y}',
        '${N+y}',
        '"',
        "'",
        '\\',
        '`',
      ],
      ...[
        '\\$A',
        '${A#a*}',
        '${A##*/}',
        '${A%b*}',
        '${A%%/*}',
        '${A/a/b}',
        '${A//\\//_}',
        '${N:-${A}}',
        '${N:-"q r"}',
        "${N:-'s}'}",
        '${N:-\\}}',
        '${A?m}',
        '${N?m}',
        '${E:?m}',
      ],
      ...[
        '${',
        '}',
        '$',
        '$1',
        '$?',
        '${1}',
        '${A@}',
        '${A:}',
        '${:-x}',
        '"$A"',
        "'$A'",
        '"\\$A"',
        '"\\x"',
        '"`"',
        '$é',
        '${N:-}',
        '${A:=b}',
        '${A#}',
        '${A/}',
        '${A//a}',
        '<<',
        '< x',
        '${A^}',
        '$-',
        '$#',
        '$$',
      ],
    );
  return {
    word: w.several(4, piece, w.one('', '', '-')),
    escape: w.chance(75) ? '\\' : '`',
    env: { A: w.one('aab/bba', '/usr/local/bin', 'x', 'a*b', '[a].b'), B: 'bee', E: '' },
  };
}
