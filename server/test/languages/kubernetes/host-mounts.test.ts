import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { remove } from '../../../src/model/change.js';
import { changed, first, pod, read } from './reading.js';

describe('the host paths of a pod', () => {
  it('are its volumes, cleaned, with the text that was written', () => {
    const { workloads, show } = read(
      pod(`  volumes:
  - name: logs
    hostPath:
      path: "/var//log/../log/"
  - {name: tmp, emptyDir: {}}
  - {name: unset, hostPath: null}
  - {name: nowhere, hostPath: {type: Directory}}
  - {name: odd, hostPath: /etc}
  - {name: secret, hostPath: {path: "{{ .x }}"}}
`),
    );
    assert.deepEqual(
      first(workloads).hostMounts.map((mount) => [
        mount.written,
        mount.name,
        show(mount.source),
        mount.sourceText?.value,
      ]),
      [
        ['hostPath', 'logs', '"/var/log" at "/var//log/../log/" (9)', '/var//log/../log/'],
        ['hostPath', 'nowhere', 'absent at nowhere (12)', undefined],
        ['hostPath', 'odd', 'unknown at /etc (13)', undefined],
        ['hostPath', 'secret', 'unknown at "{{ .x }}" (14)', undefined],
      ],
    );
  });

  const mounts: readonly (readonly [what: string, lists: string, readOnly: boolean | 'unknown', removable: boolean])[] =
    [
      ['nothing mounts it', '  containers: [{name: a}]\n', false, true],
      [
        'another volume is mounted',
        '  containers: [{name: a, volumeMounts: [{name: other, readOnly: true}]}]\n',
        false,
        true,
      ],
      [
        'all mounts are read-only',
        '  containers: [{name: a, volumeMounts: [{name: v, readOnly: true}]}]\n',
        true,
        false,
      ],
      [
        'an init container writes',
        '  containers: [{name: a, volumeMounts: [{name: v, readOnly: true}]}]\n  initContainers: [{name: b, volumeMounts: [{name: v}]}]\n',
        false,
        false,
      ],
      [
        'a debug container writes',
        '  containers: [{name: a, volumeMounts: [{name: v, readOnly: true}]}]\n  ephemeralContainers: [{name: b, volumeMounts: [{name: v, readOnly: false}]}]\n',
        false,
        false,
      ],
      [
        'one cannot be told',
        '  containers: [{name: a, volumeMounts: [{name: v, readOnly: "true"}]}]\n',
        'unknown',
        false,
      ],
      [
        'a mount has no known name',
        '  containers: [{name: a, volumeMounts: [{name: "{{ .x }}", readOnly: true}]}]\n',
        'unknown',
        false,
      ],
      [
        'the mounts are no list',
        '  containers: [{name: a, volumeMounts: [{name: v, readOnly: true}]}]\n  initContainers: "{{ .x }}"\n',
        'unknown',
        false,
      ],
    ];
  for (const [what, lists, readOnly, removable] of mounts) {
    it(`are read-only: ${readOnly}, removable: ${removable} where ${what}`, () => {
      const { workloads } = read(pod(`  volumes:\n  - {name: v, hostPath: {path: /etc}}\n${lists}`));
      const mount = first(first(workloads).hostMounts);
      assert.deepEqual([mount.readOnly, mount.removable], [readOnly, removable]);
    });
  }

  it('can be taken away with the list that becomes empty', () => {
    const reading = read(pod('  containers: [{name: a}]\n  volumes:\n  - name: v\n    hostPath: {path: /etc}\n'));
    const mount = first(first(reading.workloads).hostMounts);
    assert.equal(changed(reading, remove(mount.slot)), pod('  containers: [{name: a}]\n'));
  });
});

describe('the host paths of a PersistentVolume', () => {
  const volume = (source: string) =>
    `apiVersion: v1\nkind: PersistentVolume\nmetadata: {name: pv}\nspec:\n  ${source}\n`;
  for (const source of ['hostPath', 'local']) {
    it(`are written as ${source}`, () => {
      const { manifests, show } = read(volume(`${source}: {path: /mnt/data/}`), { mode: 'scan' });
      const mount = first(first(manifests).hostMounts);
      assert.deepEqual(
        [mount.written, mount.name, show(mount.source), mount.readOnly, mount.removable],
        ['PersistentVolume', 'pv', '"/mnt/data" at /mnt/data/ (5)', false, false],
      );
    });
  }

  it('are none where it lies elsewhere', () => {
    assert.deepEqual(first(read(volume('nfs: {path: /x}')).manifests).hostMounts, []);
  });
});
