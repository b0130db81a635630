import { defineRule } from '../../../engine/rule.js';
import type { Fields, Key } from '../../../model/fields.js';
import { quoted } from '../../../model/quoted.js';

/** The sources that level restricted of the Pod Security Standards allows (kubernetes/pod-security-admission 8f84a87). */
const allowed: ReadonlySet<string> = new Set([
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'image',
  'persistentVolumeClaim',
  'projected',
  'secret',
]);

/** All others that the API knows, but for `hostPath`, which rules of its own speak of. A key that it does not know is dropped. */
const restricted: ReadonlySet<string> = new Set([
  'awsElasticBlockStore',
  'azureDisk',
  'azureFile',
  'cephfs',
  'cinder',
  'fc',
  'flexVolume',
  'flocker',
  'gcePersistentDisk',
  'gitRepo',
  'glusterfs',
  'iscsi',
  'nfs',
  'photonPersistentDisk',
  'portworxVolume',
  'quobyte',
  'rbd',
  'scaleIO',
  'storageos',
  'vsphereVolume',
]);

export default defineRule({
  meta: {
    id: 'restricted-volume-type',
    summary: 'The pod mounts storage that its author chooses past the administrators of the cluster.',
    severity: 'hint',
    confidence: 'high',
    profile: 'all',
    since: '0.1.0',
    formats: ['kubernetes'],
    standards: ['pss/restricted', 'nist-800-190/4.4.3'],
    peers: { trivy: ['KSV-0028'], psa: ['restrictedVolumes'] },
  },
  check: {
    pod({ spec }, report) {
      const volumes = spec.list('volumes');
      if (volumes.kind !== 'known') return;
      for (const volume of volumes.value) {
        const source = restrictedSource(volume);
        if (source === undefined) continue;
        const type = quoted(source.name);
        if (source.name === 'gitRepo') {
          const message = `Volume type ${type} runs git on the node: a crafted repository runs code there.`;
          report({ at: source.at, severity: 'warning', message });
        } else {
          const message = `Volume type ${type} names its storage itself: Pod Security restricted refuses it.`;
          report({ at: source.at, message });
        }
      }
    },
  },
});

/** The source of a volume, if it is a restricted one; one that is allowed, or may be, acquits the volume. */
function restrictedSource(volume: Fields): Key | undefined {
  const keys = volume.keys();
  if (keys.kind !== 'known') return undefined;
  const sources = keys.value.filter(({ name }) => restricted.has(name) || allowed.has(name));
  if (sources.some(({ name }) => allowed.has(name) && volume.fields(name).kind !== 'absent')) return undefined;
  return sources.find(({ name }) => volume.fields(name).kind === 'known');
}
