// Nothing is missing in a patch of kustomize: what it does not say, its base does.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'mocha';
import { allRules } from '../../src/rules/all.js';
import { lint } from '../support/lint.js';
import { readPage } from '../support/page.js';
import { pagesOf } from '../support/rule-pages.js';

/** Rules whose findings are all about what is not there, whatever their ids say. */
const aboutAbsence: ReadonlySet<string> = new Set([
  'default-service-account',
  'image-pull-policy-not-always',
  'implicit-ingress-isolation',
  'ingress-without-tls',
  'writable-root-filesystem',
  'default-service-account-automount',
  'namespace-without-pod-security-labels',
  'net-raw-not-dropped',
]);

describe('A patch of kustomize', () => {
  for (const { meta } of allRules) {
    if (!meta.formats.includes('kubernetes')) continue;
    if (!meta.id.startsWith('missing-') && !aboutAbsence.has(meta.id)) continue;
    it(`lacks nothing, as ${meta.id} sees it`, () => {
      const fences = pagesOf(meta.id)
        .flatMap((path) => readPage(readFileSync(path, 'utf8')))
        .filter(({ kind, expectations }) => kind === 'kubernetes' && expectations.length > 0);
      assert.notDeepEqual(fences, []);
      for (const { text, options, kubernetesMinor } of fences) {
        const { file, findings } = lint('kubernetes', text, { only: meta.id, options, kubernetesMinor, patch: true });
        const { manifest = [], container = [] } = file.subjects;
        // What is missing is reported at the name of what lacks it; what is written can be wrong in a patch too.
        const names = new Set([...manifest, ...container].map(({ nameAt }) => nameAt.span.start));
        const missing = findings.filter(({ at }) => names.has(at.span.start));
        assert.deepEqual(
          missing.map(({ message }) => message),
          [],
          text,
        );
      }
    });
  }
});
