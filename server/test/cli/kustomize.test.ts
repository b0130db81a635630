// Patches of kustomize: other objects complete them, so nothing is missing there.
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { openWorkshop, type Workshop } from './workshop.js';

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  template:
    spec:
      hostPID: true
      containers:
        - name: web
          image: nginx:1.27
`;

describe('a patch of kustomize', () => {
  let workshop: Workshop;
  beforeEach(() => {
    workshop = openWorkshop();
  });
  afterEach(() => workshop.close());

  async function findings(): Promise<readonly string[]> {
    const { stdout, stderr } = await workshop.run(['lint', '--format', 'json', '.']);
    assert.equal(stderr, '');
    const { findings: found } = JSON.parse(stdout) as { findings: { rule: string; file: string }[] };
    return found.map(({ file, rule }) => `${file} ${rule}`);
  }

  it('is judged for what it sets, and not for what it leaves to its base', async () => {
    workshop.write('base/web.yaml', deployment);
    workshop.write('overlay/patches/web.yaml', deployment);
    workshop.write('overlay/other.yaml', deployment);
    workshop.write('overlay/old.yaml', deployment);
    workshop.write(
      'overlay/kustomization.yaml',
      `resources: [../base/web.yaml, other.yaml]
patches:
  - path: patches/web.yaml
  - patch: |-
      - op: remove
        path: /spec
patchesStrategicMerge: [./old.yaml]
`,
    );
    assert.deepEqual(await findings(), [
      'base/web.yaml host-pid',
      'base/web.yaml missing-cap-drop-all',
      'overlay/old.yaml host-pid',
      'overlay/other.yaml host-pid',
      'overlay/other.yaml missing-cap-drop-all',
      'overlay/patches/web.yaml host-pid',
    ]);
  });

  it('is known by its own words where no kustomization names it', async () => {
    workshop.write('a.yaml', `$patch: merge\n${deployment}`);
    workshop.write('b.yaml', deployment.replace('image:', '$patch: replace\n          image:'));
    assert.deepEqual(await findings(), ['a.yaml host-pid', 'b.yaml host-pid']);
  });

  it('is nothing else where the kustomization cannot be read or is none', async () => {
    workshop.write('web.yaml', deployment);
    for (const broken of ['patches: [', 'patches: web.yaml', 'patches: [{ path: 1 }, web.yaml, { path: /web.yaml }]']) {
      workshop.write('kustomization.yaml', broken);
      const found = (await findings()).filter((line) => line.startsWith('web.yaml'));
      assert.deepEqual(found, ['web.yaml host-pid', 'web.yaml missing-cap-drop-all'], broken);
    }
  });

  it('leaves the kustomization itself alone', async () => {
    workshop.write(
      'kustomization.yaml',
      'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nmetadata: { name: x }\nresources: []\n',
    );
    assert.deepEqual(await findings(), []);
  });
});
