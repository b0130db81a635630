// The JSON schema that editors complete by must say what the reader says.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, it } from 'mocha';
import { parse } from 'yaml';
import { lint } from '../../support/lint.js';

const schema = JSON.parse(
  readFileSync(new URL('../../../../schemas/plimsoll-config.schema.json', import.meta.url), 'utf8'),
);
const validate = new Ajv({ strict: false, logger: false }).compile(schema);

const valid: readonly string[] = [
  'extends: base.yaml\n',
  'extends: [a/base.yaml, b.plimsoll.yaml]\nprofile: strict\n',
  'kubernetesVersion: "1.31"\ntrustedRegistries: [default, ghcr.io/acme]\n',
  'include: [k8s/]\nexclude: ["*.bak.yaml", "!keep.bak.yaml"]\n',
  'rules:\n  privileged: off\n  dangerous-added-capability: { severity: error, allowed: [NET_ADMIN] }\n',
  'overrides:\n  - files: legacy/\n    rules: { privileged: info }\n  - files: [a, b]\n    rules: {}\n',
  'ignores:\n  - rule: privileged\n    reason: it is the node agent\n',
  'dockerfileTargets: { Dockerfile: production, "services/*/Dockerfile": 1 }\n',
  `ignores:
  - rule: [privileged, host-pid]
    files: [vendor/**, "*.gen.yaml"]
    resource: kube-system/DaemonSet/*
    reason: made by somebody else
    until: 2099-12-31
`,
];

const invalid: readonly string[] = [
  'extends: { a: b }\n',
  'profile: loud\n',
  'inherits: base.yaml\n',
  'rules: { no-such: off }\n',
  'rules: { privileged: loud }\n',
  'rules: { privileged: { alowed: [x] } }\n',
  'overrides: { files: a, rules: {} }\n',
  'dockerfileTargets: [production]\n',
  'dockerfileTargets: { Dockerfile: 1.5 }\n',
  'dockerfileTargets: { Dockerfile: [a] }\n',
  'dockerfileTargets: { Dockerfile: a b }\n',
  'overrides:\n  - files: a\n',
  'overrides:\n  - rules: { privileged: off }\n',
  'overrides:\n  - files: a\n    rules: { no-such: off }\n',
  'overrides:\n  - files: a\n    rules: {}\n    profile: all\n',
  'ignores:\n  - rule: privileged\n',
  'ignores:\n  - reason: because\n',
  'ignores:\n  - rule: no-such\n    reason: because\n',
  'ignores:\n  - rule: privileged\n    reason: " "\n',
  'ignores:\n  - rule: privileged\n    reason: because\n    until: soon\n',
  'ignores:\n  - rule: privileged\n    reason: because\n    file: a\n',
];

describe('the schema of the config file', () => {
  for (const text of valid) {
    it(`takes what the reader takes: ${JSON.stringify(text)}`, () => {
      assert.deepEqual(lint('config', text).file.source.problems, []);
      assert.ok(validate(parse(text)), JSON.stringify(validate.errors));
    });
  }

  for (const text of invalid) {
    it(`refuses what the reader refuses: ${JSON.stringify(text)}`, () => {
      assert.notDeepEqual(lint('config', text).file.source.problems, []);
      assert.equal(validate(parse(text)), false);
    });
  }
});
