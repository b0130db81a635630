// Dockerfiles of shapes that cost more than others: an edit in each of them, as the language server answers it.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { emptyConfig, settingsOf } from '../../server/src/engine/config.js';
import type { ReadFile } from '../../server/src/engine/language.js';
import { dockerfileLanguage } from '../../server/src/languages/dockerfile/language.js';
import { abilitiesOf } from '../../server/src/lsp/capabilities.js';
import { diagnosticsOf } from '../../server/src/lsp/diagnostics.js';
import { reportId } from '../../server/src/lsp/report-id.js';
import { stagesOf } from '../../server/src/lsp/symbols.js';
import { allRules } from '../../server/src/rules/all.js';
import { dockerfileAt, dockerfileContextAt } from '../../server/src/service/dockerfile-context.js';
import { type Linted, lintText } from '../../server/src/service/lint-text.js';
import { pullCapabilities } from '../../server/test/lsp/client.js';
import { milliseconds, quantile, spread } from './figures.js';
import { input, typingPlace } from './inputs.js';

interface Shape {
  readonly name: string;
  /** A text of about so many lines. */
  readonly text: (lines: number) => string;
  /** Where somebody types. */
  readonly place: (text: string) => number;
}

function repeated(lines: number, each: (index: number) => string): string {
  const found: string[] = [];
  for (let i = 0, count = 0; count < lines; i++) {
    const part = each(i);
    found.push(part);
    count += part.split('\n').length - 1;
  }
  return found.join('');
}

/** Behind the first `word` behind the middle. */
function inside(word: string): Shape['place'] {
  return (text) => text.indexOf(word, text.length / 2) + word.length;
}

const shapes: readonly Shape[] = [
  { name: 'stages of 18 lines', text: (lines) => input('dockerfile', lines), place: typingPlace },
  {
    name: 'stages of 4 lines',
    text: (lines) =>
      repeated(lines, (i) =>
        i === 0
          ? 'FROM alpine:3.20 AS stage0\n'
          : `FROM stage${i - 1} AS stage${i}\nENV LEVEL=info${i}\nCOPY --from=stage${i - 1} /app${i} /app\nRUN make step${i}\n`,
      ),
    place: inside('LEVEL=in'),
  },
  { name: 'one stage, a word in RUN', text: oneStage, place: inside('make target') },
  { name: 'one stage, a value of ENV', text: oneStage, place: inside('LEVEL=in') },
  { name: 'one stage, its first line', text: oneStage, place: (text) => text.indexOf('/app') + 4 },
  { name: 'one stage, a comment', text: oneStage, place: inside('# par') },
  {
    name: 'a chain of commands',
    text: (lines) =>
      `FROM debian:12\nRUN set -eux \\\n${repeated(lines, (i) =>
        i % 40 === 39
          ? `    && apt-get install -y package${i} \\\n`
          : `    && echo "step ${i}" > /etc/app/step${i} \\\n`,
      )}    && true\nCMD ["app"]\n`,
    place: inside('echo "st'),
  },
  {
    name: 'a heredoc of RUN',
    text: (lines) =>
      `FROM debian:12\nRUN <<EOF\nset -eux\n${repeated(lines, (i) =>
        i % 40 === 39 ? `apt-get install -y package${i}\n` : `echo "step ${i}" > /etc/app/step${i}\n`,
      )}EOF\nCMD ["app"]\n`,
    place: inside('echo "st'),
  },
  {
    name: 'a heredoc of COPY',
    text: (lines) =>
      `FROM debian:12\nCOPY <<EOF /etc/app.conf\n${repeated(lines, (i) => `key${i} = value \${HOME} ${i}\n`)}EOF\nCMD ["app"]\n`,
    place: inside('= val'),
  },
  {
    name: 'the lines of one ENV',
    text: (lines) =>
      `FROM debian:12\nENV FIRST=1 \\\n${repeated(lines, (i) => `    NAME${i}=value${i} \\\n`)}    LAST=1\nRUN make\nCMD ["app"]\n`,
    place: inside('=val'),
  },
];

/** One finding in ten lines. */
function oneStage(lines: number): string {
  return `FROM node:22-alpine\nWORKDIR /app\n${repeated(
    lines,
    (i) => `# part ${i}
ENV LEVEL=info${i} NAME${i}=value
RUN make target${i} \\
    && ./configure --with=part${i} \\
    && install -m 755 part${i} /usr/bin
COPY part${i} /app/part${i}
RUN npm install package${i}
LABEL org.example.part${i}="a part"
EXPOSE 80${i % 100}
RUN echo part${i} | tee /etc/part${i}
`,
  )}USER node\nCMD ["node", "server.js"]\n`;
}

const settings = settingsOf({ ...emptyConfig, profile: 'all' });

