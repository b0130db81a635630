import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { renderProject } from '../../src/service/compose-view.js';
import { project, readProject } from '../languages/compose/project.js';

describe('The view of an effective Compose project', () => {
  it('has every value in long form with the place that it comes from, and what it overrides', () => {
    const read = readProject({
      'compose.yaml': [
        'x-common: &common { restart: always }',
        'services:',
        '  web:',
        '    <<: *common',
        '    image: "nginx:${TAG:-1.27}"',
        '    privileged: true',
        '    ports: ["127.0.0.1:8080:80"]',
        '    environment: [A=1, B]',
        '    extends: { file: parts/base.yaml, service: base }',
        'volumes: { data: }',
        '',
      ].join('\n'),
      'compose.override.yaml':
        'services:\n  web:\n    privileged: false\n    environment: { B: yes, C: "${NOBODY}" }\n',
      'parts/base.yaml': 'services:\n  base:\n    volumes: ["./src:/app:ro"]\n',
    });
    const effective = project(read).effective();
    assert.ok(effective);
    const text = renderProject(effective, ({ file, span }) => {
      const line = (read.texts.get(file) ?? '').slice(0, span.start).split('\n').length;
      return `${file.slice('/p/'.length)}:${line}`;
    });
    assert.equal(
      text.replaceAll(/ +#/g, ' #'),
      `services:
  web: # compose.yaml:4
    volumes:
      - type: bind # parts/base.yaml:3, by \`extends\` at compose.yaml:9
        source: /p/parts/src # parts/base.yaml:3, by \`extends\` at compose.yaml:9
        target: /app # parts/base.yaml:3, by \`extends\` at compose.yaml:9
        read_only: true # parts/base.yaml:3, by \`extends\` at compose.yaml:9
        bind:
          create_host_path: true # parts/base.yaml:3, by \`extends\` at compose.yaml:9
    image: nginx:1.27 # compose.yaml:5
    privileged: false # compose.override.yaml:3, overrides compose.yaml:6
    ports:
      - mode: ingress # compose.yaml:7
        host_ip: "127.0.0.1" # compose.yaml:7
        target: 80 # compose.yaml:7
        published: "8080" # compose.yaml:7
        protocol: tcp # compose.yaml:7
    environment:
      A: "1" # compose.yaml:8
      B: "yes" # compose.override.yaml:4, overrides compose.yaml:8
      C: \${NOBODY} # compose.override.yaml:4
    restart: always # compose.yaml:1, merged at compose.yaml:4
volumes:
  data: null # compose.yaml:10
`,
    );
  });
});
