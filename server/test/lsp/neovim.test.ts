// A second editor: neovim.lua drives a real Neovim, whose user has to see what the command reports.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { after, before, describe, it } from 'mocha';
import { findNeovim } from '../../../tools/programs.js';
import { placeOf, reportedIn } from '../support/reported.js';
import { type BundledCommand, bundleCommand } from './command.js';

const compose = `services:
  # ¿𝄞?
  web: { image: nginx:1.27, cap_drop: [ALL], labels: { motto: "ä𝄞" }, privileged: true }
`;
const pod = `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  hostNetwork: true
  hostPID: false # plimsoll: ignore[host-pid] it was true once
  containers:
    - name: web
      image: nginx:1.27
      securityContext:
        privileged: true
`;
const dockerfile = 'FROM debian:12\nRUN echo "ä𝄞" && curl -fsSL https://example.com/install | sh\n';

const files: { readonly [file: string]: string } = {
  'compose.yaml': compose,
  'pod.yaml': pod,
  Dockerfile: dockerfile,
  'closed/compose.yaml': compose,
  'closed/pod.yaml': pod,
  'closed/Dockerfile': dockerfile,
};

/** A finding that Neovim shows; the range is in the form that {@link placeOf} has it in. */
interface Seen {
  readonly file: string;
  readonly range: string;
  readonly rule: string;
  readonly message: string;
  readonly severity: string;
  readonly source: string;
}

interface Step {
  readonly text: string;
  readonly findings: readonly Seen[];
}

/** What neovim.lua prints. */
interface Session {
  readonly provider: object;
  readonly opened: readonly Seen[];
  readonly typed_away: readonly Seen[];
  readonly typed_back: readonly Seen[];
  readonly hover: readonly string[];
  readonly menu: readonly string[];
  readonly fixed: Step;
  readonly ignored: Step;
  readonly fixed_all: Step;
  readonly closed: readonly Seen[];
  readonly scan: object;
  readonly scanned: readonly Seen[];
  readonly left: readonly Seen[];
  readonly configured: readonly Seen[];
  readonly exit_code: number;
  /** An empty table is an object in JSON. */
  readonly errors: object;
  readonly trouble?: string;
}

const neovim = findNeovim();

// `npm test` says in its last lines that the suite is missing.
if ('command' in neovim) {
  describe('Neovim, as a client of plimsoll lsp --stdio', () => {
    let command: BundledCommand;
    let session: Session;
    /** What the command reports of the files as they were before Neovim started, in one line each. */
    let reported: readonly string[];

    before(async function () {
      this.timeout(120_000);
      command = await bundleCommand();
      const { cli, folder } = command;
      for (const [file, text] of Object.entries(files)) {
        mkdirSync(dirname(join(folder, file)), { recursive: true });
        writeFileSync(join(folder, file), text);
      }
      reported = (await reportedIn(cli, folder)).map((finding) =>
        [placeOf(finding), finding.severity, finding.rule, finding.message].join(' '),
      );
      const script = fileURLToPath(new URL('neovim.lua', import.meta.url));
      const ran = await promisify(execFile)(
        neovim.command,
        ['--headless', '--clean', '-l', script, process.execPath, cli, folder],
        { timeout: 100_000 },
      );
      session = JSON.parse(ran.stdout);
      assert.equal(session.trouble, undefined);
    });
    after(() => command.remove());

    it('shows what the command reports of each format, in open files and closed ones, and nothing twice', () => {
      for (const file of Object.keys(files)) {
        assert.ok(
          reported.some((line) => line.startsWith(`${file}:`)),
          `${file} has a finding`,
        );
      }
      assert.deepEqual(lines(session.opened), [...reported].sort());
      assert.deepEqual([...new Set(session.opened.map(({ source }) => source))], ['plimsoll']);
    });

    it('asks for open documents itself, so that only closed files are pushed', () => {
      assert.deepEqual(session.provider, {
        identifier: 'plimsoll',
        interFileDependencies: false,
        workspaceDiagnostics: false,
      });
    });

    it('shows no more what a change in the buffer mends, and shows it again when it is undone', () => {
      assert.deepEqual(lines(session.typed_away), without(reported, 'compose.yaml', 'privileged'));
      assert.deepEqual(lines(session.typed_back), [...reported].sort());
    });

    it('shows why a finding matters and how to mend it where the cursor stands', () => {
      assert.match(session.hover[0] ?? '', /\*\*Plimsoll\*\* error `privileged`/);
      assert.match(session.hover.join(' '), /A privileged container .* Remove `privileged` .* CIS Docker Benchmark/);
    });

    it('offers only what Neovim can do', () => {
      assert.deepEqual(session.menu, ['Remove `privileged`', "Ignore 'privileged' here, with a reason"]);
    });

    it('mends a finding with the action that the user chooses', () => {
      assert.equal(session.fixed.text, compose.replace(', privileged: true', ''));
      assert.deepEqual(lines(session.fixed.findings), without(reported, 'compose.yaml', 'privileged'));
    });

    it('ignores a finding with a comment that is made when it is asked for', () => {
      const ignored = pod.replace('hostNetwork: true', 'hostNetwork: true # plimsoll: ignore[host-network] say why');
      assert.equal(session.ignored.text, ignored);
      const left = without(reported, 'compose.yaml', 'privileged');
      assert.deepEqual(lines(session.ignored.findings), without(left, 'pod.yaml', 'host-network'));
      assert.equal(session.fixed_all.text, ignored.replace(' # plimsoll: ignore[host-pid] it was true once', ''));
      assert.deepEqual(
        lines(session.fixed_all.findings),
        without(without(left, 'pod.yaml', 'host-network'), 'pod.yaml', 'unused-suppression'),
      );
    });

    it('shows what is on the disk when a buffer is closed without being saved', () => {
      assert.deepEqual(lines(session.closed), without(reported, 'compose.yaml', 'privileged'));
    });

    it('finds files that came and went when the user asks for a scan, and shows its progress', () => {
      assert.deepEqual(session.scan, {
        answered: true,
        progress: [
          { kind: 'begin', title: 'Plimsoll: scanning' },
          { kind: 'end', title: 'Plimsoll: scanning' },
        ],
      });
      const moved = without(reported, 'compose.yaml', 'privileged').map((line) =>
        line.replace('closed/pod.yaml', 'closed/new.yaml'),
      );
      assert.deepEqual(lines(session.scanned), moved.sort());
    });

    it('goes on showing the findings of a buffer that is left before Neovim asks for them', () => {
      assert.deepEqual(lines(session.left), lines(session.scanned));
    });

    it('follows a config file that is saved', () => {
      assert.deepEqual(
        lines(session.configured),
        lines(session.scanned).filter((line) => !line.includes(' privileged ')),
      );
    });

    it('ends the server in order, and is never told of an error', () => {
      assert.equal(session.exit_code, 0);
      assert.equal(Object.keys(session.errors).length, 0, JSON.stringify(session.errors));
    });
  });
}

const severities: { readonly [severity: string]: string } = {
  ERROR: 'error',
  WARN: 'warning',
  INFO: 'info',
  HINT: 'hint',
};

/** Findings in the form of `reported`, in order. */
function lines(findings: readonly Seen[]): readonly string[] {
  return findings
    .map(({ file, range, rule, message, severity }) =>
      [`${file}:${range}`, severities[severity], rule, message].join(' '),
    )
    .sort();
}

function without(findings: readonly string[], file: string, rule: string): string[] {
  return findings.filter((line) => !(line.startsWith(`${file}:`) && line.split(' ').includes(rule))).sort();
}
