import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { detectKind, helmChartRoots } from '../../src/languages/detect.js';

const object = 'apiVersion: v1\nkind: Pod\n';

function kindOf(name: string, text = '', languageId?: string) {
  return detectKind({ name, text, languageId });
}

describe('the kind of a file', () => {
  for (const name of [
    'Dockerfile',
    'dockerfile',
    'DOCKERFILE',
    'Dockerfile.dev',
    'Dockerfile-alpine',
    'Dockerfile_old',
    'Dockerfile2',
    'Containerfile',
    'containerfile.prod',
    'web.dockerfile',
    'web.Dockerfile',
    'web.Containerfile',
    'build/Dockerfile',
    'C:\\src\\Dockerfile',
  ]) {
    it(`takes ${name} for a Dockerfile`, () => {
      assert.equal(kindOf(name), 'dockerfile');
    });
  }

  for (const name of [
    'Dockerfile.md',
    '.dockerignore',
    'Dockerfile.dockerignore',
    'Dockerfile.template',
    'Dockerfile.tmpl',
    'Dockerfile.j2',
    'Dockerfile.erb',
    'Dockerfile.in',
    'Dockerfile~',
    'Dockerfile.orig',
    'dockerfile-utils.ts',
    'dockerfiles',
    'Dockerfiles/readme',
    'docker-bake.hcl',
    'main.py',
  ]) {
    it(`is silent about ${name}`, () => {
      assert.equal(kindOf(name), undefined);
    });
  }

  it('is silent about the template of a Dockerfile, whatever the editor takes it for', () => {
    assert.equal(kindOf('Dockerfile.j2', '', 'dockerfile'), undefined);
  });

  it('follows the language id where the name says nothing', () => {
    assert.equal(kindOf('build', '', 'dockerfile'), 'dockerfile');
    assert.equal(kindOf('stack.yml', 'services: {}', 'dockercompose'), 'compose');
    assert.equal(kindOf('untitled-1', object, 'yaml'), 'kubernetes');
  });

  for (const name of [
    'compose.yaml',
    'compose.yml',
    'docker-compose.yml',
    'docker-compose.override.yml',
    'compose.prod.yaml',
    'docker-compose-dev.yaml',
    'a/b/Docker-Compose.YML',
  ]) {
    it(`takes ${name} for Compose`, () => {
      assert.equal(kindOf(name, 'services:\n  web:\n    image: a\n'), 'compose');
    });
  }

  it('needs the name or the editor to take a YAML file for Compose', () => {
    assert.equal(kindOf('stack.yml', 'services:\n  web:\n    image: a\n'), undefined);
    assert.equal(kindOf('mycompose.yml', 'services: {}'), undefined);
  });

  it('takes an object for Kubernetes although its name looks like Compose', () => {
    assert.equal(kindOf('compose-web.yaml', object), 'kubernetes');
  });

  it('takes its own configuration for such', () => {
    assert.equal(kindOf('/w/.plimsoll.yaml'), 'config');
    assert.equal(kindOf('.plimsoll.yml', object), 'config');
    assert.equal(kindOf('plimsoll.yaml'), undefined);
  });

  for (const [what, text] of [
    ['both keys', object],
    ['the keys in any order, far apart', `kind: ConfigMap\ndata:\n${'  a: b\n'.repeat(2000)}apiVersion: v1\n`],
    ['quoted keys', '"apiVersion": v1\n\'kind\': Pod\n'],
    ['an object in a later document', `# first\na: 1\n---\n${object}`],
    ['Windows line ends', 'apiVersion: v1\r\nkind: Pod\r\n'],
    ['a byte order mark', `\uFEFF${object}`],
    ['a kind that is being typed', 'apiVersion: v1\nkind:'],
    ['a template around it', `{{- if .Values.on }}\n${object}{{- end }}\n`],
  ] as const) {
    it(`knows Kubernetes by ${what}`, () => {
      assert.equal(kindOf('a.yaml', text), 'kubernetes');
    });
  }

  for (const [what, text] of [
    ['only one of the keys', 'apiVersion: v2\nname: chart\n'],
    ['keys in different documents', 'apiVersion: v1\n---\nkind: Pod\n'],
    ['keys that are deeper', 'a:\n  apiVersion: v1\n  kind: Pod\n'],
    ['longer keys', 'apiVersions: v1\nkinds: Pod\n'],
  ] as const) {
    it(`is silent about YAML with ${what}`, () => {
      assert.equal(kindOf('a.yaml', text), undefined);
    });
  }

  it('is silent about the own files of a Helm chart', () => {
    assert.equal(kindOf('Chart.yaml', 'apiVersion: v2\nkind: x\n'), undefined);
    assert.equal(kindOf('values.yaml', object), undefined);
  });

  it('does not look into files that are no YAML', () => {
    assert.equal(kindOf('a.md', object), undefined);
    assert.equal(kindOf('a.json', object), undefined);
  });
});

describe('the folders that a chart may be in', () => {
  it('are those right above `templates`, the nearest first', () => {
    assert.deepEqual(helmChartRoots('charts/web/templates/sub/a.yaml'), ['charts/web']);
    assert.deepEqual(helmChartRoots('/a/templates/b/templates/c.yaml'), ['/a/templates/b', '/a']);
    assert.deepEqual(helmChartRoots('templates/a.yaml'), ['']);
    assert.deepEqual(helmChartRoots('C:\\web\\templates\\a.yaml'), ['C:\\web']);
  });

  it('are none for a file outside of `templates`', () => {
    assert.deepEqual(helmChartRoots('a/mytemplates/b.yaml'), []);
    assert.deepEqual(helmChartRoots('a/templates'), []);
  });
});
