import { defineRule } from '../../../engine/rule.js';
import { set } from '../../../model/change.js';
import { documentedWorkdir } from '../../../model/dockerfile/documented-workdir.js';
import { standsAsItIs } from '../../../model/dockerfile/written-word.js';
import { named, quoted } from '../../../model/quoted.js';

export default defineRule({
  meta: {
    id: 'relative-workdir',
    summary: 'The first WORKDIR is relative: it depends on the base image.',
    severity: 'warning',
    confidence: 'high',
    profile: 'strict',
    since: '0.1.0',
    formats: ['dockerfile'],
    standards: [],
    peers: {
      buildkit: ['WorkdirRelativePath'],
      checkov: ['CKV_DOCKER_10'],
      hadolint: ['DL3000'],
      kics: ['dockerfile/workdir_path_not_absolute'],
      semgrep: ['use-absolute-workdir'],
      trivy: ['DS-0009'],
    },
  },
  check: {
    instruction(instruction, report) {
      const { keyword, stage, onbuild } = instruction;
      if (keyword !== 'WORKDIR' || stage === undefined || onbuild) return;
      const [word] = instruction.arguments;
      if (word?.kind !== 'known' || /^(?:[/\\]|[A-Za-z]:|$)/.test(word.value)) return;
      const subject = named('folder', word.value);
      if (/^~(?:\/|$)/.test(word.value)) {
        report({ at: word, message: `${subject} is no home here: a folder with the name '~' is made.` });
        return;
      }
      if (instruction.workdir.kind !== 'absent' || stage.isFromScratch) return;
      const start = documentedWorkdir(stage);
      const path = `${start === '/' ? '' : start}/${word.value}`;
      // Other paths would have to be worked out first.
      const isKnown = start !== undefined && standsAsItIs(word) && !/(?:^|\/)\.{0,2}(?:\/|$)/.test(word.value);
      report({
        at: word,
        message: `${subject} is relative: where it is depends on the base image.`,
        fix: isKnown ? { title: `Write ${quoted(path)}`, safety: 'unsafe', change: set(word.slot, path) } : undefined,
      });
    },
  },
});
