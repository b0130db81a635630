import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { coverTemplate } from '../../../src/languages/kubernetes/template.js';
import { append, remove, set } from '../../../src/model/change.js';
import { changed, first, pod, read } from './reading.js';

const chart = `{{- if .Values.enabled -}}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ include "web.fullname" . }}
  labels:
    {{- include "web.labels" . | nindent 4 }}
spec:
  {{- if not .Values.autoscaling.enabled }}
  replicas: {{ .Values.replicaCount }}
  {{- end }}
  template:
    metadata:
      {{- with .Values.podAnnotations }}
      annotations:
        {{- toYaml . | nindent 8 }}
      {{- end }}
    spec:
      hostNetwork: true
      hostPID: {{ .Values.hostPID }}
      initContainers:
        {{- toYaml .Values.initContainers | nindent 8 }}
      containers:
        - name: {{ .Chart.Name }}
          securityContext:
            {{- toYaml .Values.securityContext | nindent 12 }}
          image: "{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}"
          {{- if .Values.download }}
          command: ["sh", "-c", "curl https://example.com/x | sh"]
          {{- end }}
        - name: side
          image: nginx:latest # plimsoll: ignore[image-latest-tag] {{ .why }}
          securityContext:
            privileged: true
            capabilities:
              drop:
                {{- range .Values.drop }}
                - {{ . | quote }}
                {{- end }}
              add:
                - NET_RAW
                {{- toYaml .Values.add | nindent 16 }}
        - name: third
          image: nginx
          {{- include "web.more" . | nindent 10 }}
      {{- with .Values.nodeSelector }}
      nodeSelector:
        {{- toYaml . | nindent 8 }}
      {{- end }}
{{- end }}
`;

describe('a template', () => {
  const { file, workloads, containers, commands, under, show } = read(chart);

  it('has no problems', () => {
    assert.deepEqual(file.source.problems, []);
    assert.equal(file.text, chart);
  });

  it('tells what is written out, and what cannot be known', () => {
    const workload = first(workloads);
    assert.deepEqual(
      [workload.name, under(workload.nameAt), workload.complete],
      ['', '{{ include "web.fullname" . }} (5)', true],
    );
    assert.equal(show(workload.hostNetwork), 'true at true (19)');
    assert.equal(show(workload.hostPid), 'unknown at {{ .Values.hostPID }} (20)');
    assert.equal(show(workload.hostIpc), 'absent at {{ include "web.fullname" . }} (5)');
  });

  it('has the containers that are written out', () => {
    assert.deepEqual(
      containers.map(({ name, nameAt, image }) => [name, under(nameAt), show(image).replace(/^.*? at /, '')]),
      [
        [
          'containers[0]',
          '{{ .Chart.Name }} (24)',
          '"{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}" (27)',
        ],
        ['side', 'side (31)', 'nginx:latest (32)'],
        ['third', 'third (43)', 'nginx (44)'],
      ],
    );
  });

  it('leaves a field open that an action may write', () => {
    const [main, side, third] = containers;
    assert.ok(main !== undefined && side !== undefined && third !== undefined);
    assert.equal(show(main.privileged), 'unknown at {{- toYaml .Values.securityContext | nindent 12 }} (26)');
    assert.equal(show(side.privileged), 'true at true (34)');
    assert.equal(show(side.seccompProfile), 'absent at side (31)');
    assert.equal(show(third.privileged), 'unknown at third (43)');
    assert.equal(show(third.user), 'unknown at third (43)');
  });

  it('leaves a list open that an action may write to', () => {
    const { addedCapabilities: add, droppedCapabilities: drop } = containers[1] ?? first([]);
    assert.deepEqual(drop.kind === 'known' && drop.value.map(show), ['unknown at {{ . | quote }} (38)']);
    assert.deepEqual(add.kind === 'known' && add.value.map((item) => item.kind), ['known', 'unknown']);
  });

  it('has the commands that are written out', () => {
    assert.deepEqual(
      commands.map(({ name, nameAt }) => [name, under(nameAt)]),
      [
        ['sh', '"sh" (29)'],
        ['curl', 'curl (29)'],
        ['sh', 'sh (29)'],
      ],
    );
  });

  it('has the comments of its author only', () => {
    assert.deepEqual(
      file.comments().map(({ span }) => chart.slice(span.start, span.end)),
      ['# plimsoll: ignore[image-latest-tag] {{ .why }}'],
    );
  });

  it('is mended around its actions, and never through them', () => {
    const reading = read(chart);
    const side = reading.containers[1] ?? first([]);
    assert.equal(
      changed(reading, set(side.privileged.slot, false)),
      chart.replace('privileged: true', 'privileged: false'),
    );
    assert.equal(changed(reading, remove(side.droppedCapabilities.slot)), undefined);
    assert.equal(changed(reading, set(side.droppedCapabilities.slot, ['ALL'])), undefined);
    const main = first(reading.containers);
    assert.equal(changed(reading, append(main.droppedCapabilities.slot, 'ALL')), undefined);
  });

  it('that is only begun is not ended by what a fix writes', () => {
    const open = read('apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - {name: "{{", image: a}\n');
    const { slot } = first(open.containers).droppedCapabilities;
    assert.equal(changed(open, set(slot, ['ALL'])), undefined);
    assert.equal(
      changed(open, set(first(open.containers).privileged.slot, false)),
      undefined,
      'a map in a map ends in two braces',
    );
  });

  it('has no syntax error, but says that it could not be read', () => {
    const { source } = read('apiVersion: v1\nkind: Pod\na: [{{ .x }}\nb: c\n').file;
    assert.deepEqual(
      source.problems.map(({ kind, at, message }) => [kind, at.span, message]),
      [['limit', { start: 29, end: 31 }, 'This document is a template: only what reads as YAML was checked.']],
    );
  });
});