const space = { scheme: 'file', authority: '' };
const style = { abilities: abilitiesOf(pullCapabilities, false), rulePage: 'https://example.com/{id}' };

/** All that the server does with a text but for the protocol itself. */
function answer(text: string, previous: ReadFile | undefined): Linted {
  const { read } = dockerfileLanguage;
  const linted = lintText({
    kind: 'dockerfile',
    read,
    rules: allRules,
    settings,
    file: '/Dockerfile',
    text,
    mode: 'open',
    previous,
  });
  reportId(diagnosticsOf(linted.findings, { space, text }, style));
  return linted;
}

/** Edits that are measured, and as many before them that are not. */
const rounds = 40;
const memoryEdits = 1000;

/** As in the server, where each answer is a task of its own: what is held weakly stays until one is over. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Somebody types a word there, one character after the other, and takes it away again. */
async function edits({ text: make, place: placeIn }: Shape, lines: number): Promise<readonly number[]> {
  const text = make(lines);
  const place = placeIn(text);
  let { file } = answer(text, undefined);
  const times: number[] = [];
  for (let i = 0; i < 2 * rounds; i++) {
    await nextTask();
    const typed = 'abcdefgh'.slice(0, i % 16 < 8 ? i % 16 : 16 - (i % 16));
    const edited = text.slice(0, place) + typed + text.slice(place);
    const start = performance.now();
    ({ file } = answer(edited, file));
    if (i >= rounds) times.push(performance.now() - start);
  }
  return times;
}

/** The first reading of a text, in milliseconds for 1,000 lines. */
async function opening({ text: make }: Shape, lines: number, times: number): Promise<number> {
  const text = make(lines);
  const taken: number[] = [];
  for (let i = 0; i < times; i++) {
    await nextTask();
    const start = performance.now();
    answer(text, undefined);
    taken.push(performance.now() - start);
  }
  return (quantile(taken, 0.5) * 1000) / lines;
}

/** An edit of each shape, and how the time of the first reading grows. */
export async function measureDockerfiles(print: (line: string) => void): Promise<void> {
  print(
    'Dockerfiles of other shapes after a typed character, all rules (aim: 200 lines below 5 ms, 2,000 below 25 ms):',
  );
  for (const shape of shapes) {
    print(`  ${shape.name.padEnd(26)} 200 lines ${spread(await edits(shape, 200))}`);
    print(`  ${''.padEnd(24)} 2,000 lines ${spread(await edits(shape, 2000))}`);
  }
  print('Their first reading, milliseconds for 1,000 lines (aim: the same for each length):');
  // Some shapes are one text that is typed in at several places.
  for (const shape of new Map(shapes.map((each) => [each.text, each])).values()) {
    const figures: string[] = [];
    for (const [lines, times] of [
      [200, 20],
      [2000, 5],
      [20_000, 1],
    ] as const) {
      figures.push(`of ${lines} ${milliseconds(await opening(shape, lines, times))}`);
    }
    print(`  ${(shape.name.split(', ')[0] ?? '').padEnd(26)} ${figures.join(', ')}`);
  }
  print('What somebody asks for in 2,000 lines of one stage:');
  for (const line of measureViews()) print(line);
  print(await measureMemory());
}

function measureViews(): readonly string[] {
  const text = oneStage(2000);
  const linted = answer(text, undefined);
  const document = TextDocument.create('file:///Dockerfile', 'dockerfile', 1, text);
  const offset = text.lastIndexOf('LEVEL');
  const spot = dockerfileAt(linted, offset);
  const times = (action: () => unknown): string => {
    const taken = Array.from({ length: 100 }, () => {
      const start = performance.now();
      action();
      return performance.now() - start;
    });
    return spread(taken.slice(50));
  };
  return [
    `  hover    ${times(() => spot && dockerfileContextAt(spot))}`,
    `  outline  ${times(() => stagesOf({ document, linted }))}`,
    `  links    ${times(() => linted.file.links?.())}`,
  ];
}

/** Megabytes that are held for an open document, when it was opened and when somebody has typed in it for long. */
async function measureMemory(): Promise<string> {
  setFlagsFromString('--expose-gc');
  const collect: () => void = runInNewContext('gc');
  const held = async (): Promise<number> => {
    await nextTask();
    collect();
    return process.memoryUsage().heapUsed / 1024 / 1024;
  };
  const text = oneStage(2000);
  const place = inside('make target')(text);
  const before = await held();
  let { file } = answer(text, undefined);
  const opened = await held();
  for (let i = 0; i < memoryEdits; i++) {
    await nextTask();
    ({ file } = answer(text.slice(0, place) + i + text.slice(place), file));
  }
  const typed = await held();
  const size = (megabytes: number) => `${(megabytes - before).toFixed(1)} MB`;
  return `Held for its ${file.text.length} characters: ${size(opened)}, after ${memoryEdits} edits ${size(typed)}`;
}
