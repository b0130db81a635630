// Which stage of a Dockerfile is built, from the config file to whoever reads the Dockerfile.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { ReadRequest } from '../../src/engine/language.js';
import { configCompletions } from '../../src/languages/config/completion.js';
import { parseConfig, readConfigFile } from '../../src/languages/config/language.js';
import type { FileKind } from '../../src/model/format.js';
import { allRules } from '../../src/rules/all.js';
import { fileSettings } from '../../src/service/file-settings.js';
import { lintText, loadReader } from '../../src/service/lint-text.js';

const config = `dockerfileTargets:
  Dockerfile: base
  services/*/Dockerfile: production
  "services/api/": 2
  "!services/api/": never
`;

function settingsAt(path: string) {
  return fileSettings(parseConfig(config, allRules), '/repo', {})(path).settings;
}

describe('dockerfileTargets', () => {
  it('name the stage of the files that a pattern takes in; of several the last one counts', () => {
    const targets = [
      'Dockerfile',
      'a/Dockerfile',
      'services/web/Dockerfile',
      'services/api/Dockerfile',
      'a/b.dockerfile',
    ];
    assert.deepEqual(
      targets.map((path) => settingsAt(`/repo/${path}`).dockerfileTarget),
      ['base', 'base', 'production', '2', undefined],
    );
    assert.equal(settingsAt('/elsewhere/Dockerfile').dockerfileTarget, undefined);
  });

  it('come to whoever reads the Dockerfile, and not to one inside a Compose file', async () => {
    const asked = async (kind: FileKind, path: string, text: string) => {
      const seen: ReadRequest[] = [];
      const spied = async (of: FileKind) => {
        const read = await loadReader(of, allRules);
        return (request: ReadRequest) => {
          if (of === 'dockerfile') seen.push(request);
          return read(request);
        };
      };
      const [read, readDockerfile] = [await spied(kind), await spied('dockerfile')];
      lintText({
        kind,
        read,
        readDockerfile,
        rules: allRules,
        settings: settingsAt(path),
        file: path,
        text,
        mode: 'open',
      });
      return seen.map(({ target }) => target);
    };
    assert.deepEqual(await asked('dockerfile', '/repo/services/web/Dockerfile', 'FROM alpine:3.20\n'), ['production']);
    const compose = 'services:\n  web:\n    build:\n      dockerfile_inline: |\n        FROM alpine:3.20\n';
    assert.deepEqual(await asked('compose', '/repo/services/api/compose.yaml', compose), [undefined]);
  });

  it('have to be a map of names and numbers', () => {
    const problems = (text: string) =>
      readConfigFile({ file: '.plimsoll.yaml', text, mode: 'open', kubernetesMinor: 0 }, allRules).source.problems.map(
        ({ at, message }) => `${text.slice(at.span.start, at.span.end)} | ${message}`,
      );
    assert.deepEqual(problems(config), []);
    assert.deepEqual(problems('dockerfileTargets: production\n'), [
      "production | 'dockerfileTargets' must be a map of patterns and stages: this has no effect.",
    ]);
    assert.deepEqual(problems('dockerfileTargets: { a: [b], c: 1.5, d: x y, e: -1, f: , g: ok }\n'), [
      "[b] | 'a' must be the name or the number of a stage: this has no effect.",
      "1.5 | 'c' must be the name or the number of a stage: this has no effect.",
      "x y | 'd' must be the name or the number of a stage: this has no effect.",
      "-1 | 'e' must be the name or the number of a stage: this has no effect.",
    ]);
    assert.deepEqual(problems('dockerfileTargets:\n  a: b\n  a: c\n'), [
      "a | 'a' is written more than once: none of them counts.",
    ]);
  });

  it('count up to a thousand', () => {
    const text = `dockerfileTargets:\n${Array.from({ length: 1002 }, (_, i) => `  f${i}: s\n`).join('')}`;
    const { dockerfileTargets } = parseConfig(text, allRules);
    assert.equal(dockerfileTargets?.length, 1000);
    const { source } = readConfigFile({ file: '.plimsoll.yaml', text, mode: 'open', kubernetesMinor: 0 }, allRules);
    assert.deepEqual(
      source.problems.map(({ at }) => text.slice(at.span.start, at.span.end)),
      ['f1000'],
    );
  });

  it('are completed', () => {
    const { items } = configCompletions('docker', 6, allRules);
    assert.ok(items.some(({ text }) => text === 'dockerfileTargets'));
  });
});
