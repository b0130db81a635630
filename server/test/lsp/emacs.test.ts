// A client that findings have to be pushed to: Eglot in a real Emacs, set up as the guide says. emacs.el drives it.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { after, before, describe, it } from 'mocha';
import { findEmacs } from '../../../tools/programs.js';
import { root } from '../../../tools/project.js';
import { fencesIn } from '../support/fences.js';
import { type InstalledCommand, installCommand } from '../support/installed-command.js';
import { placeOf, type Reported, reportedIn } from '../support/reported.js';

const compose = `services:
  # ¿𝄞?
  web: { image: nginx:1.27, ports: ['8080:80'], labels: { motto: "ä𝄞" }, privileged: true }
`;
const files: { readonly [file: string]: string } = {
  'compose.yaml': compose,
  Dockerfile: 'FROM debian:12\nRUN echo "ä𝄞" && curl -fsSL https://example.com/install | sh\n',
  'pod.yaml': `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  hostPID: true
  containers:
    - name: web
      image: nginx:1.27
`,
};

interface Seen {
  readonly file: string;
  readonly range: string;
  readonly severity: string;
  readonly text: string;
}

/** What emacs.el prints. */
interface Session {
  readonly 'opened compose.yaml': readonly Seen[];
  readonly 'opened Dockerfile': readonly Seen[];
  readonly 'opened pod.yaml': readonly Seen[];
  readonly 'typed away': readonly Seen[];
  readonly actions: readonly string[];
  readonly fixed: string;
  readonly left: readonly Seen[];
  readonly 'exit code': number;
  readonly trouble?: string;
}

const emacs = findEmacs();

// `npm test` says in its last lines that the suite is missing.
if ('command' in emacs) {
  describe('Emacs with Eglot, as a client of plimsoll lsp --stdio', () => {
    let installed: InstalledCommand;
    let session: Session;
    /** What the command reports of the files as they were before Emacs started, in one line each. */
    let reported: readonly string[];

    before(async function () {
      this.timeout(120_000);
      installed = await installCommand();
      const folder = join(installed.base, 'workspace');
      mkdirSync(join(folder, '.git'), { recursive: true });
      for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
      const cli = join(installed.base, 'dist', 'cli.js');
      reported = (await reportedIn(cli, folder, '--profile', 'strict')).map(line);

      const guide = readFileSync(join(root, 'docs', 'editors.md'), 'utf8');
      const configuration = join(installed.base, 'eglot.el');
      const [eglot] = fencesIn(guide).filter(({ language, body }) => language === 'elisp' && body.includes('eglot'));
      writeFileSync(configuration, eglot?.body ?? '');
      const script = fileURLToPath(new URL('emacs.el', import.meta.url));
      const ran = await promisify(execFile)(emacs.command, ['--batch', '-Q', '-l', script, configuration, folder], {
        env: { ...installed.env, HOME: installed.base },
        timeout: 100_000,
      });
      session = JSON.parse(ran.stdout);
      assert.equal(session.trouble, undefined);
    });
    after(() => installed.remove());

    it('shows what the command reports of each format, with the settings of the guide', () => {
      assert.ok(
        reported.some((text) => text.includes('port-bound-to-all-interfaces')),
        'the profile makes a difference',
      );
      for (const [file, found] of [
        ['compose.yaml', session['opened compose.yaml']],
        ['Dockerfile', session['opened Dockerfile']],
        ['pod.yaml', session['opened pod.yaml']],
      ] as const) {
        const expected = reported.filter((text) => text.startsWith(`${file}:`));
        assert.notEqual(expected.length, 0, file);
        assert.deepEqual(found.map(shown).sort(), [...expected].sort());
      }
    });

    it('shows no more what a change in the buffer mends', () => {
      assert.deepEqual(
        session['typed away'].map(shown).filter((text) => text.includes('[privileged]')),
        [],
      );
      assert.ok(session['typed away'].map(shown).some((text) => text.includes('[port-bound-to-all-interfaces]')));
    });

    it('offers only what Emacs can do, and mends a finding with the action that the user chooses', () => {
      assert.deepEqual(session.actions, ['Remove `privileged`', "Ignore 'privileged' here, with a reason"]);
      assert.equal(session.fixed, compose.replace(', privileged: true', ''));
      assert.deepEqual(
        session.left.map(shown).filter((text) => text.includes('[privileged]')),
        [],
      );
    });

    it('ends the server in order', () => assert.equal(session['exit code'], 0));
  });
}

/** Eglot has three. */
const severities: { readonly [severity: string]: string } = {
  error: 'eglot-error',
  warning: 'eglot-warning',
  info: 'eglot-note',
  hint: 'eglot-note',
};

function line(finding: Reported): string {
  const { rule, severity, message } = finding;
  return `${placeOf(finding)} ${severities[severity]} plimsoll [${rule}]: ${message}`;
}

function shown({ file, range, severity, text }: Seen): string {
  return `${file}:${range} ${severity} ${text}`;
}
