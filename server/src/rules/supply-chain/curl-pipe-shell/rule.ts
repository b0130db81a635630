import { defineRule } from '../../../engine/rule.js';
import { quoted } from '../../../model/quoted.js';
import { downloadThatRuns, isDownloadItself } from './download.js';

export default defineRule({
  meta: {
    id: 'curl-pipe-shell',
    summary: 'What is downloaded runs at once, before anybody has looked at it.',
    severity: 'warning',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['dockerfile', 'compose', 'kubernetes'],
    standards: ['cis-docker-1.6/4.11'],
    peers: { 'docker-bench': ['4.11'] },
  },
  check: {
    command(command, report) {
      const download = downloadThatRuns(command);
      if (download === undefined) return;
      const what = isDownloadItself(command)
        ? `${quoted(command.name ?? '')} runs as it was downloaded`
        : `${quoted(command.name ?? '', 20)} runs what was just downloaded`;
      report({
        at: command.nameAt,
        message: `${what}: whoever serves it owns the container.`,
        related: [{ at: download.at, message: 'It is downloaded here.' }],
      });
    },
  },
});
