import { defineRule } from '../../../engine/rule.js';
import { insertInstruction } from '../../../model/change.js';
import type { Stage } from '../../../model/dockerfile/stage.js';
import { imageName } from '../../../model/image-reference.js';
import { quoted } from '../../../model/quoted.js';
import type { ShellCommand } from '../../../model/shell-command.js';

/** What stands in front of a pipe and does not fail, or is meant to be cut off. */
const harmless: ReadonlySet<string> = new Set(['echo', 'printf', 'true', 'yes', ':']);
/** These stop reading, and what writes to them fails for that. */
const cutting: ReadonlySet<string> = new Set(['head', 'grep']);
/** Official images with a bash, as of 2026. */
const withBash: ReadonlySet<string> = new Set([
  'almalinux',
  'amazonlinux',
  'buildpack-deps',
  'centos',
  'debian',
  'fedora',
  'golang',
  'node',
  'php',
  'python',
  'rockylinux',
  'ruby',
  'rust',
  'ubuntu',
]);

export default defineRule({
  meta: {
    id: 'missing-pipefail',
    summary: 'What fails in front of a pipe is not noticed.',
    severity: 'info',
    confidence: 'medium',
    profile: 'strict',
    since: '0.1.0',
    formats: ['dockerfile'],
    standards: [],
    peers: {
      hadolint: ['DL4006'],
      kics: ['dockerfile/shell_running_a_pipe_without_pipefail_flag'],
      semgrep: ['set-pipefail'],
    },
  },
  check: {
    instruction(instruction, report) {
      const { keyword, form, interpreter, stage, slot, onbuild, commands } = instruction;
      if (keyword !== 'RUN' || form === 'json' || interpreter !== 'shell') return;
      const piped = commands.find(isFragile);
      if (piped?.pipedFrom === undefined) return;
      const { shell } = instruction;
      if (shell?.arguments.some((word) => word.kind !== 'known' || word.value.includes('pipefail')) === true) return;
      if (commands.some(setsPipefail)) return;
      const choice = stage === undefined || onbuild || shell !== undefined ? undefined : shellOf(stage);
      report({
        at: piped.pipedFrom.nameAt,
        message: `${quoted(piped.pipedFrom.name ?? '')} may fail and the build goes on: a pipe tells only how its end fared.`,
        fix:
          choice === undefined
            ? undefined
            : { title: 'Have pipes fail', safety: 'unsafe', change: insertInstruction(slot, 'before', choice) },
      });
    },
  },
});

function isFragile({ pipedFrom, name }: ShellCommand): boolean {
  if (pipedFrom?.name === undefined || harmless.has(pipedFrom.name)) return false;
  return name === undefined || !cutting.has(name);
}

function setsPipefail({ name, words }: ShellCommand): boolean {
  return name === 'set' && words.some(({ text }) => text === undefined || text === 'pipefail');
}

function shellOf(stage: Stage): string | undefined {
  const image = stage.bottomImage;
  if (image.kind !== 'known') return undefined;
  const name = imageName(image.value);
  if (name === 'alpine' || image.value.tag?.includes('alpine') === true) {
    return 'SHELL ["/bin/ash", "-eo", "pipefail", "-c"]';
  }
  return withBash.has(name) ? 'SHELL ["/bin/bash", "-o", "pipefail", "-c"]' : undefined;
}
