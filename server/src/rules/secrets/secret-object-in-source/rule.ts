import { defineRule } from '../../../engine/rule.js';
import { isPlaceholder } from '../../../model/credential.js';
import type { Manifest } from '../../../model/kubernetes/manifest.js';
import { is, type Known } from '../../../model/located.js';
import { named } from '../../../model/quoted.js';
import { base64Text } from '../../../text/base64.js';

export default defineRule({
  meta: {
    id: 'secret-object-in-source',
    summary: 'A Secret is written in the source with what it should hide.',
    severity: 'info',
    confidence: 'medium',
    profile: 'strict',
    since: '0.1.0',
    formats: ['kubernetes'],
    standards: ['cis-kubernetes-1.12/5.4.2', 'nist-800-190/4.1.4', 'nsa-cisa/secrets'],
    peers: { kics: ['kubernetes/using_kubernetes_native_secret_management'], kubescape: ['C-0208'] },
  },
  check: {
    manifest(object, report) {
      if (object.kind !== 'Secret' || object.group !== '') return;
      // The cluster fills in the token of a service account.
      if (is(object.string('type'), 'kubernetes.io/service-account-token')) return;
      // SOPS writes how it has encrypted the file into the file.
      if (object.fields('sops').kind !== 'absent') return;
      const value = realValue(object);
      if (value === undefined) return;
      report({
        at: object.nameAt,
        message: `${named('Secret', object.name)} is written out here: base64 hides nothing from who can read it.`,
        related: [{ at: value.at, message: 'This is one of its values.' }],
      });
    },
  },
});

/** The first value that is neither empty nor a placeholder nor for everybody to see. */
function realValue(object: Manifest): Known<string> | undefined {
  for (const map of ['data', 'stringData']) {
    const keys = object.keys(map);
    if (keys.kind !== 'known') continue;
    for (const { name } of keys.value) {
      const value = object.scalar(map, name);
      if (value.kind !== 'known') continue;
      // SOPS and other tools put their mark in place of the base64.
      const text = map === 'data' ? (base64Text(value.value) ?? value.value) : value.value;
      if (!isPlaceholder(value.value) && !isPlaceholder(text) && !isInvitation(text) && !isPublic(text)) return value;
    }
  }
  return undefined;
}

/** `changeme`: it says itself that it is not the real one. */
function isInvitation(text: string): boolean {
  return /^(?:change[-_ ]?(?:me|it|this)|example|sample|test|todo|foo|bar|baz)[\d!]*$/i.test(text.trim());
}

/** A certificate, a public key or the parameters of a key exchange, and nothing else. */
function isPublic(text: string): boolean {
  return (
    /^\s*-----BEGIN (?:[A-Z]{1,20} )?(?:CERTIFICATE|PUBLIC KEY|DH PARAMETERS)/.test(text) &&
    !text.includes('PRIVATE KEY')
  );
}
