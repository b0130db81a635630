// Holds the rules against what Pod Security admission does with pods, version by version.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'mocha';
import { newestKubernetesMinor } from '../../src/engine/settings.js';
import { allRules } from '../../src/rules/all.js';
import { lint } from '../support/lint.js';
import { type JudgedPod, judgedPods, manifestOf, newestMinor, oldestMinor } from './judged-pods.js';

/** The checks of the admission controller. */
const checks = [
  'allowPrivilegeEscalation',
  'appArmorProfile',
  'capabilities_baseline',
  'capabilities_restricted',
  'hostNamespaces',
  'hostPathVolumes',
  'hostPorts',
  'hostProbesAndHostLifecycle',
  'privileged',
  'procMount',
  'procMount_restricted',
  'restrictedVolumes',
  'runAsNonRoot',
  'runAsUser',
  'seLinuxOptions',
  'seccompProfile_baseline',
  'seccompProfile_restricted',
  'sysctls',
  'windowsHostProcess',
];

type Level = 'baseline' | 'restricted';

const checksOfRule = new Map(
  allRules.map(({ meta }) => [meta.id, (meta.peers.psa ?? []).map((id) => id.toLowerCase())]),
);
const minors = Array.from({ length: newestMinor - oldestMinor + 1 }, (_, index) => oldestMinor + index);

interface Claim {
  readonly rule: string;
  readonly level: Level;
}

/** What the rules say that admission would not take, and at which level first. */
function claimsOf(text: string, kubernetesMinor: number): readonly Claim[] {
  const { findings, failures } = lint('kubernetes', text, { kubernetesMinor });
  assert.deepEqual(failures, []);
  return findings.flatMap(({ rule, standards }) =>
    standards.flatMap((standard): readonly Claim[] => {
      if (standard === 'pss/baseline') return [{ rule, level: 'baseline' }];
      return standard === 'pss/restricted' ? [{ rule, level: 'restricted' }] : [];
    }),
  );
}

/** What a level refuses of these: restricted refuses all that baseline does. */
function refusedAt(level: Level, claims: readonly Claim[]): readonly Claim[] {
  return level === 'restricted' ? claims : claims.filter((claim) => claim.level === 'baseline');
}

/** The wrong words about a pod that a check refuses, or that a level admits; none where the rules agree. */
function disagreement(level: Level, check: string | undefined, claims: readonly Claim[]): readonly string[] {
  const refusals = refusedAt(level, claims);
  if (check === undefined) return refusals.map((claim) => `admitted, but ${claim.rule} says ${claim.level}`);
  const named = refusals.some(({ rule }) => checksOfRule.get(rule)?.includes(check.toLowerCase()));
  return named ? [] : [`refused by ${check}, but no rule for it says so`];
}

describe('The checks of Pod Security admission', () => {
  it('have a rule each, and the rules name no other', () => {
    const named = new Set(allRules.flatMap(({ meta }) => meta.peers.psa ?? []));
    assert.deepEqual([...named].sort(), [...checks].sort());
  });

  it('have a pod each that they refuse and one that they admit', () => {
    for (const check of checks) {
      const own = judgedPods.filter((pod) => pod.check === check);
      assert.ok(
        own.some(({ refused }) => refused !== undefined),
        `${check} refuses a pod.`,
      );
      assert.ok(
        own.some(({ refused }) => refused === undefined),
        `${check} admits a pod.`,
      );
    }
    assert.deepEqual([...new Set(judgedPods.map(({ check }) => check))].sort(), [...checks].sort());
  });

  it('are known up to the newest version that rules know', () => {
    assert.equal(newestMinor, newestKubernetesMinor);
  });

  for (const check of checks) {
    describe(check, () => {
      for (const pod of judgedPods.filter((judged) => judged.check === check)) {
        it(`${verdictOf(pod)}: ${pod.what}`, () => {
          const text = manifestOf(pod);
          const wrong = minors
            .filter((minor) => minor >= (pod.judgedFrom ?? oldestMinor))
            .flatMap((minor) => {
              const expected = isRefused(pod, minor) ? check : undefined;
              return disagreement(pod.level, expected, claimsOf(text, minor)).map((why) => `1.${minor}: ${why}`);
            });
          assert.deepEqual(wrong, []);
        });
      }
    });
  }
});

function isRefused({ refused }: JudgedPod, minor: number): boolean {
  return refused !== undefined && minor >= refused[0] && minor <= refused[1];
}

function verdictOf({ refused }: JudgedPod): string {
  if (refused === undefined) return 'admits';
  const [from, to] = refused;
  if (from === oldestMinor && to === newestMinor) return 'refuses';
  if (to === newestMinor) return `refuses from 1.${from} on`;
  return from === oldestMinor ? `refuses up to 1.${to}` : `refuses from 1.${from} to 1.${to}`;
}

// The pods that the admission controller itself is tested with are not part of the repository. Where they lie beside it,
// they are linted too: a folder for each version, and its pods in the versions up to that of the next folder as well.
const conformance = new URL('../../../../shared/conformance/pod-security/', import.meta.url);
if (existsSync(conformance)) {
  describe('The pods that Pod Security admission is tested with', () => {
    for (const level of ['baseline', 'restricted'] as const) {
      const folders = readdirSync(new URL(`${level}/`, conformance))
        .map((folder) => Number(/^v1\.(\d+)$/.exec(folder)?.[1]))
        .sort((a, b) => a - b);
      for (const [index, folder] of folders.entries()) {
        const end = folders[index + 1] ?? newestMinor + 1;
        for (const minor of minors.filter((minor) => minor >= folder && minor < end)) {
          it(`are judged alike at level ${level} by 1.${minor}${minor === folder ? '' : `, those of 1.${folder}`}`, () => {
            assert.deepEqual(wrongIn(level, folder, minor), []);
          });
        }
      }
    }
  });
}

function wrongIn(level: Level, folder: number, minor: number): readonly string[] {
  return (['pass', 'fail'] as const).flatMap((verdict) => {
    const place = new URL(`${level}/v1.${folder}/${verdict}/`, conformance);
    const files = readdirSync(place);
    assert.ok(files.length > 0, `${place.pathname} holds pods.`);
    return files.flatMap((file) => {
      const text = readFileSync(new URL(file, place), 'utf8');
      const check = file.replace(/\d*\.yaml$/, '');
      // Since then baseline takes the namespace that these pods have for reason enough.
      if (check === 'procmount' && folder < 35 && minor >= 35 && level === 'baseline' && verdict === 'fail') return [];
      return disagreement(level, verdict === 'fail' ? check : undefined, claimsOf(text, minor)).map(
        (why) => `${verdict}/${file}: ${why}`,
      );
    });
  });
}
