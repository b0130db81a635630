import { defineRule, type Report } from '../../../engine/rule.js';
import { findCredential } from '../../../model/credential.js';
import type { Manifest } from '../../../model/kubernetes/manifest.js';
import { quoted } from '../../../model/quoted.js';
import { credentialsInText } from './assignments.js';

export default defineRule({
  meta: {
    id: 'secret-in-configmap',
    summary: 'A ConfigMap is given a password, key or token.',
    severity: 'warning',
    confidence: 'medium',
    profile: 'recommended',
    since: '0.1.0',
    marksSecrets: true,
    formats: ['kubernetes'],
    standards: ['nist-800-190/4.1.4', 'nsa-cisa/secrets'],
    peers: {
      kics: ['kubernetes/common/passwords_and_secrets'],
      kubescape: ['C-0012'],
      polaris: ['sensitiveConfigmapContent'],
      trivy: ['KSV-0109'],
    },
  },
  check: {
    manifest(object, report) {
      if (object.kind !== 'ConfigMap' || object.group !== '') return;
      const keys = object.keys('data');
      if (keys.kind !== 'known') return;
      for (const { name } of keys.value) checkEntry(object, name, report);
    },
  },
});

const consequence = 'everybody who sees the ConfigMap has it.';

function checkEntry(object: Manifest, key: string, report: Report): void {
  const value = object.string('data', key);
  if (value.kind !== 'known') return;
  const isFile = /\n|^\s*[{[<]/.test(value.value.trimEnd()) || /\.\w{1,12}$/.test(key);
  if (!isFile) {
    // A known kind of token has a rule of its own, whatever it stands in.
    if (findCredential(key, value.value)?.sign !== 'name') return;
    report({ at: value, message: `${quoted(key)} is a secret: ${consequence}` });
    return;
  }
  const found = credentialsInText(key, value.value);
  const text = found.length === 0 ? undefined : object.text('data', key);
  if (text?.kind !== 'known') return;
  for (const { name, start, end } of found) {
    report({ at: text.value.part(start, end), message: `${quoted(name)} is a secret: ${consequence}` });
  }
}
