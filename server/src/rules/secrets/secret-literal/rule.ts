import { defineRule } from '../../../engine/rule.js';
import { namesCredential, namesPublic } from '../../../model/credential.js';
import { type KnownToken, knownTokens, tokenSign } from '../../../model/known-token.js';
import { quoted } from '../../../model/quoted.js';
import { isDockerfileInside, isSecretObject, type WrittenText } from '../../../model/written-text.js';

export default defineRule({
  meta: {
    id: 'secret-literal',
    summary: 'A key or token of a known kind is written in the file.',
    severity: 'error',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    marksSecrets: true,
    formats: ['dockerfile', 'compose', 'kubernetes'],
    standards: ['cis-docker-1.6/4.10', 'nist-800-190/4.1.4'],
    peers: {
      'docker-bench': ['4.10'],
      kics: ['kubernetes/common/passwords_and_secrets', 'dockerfile/common/passwords_and_secrets'],
    },
  },
  check: {
    texts(texts, report) {
      for (const written of texts.holding(tokenSign)) {
        // A variable is judged with its name, a Secret as a whole.
        if (written.isVariable || isSecretObject(written) || isDockerfileInside(written)) continue;
        for (const token of knownTokens(written.text.value)) {
          if (token.maybePublic && !isNamedSecret(written, token)) continue;
          const what = written.kind === 'value' ? quoted(written.name) : `This ${written.kind}`;
          report({
            at: written.text.part(token.start, token.end),
            message: `${what} holds ${token.what}: whoever reads the file has it.`,
          });
        }
      }
    },
  },
});

/** As much of a line as a name in front of a token is sought in. */
const longestName = 80;

/** Kinds of which some are public need a name that says secret, and none that says public. */
function isNamedSecret({ name, text }: WrittenText, { start, what }: KnownToken): boolean {
  const before = text.value.slice(Math.max(0, start - longestName), start);
  const words = `${name} ${before.slice(before.lastIndexOf('\n') + 1)}`;
  if (namesPublic(words)) return false;
  return what !== 'a JSON web token' || namesCredential(words) || /\b(?:authorization|bearer|jwt)\b/i.test(words);
}
