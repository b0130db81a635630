import { defineRule } from '../../../engine/rule.js';
import { quoted } from '../../../model/quoted.js';
import { credentialFile } from './credential-file.js';

/** Where package managers look for the public keys of their sources. */
const keyring = /(?:^|\/)(?:keyrings|trusted\.gpg\.d|rpm-gpg|apk\/keys|ca-certificates)(?:\/|$)/;

export default defineRule({
  meta: {
    id: 'secret-file-copied',
    summary: 'A file that holds passwords, keys or tokens is copied into the image.',
    severity: 'warning',
    confidence: 'medium',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['dockerfile'],
    standards: ['cis-docker-1.6/4.10', 'nist-800-190/4.1.4'],
    peers: { 'docker-bench': ['4.10'], dockle: ['CIS-DI-0010'], trivy: ['DS-0031'] },
  },
  check: {
    instruction(instruction, report) {
      if (instruction.keyword !== 'COPY' && instruction.keyword !== 'ADD') return;
      const { arguments: words, flags, stage } = instruction;
      if (words.length < 2 || flags.some(({ name }) => name === 'from')) return;
      const target = words.at(-1);
      if (target?.kind === 'known' && keyring.test(target.value)) return;
      const isShipped = stage?.inFinalChain === true;
      for (const word of words.slice(0, -1)) {
        // What is fetched is no file of the builder's, and a heredoc is written here.
        if (word.kind !== 'known' || /^<<|^[a-z][a-z0-9+.-]*:\/\/|^git@/i.test(word.value)) continue;
        const kind = credentialFile(word.value);
        if (kind === undefined) continue;
        const who = isShipped ? 'whoever pulls the image' : 'whoever gets the build cache';
        report({
          at: word,
          message:
            kind === 'certain'
              ? `File ${quoted(word.value)} is copied: ${who} has its secrets.`
              : `File ${quoted(word.value)} may hold secrets: ${who} has them.`,
          severity: isShipped && kind === 'certain' ? 'warning' : 'info',
        });
      }
    },
  },
});