describe('an action', () => {
  it('is covered without moving anything', () => {
    for (const text of [chart, chart.replaceAll('\n', '\r\n'), '{{a}}{{b}}\n', 'a: {{ b\n  c }}\n', '{{', '{{}}', '']) {
      const covered = coverTemplate(text);
      assert.equal(covered.text.length, text.length);
      for (const { start, end } of covered.actions) assert.match(text.slice(start, end), /^\{\{[\s\S]*\}\}$/);
      assert.doesNotMatch(covered.text, /\}\}/);
    }
  });

  it('is one to the end of a comment in it', () => {
    const text = '{{- /* a }} b: c {{ */ -}}\nd: e\n';
    assert.deepEqual(coverTemplate(text).actions, [{ start: 0, end: 26 }]);
  });

  it('is left as it is while it is being typed', () => {
    assert.equal(coverTemplate('a: {{ .Values\nb: c\n').text, 'a: {{ .Values\nb: c\n');
  });

  it('in a block scalar makes the text unknown and does not end it', () => {
    const text = pod(`  containers:
  - name: a
    command: [sh, -c]
    args:
    - |
      echo a
{{- if .x }}
      curl x | sh
{{- end }}
      echo b
    securityContext: {privileged: true}
`);
    const { file, containers, commands, show } = read(text);
    assert.deepEqual(file.source.problems, []);
    assert.deepEqual(commands, []);
    assert.equal(show(first(containers).privileged), 'true at true (16)');
  });

  it('that writes the value of a key at the start of the line still belongs to that key', () => {
    const { file, containers, show } = read(
      pod('  containers:\n  - name: a\n    securityContext:\n{{ toYaml .Values.context | indent 6 }}\n    image: x\n'),
    );
    assert.deepEqual(file.source.problems, []);
    const { image, privileged, environment } = first(containers);
    assert.equal(show(image).replace(/^.*? at /, ''), 'x (10)');
    assert.equal(privileged.kind, 'unknown');
    assert.deepEqual(environment, []);
  });

  it('above the first field of a map may write fields of it, and of no other', () => {
    const { workloads, containers } = read(
      pod(`  {{- include "pod" . | nindent 2 }}
  containers:
  - {{- include "one" . | nindent 4 }}
    name: one
    image: x
  - name: two
    image: x
`),
    );
    assert.equal(first(workloads).hostPid.kind, 'unknown');
    assert.deepEqual(
      containers.map(({ privileged }) => privileged.kind),
      ['unknown', 'absent'],
    );
  });

  it('that writes the value of the last key of a document belongs to that key', () => {
    const text = 'apiVersion: v1\nkind: X\nmetadata: {name: x}\nitems:\n  {{- toYaml .items | nindent 2 }}\n---\n';
    assert.equal(first(read(text).manifests).list('items').kind, 'unknown');
    const item = `${text.slice(0, -4)}- a: 1\n`;
    assert.equal(first(read(item).manifests).list('items').kind, 'known');
  });

  it('as a list of containers gives none', () => {
    for (const list of [
      '{{ .Values.containers }}',
      '{{- toYaml .Values.containers | nindent 4 }}',
      '\n  {{- toYaml .x | nindent 2 }}',
    ]) {
      const { workloads, containers } = read(pod(`  containers: ${list}\n`));
      assert.equal(workloads.length, 1);
      assert.deepEqual(containers, []);
    }
  });

  it('as a key leaves the map open', () => {
    const { containers, show } = read(pod('  containers:\n  - name: a\n    {{ .key }}: {{ .value }}\n'));
    assert.equal(show(first(containers).privileged), 'unknown at a (7)');
  });

  it('in text that only looks like a template does no harm', () => {
    const text = pod('  containers:\n  - {name: a, image: x:1, env: [{name: FORMAT, value: "{{.Name}}"}]}\n');
    const { file, containers, show } = read(text);
    assert.deepEqual(file.source.problems, []);
    assert.equal(show(first(containers).privileged), 'absent at a (7)');
  });

  it('costs linear time, however many there are', () => {
    for (const text of [
      '{{a}}'.repeat(40_000),
      '{{a}} x\n'.repeat(40_000),
      '{{a}}\n'.repeat(40_000),
      '{{/*'.repeat(40_000),
    ]) {
      const start = performance.now();
      coverTemplate(text);
      assert.ok(performance.now() - start < 2000, JSON.stringify(text.slice(0, 20)));
    }
  });
});
