// One edit that brings containers to the level `restricted`: what it adds, where, and what it leaves alone.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { hardenable, hardenEdits } from '../../src/service/harden.js';
import { applyEdits } from '../../src/text/edit.js';
import { lint } from '../support/lint.js';

/** The text with what the containers at an offset lack, or all of them; undefined where nothing is offered. */
function hardened(text: string, at?: string, kubernetesMinor = 37): string | undefined {
  const request = {
    linted: lint('kubernetes', text, { kubernetesMinor }),
    lint: (changed: string) => lint('kubernetes', changed, { kubernetesMinor }),
    kubernetesMinor,
  };
  const targets = hardenable(request, at === undefined ? undefined : spanOf(text, at));
  if (targets.length === 0) return undefined;
  const edits = hardenEdits(request, targets);
  assert.ok(edits, 'What is offered can be done.');
  const result = applyEdits(text, edits);
  const again = { ...request, linted: request.lint(result) };
  assert.deepEqual(hardenable(again, at === undefined ? undefined : spanOf(result, at)), [], 'Nothing is left to add.');
  return result;
}

function spanOf(text: string, word: string) {
  const start = text.indexOf(word);
  return { start, end: start };
}

const head = 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\n';

describe('Hardening', () => {
  it('adds what a pod with one container lacks, pod-wide where the pod is the better place', () => {
    const text = `${head}spec:
  # The shop itself.
  containers:
    - name: web
      image: nginx:1.27 # pinned
`;
    assert.equal(
      hardened(text, 'web'),
      `${text}      securityContext:
        allowPrivilegeEscalation: false
        capabilities:
          drop: [ALL]
  securityContext:
    runAsNonRoot: true
    seccompProfile:
      type: RuntimeDefault
`,
    );
  });

  it('leaves what is set alone, right or wrong', () => {
    const text = `${head}spec:
  securityContext:
    runAsNonRoot: false
    fsGroup: 2000
  containers:
    - name: web
      image: nginx:1.27
      securityContext:
        allowPrivilegeEscalation: true
        capabilities:
          add: [CHOWN]
          drop: [NET_RAW]
        seccompProfile: { type: Unconfined }
`;
    assert.equal(hardened(text), text.replace('drop: [NET_RAW]', 'drop: [NET_RAW, ALL]'));
  });

  it('changes only the container that it was asked for, and all of them when it was asked for all', () => {
    const text = `${head}spec:
  containers:
    - name: one
      image: nginx:1.27
    - name: two
      image: nginx:1.27
`;
    const one = `      securityContext:
        allowPrivilegeEscalation: false
        capabilities:
          drop: [ALL]
`;
    const alone = `        runAsNonRoot: true
        seccompProfile:
          type: RuntimeDefault
`;
    assert.equal(hardened(text, 'one'), text.replace('    - name: two', `${one}${alone}    - name: two`));
    assert.equal(
      hardened(text),
      `${text.replace('    - name: two', `${one}    - name: two`)}${one}  securityContext:
    runAsNonRoot: true
    seccompProfile:
      type: RuntimeDefault
`,
    );
  });

  it('lets no container fail to start that is told to be root, and refuses no pod that the API would', () => {
    const text = `${head}spec:
  securityContext: { seccompProfile: { type: RuntimeDefault } }
  containers:
    - name: root
      image: nginx:1.27
      securityContext: { runAsUser: 0, capabilities: { add: [SYS_ADMIN], drop: [ALL] } }
    - name: privileged
      image: nginx:1.27
      securityContext: { privileged: true, runAsNonRoot: true }
`;
    assert.equal(hardened(text), undefined);
  });

  it('leaves privileged containers as they are, which nothing brings to the level', () => {
    const privileged = `${head}spec:
  containers:
    - name: agent
      image: agent:1.4
      securityContext: { privileged: true }
`;
    assert.equal(hardened(privileged), undefined);
    const text = `${privileged}    - name: web
      image: nginx:1.27
`;
    assert.equal(
      hardened(text),
      `${text}      securityContext:
        allowPrivilegeEscalation: false
        capabilities:
          drop: [ALL]
        runAsNonRoot: true
  securityContext:
    seccompProfile:
      type: RuntimeDefault
`,
    );
  });

  it('adds no profile beside the path of another, and none to versions without the field', () => {
    const text = `${head}spec:
  securityContext: { runAsNonRoot: true, seccompProfile: { localhostProfile: web.json } }
  containers:
    - name: web
      image: nginx:1.27
      securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: [ALL] } }
`;
    assert.equal(hardened(text), undefined);
    const empty = text.replace('localhostProfile: web.json', '');
    assert.equal(hardened(empty), text.replace('{ localhostProfile: web.json }', '{type: RuntimeDefault}'));
    assert.equal(hardened(empty, undefined, 18), undefined);
  });

  it('gives services of Knative no context of the pod, which they may not have', () => {
    const text = `apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: shop }
spec:
  template:
    spec:
      containers:
        - image: nginx:1.27
`;
    assert.equal(
      hardened(text),
      `${text}          securityContext:
            allowPrivilegeEscalation: false
            capabilities:
              drop: [ALL]
            runAsNonRoot: true
            seccompProfile:
              type: RuntimeDefault
`,
    );
  });

  it('forbids no escalation beside a capability that a template writes', () => {
    const text = `${head}spec:
  securityContext: { runAsNonRoot: true, seccompProfile: { type: RuntimeDefault } }
  containers:
    - name: web
      image: nginx:1.27
      securityContext: { capabilities: { add: ["{{ .Values.add }}"], drop: [ALL] } }
`;
    assert.equal(hardened(text), undefined);
  });

  it('fills maps that are there and empty, in the style of the file', () => {
    const text = `${head}spec:
    containers:
    -   name: web
        image: nginx:1.27
        securityContext: {}
    securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}
`;
    assert.equal(
      hardened(text),
      text.replace(
        'securityContext: {}',
        `securityContext:
          allowPrivilegeEscalation: false
          capabilities:
            drop: [ALL]`,
      ),
    );
  });

  it('counts an annotation for seccomp only as long as the cluster reads it', () => {
    const text = `apiVersion: v1
kind: Pod
metadata:
  name: shop
  annotations: { seccomp.security.alpha.kubernetes.io/pod: runtime/default }
spec:
  securityContext: { runAsNonRoot: true }
  containers:
    - name: web
      image: nginx:1.27
      securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: [ALL] } }
`;
    assert.equal(hardened(text, undefined, 26), undefined);
    assert.equal(
      hardened(text, undefined, 27),
      text.replace('{ runAsNonRoot: true }', '{ runAsNonRoot: true, seccompProfile: {type: RuntimeDefault} }'),
    );
  });

  it('works in lists, in other kinds and with Windows line ends', () => {
    const text = `apiVersion: v1
kind: List
items:
  - apiVersion: apps/v1
    kind: Deployment
    metadata: { name: shop }
    spec:
      template:
        spec:
          securityContext: { runAsNonRoot: true, seccompProfile: { type: RuntimeDefault } }
          initContainers:
            - name: init
              image: busybox:1.36
              securityContext: { allowPrivilegeEscalation: false }
          containers: []
`.replaceAll('\n', '\r\n');
    assert.equal(
      hardened(text),
      text.replace('Escalation: false }', 'Escalation: false, capabilities: {drop: [ALL]} }'),
    );
  });

  it('leaves out a container whose context others share, and hardens the others', () => {
    const text = `${head}spec:
  securityContext: { runAsNonRoot: true, seccompProfile: { type: RuntimeDefault } }
  containers:
    - name: one
      image: nginx:1.27
      securityContext: &context { allowPrivilegeEscalation: false }
    - name: two
      image: nginx:1.27
      securityContext: { allowPrivilegeEscalation: false }
    - name: three
      image: nginx:1.27
      securityContext: *context
`;
    const result = hardened(text) ?? '';
    assert.ok(result.includes('&context { allowPrivilegeEscalation: false }'));
    assert.match(result, /name: two\n.*\n.*drop: \[ALL\]/);
  });

  it('has nothing to offer for patches, Windows, templates and texts that do not parse', () => {
    const container = '    - name: web\n      image: nginx:1.27\n';
    for (const text of [
      `${head}spec:\n  containers:\n    - name: web\n`,
      `${head}spec:\n  os: { name: windows }\n  containers:\n${container}`,
      `${head}spec:\n  os: { name: {{ .Values.os }} }\n  containers:\n${container}`,
      `${head}spec:\n  nodeSelector: { kubernetes.io/os: {{ .Values.os }} }\n  containers:\n${container}`,
      `${head}spec:\n  containers:\n${container}      securityContext: { windowsOptions: { hostProcess: true } }\n`,
      `${head}spec:\n  securityContext: {{ .Values.pod }}\n  containers:\n    - name: web\n      image: nginx:1.27\n      securityContext:\n        {{- toYaml .Values.container | nindent 8 }}\n`,
      `${head}spec:\n  containers:\n${container}      ports: [`,
    ]) {
      assert.equal(hardened(text), undefined, text);
    }
  });
});
