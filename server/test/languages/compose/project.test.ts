import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { at, project, readProject, service, show, showAll } from './project.js';

describe('Compose projects', () => {
  it('replace scalars, merge maps and append lists of a file that overrides', () => {
    const read = readProject({
      'compose.yaml':
        'services:\n  web:\n    image: a:1\n    privileged: true\n    cap_add: [SYS_ADMIN]\n    deploy: { replicas: 2 }\n',
      'compose.override.yaml':
        'services:\n  web:\n    privileged: false\n    cap_add: [NET_ADMIN]\n    deploy: { mode: global }\n',
    });
    const { fields, nameAt } = service(read);
    const hop = '<override compose.yaml:web';
    assert.equal(show(read, fields.string('image')), 'a:1 @compose.yaml:a:1');
    assert.equal(show(read, fields.boolean('privileged')), `false @compose.override.yaml:false ${hop}`);
    assert.deepEqual(showAll(read, fields.strings('cap_add')), [
      'SYS_ADMIN @compose.yaml:SYS_ADMIN',
      `NET_ADMIN @compose.override.yaml:NET_ADMIN ${hop}`,
    ]);
    assert.equal(show(read, fields.scalar('deploy', 'replicas')), '2 @compose.yaml:2');
    assert.equal(show(read, fields.scalar('deploy', 'mode')), `global @compose.override.yaml:global ${hop}`);
    assert.equal(show(read, fields.string('user')), '- @compose.yaml:web');
    assert.equal(nameAt.file, '/p/compose.yaml');
  });

  it('take a reset key away and replace an overridden one', () => {
    const read = readProject({
      'compose.yaml':
        'services:\n  web:\n    image: a\n    ports: ["80:80"]\n    environment: { A: 1, B: 2 }\n    cap_add: [ALL]\n',
      'o.yaml':
        'services:\n  web:\n    ports: !override ["81:80"]\n    environment: { A: !reset null }\n    cap_add: !reset []\n',
    });
    const { fields, container } = service(read);
    assert.deepEqual(
      container?.publishedPorts.map(({ hostPorts }) => hostPorts),
      [{ from: 81, to: 81 }],
    );
    assert.deepEqual(
      container?.environment.map(({ name }) => name),
      ['B'],
    );
    assert.equal(show(read, fields.strings('cap_add')), '- @compose.yaml:web');
  });

  it('know the extended service, also of another file, with its hop', () => {
    const read = readProject({
      'compose.yaml':
        'services:\n  web:\n    extends: { file: common/base.yaml, service: base }\n    cap_drop: [ALL]\n  sub:\n    extends: web\n    user: "1"\n',
      'common/base.yaml':
        'services:\n  root: { privileged: true, cap_drop: [NET_RAW] }\n  base: { extends: root, image: b:2 }\n',
    });
    const { fields, complete, nameAt } = service(read, 'sub');
    assert.equal(complete, true);
    const hops = '<extends compose.yaml:web <extends compose.yaml:base';
    assert.equal(show(read, fields.string('image')), `b:2 @common/base.yaml:b:2 ${hops}`);
    assert.equal(
      show(read, fields.boolean('privileged')),
      `true @common/base.yaml:true ${hops} <extends common/base.yaml:root`,
    );
    assert.deepEqual(showAll(read, fields.strings('cap_drop')), [
      `NET_RAW @common/base.yaml:NET_RAW ${hops} <extends common/base.yaml:root`,
      'ALL @compose.yaml:ALL <extends compose.yaml:web',
    ]);
    assert.equal(nameAt.file, '/p/compose.yaml');
  });

  it('include other projects with variables of their own', () => {
    const read = readProject({
      'compose.yaml': 'include:\n  - db/compose.yaml\nservices:\n  web: { image: "a:${TAG}" }\n',
      '.env': 'TAG=1\n',
      'db/compose.yaml': 'services:\n  db: { image: "pg:${TAG}-${KIND}", networks: [back] }\nnetworks: { back: }\n',
      'db/.env': 'TAG=2\nKIND=slim\n',
    });
    const hop = '<include compose.yaml:db/compose.yaml';
    assert.equal(show(read, service(read).fields.string('image')), 'a:1 @compose.yaml:"a:${TAG}"');
    assert.equal(
      show(read, service(read, 'db').fields.string('image')),
      `pg:1-slim @db/compose.yaml:"pg:\${TAG}-\${KIND}" ${hop}`,
    );
    assert.deepEqual(
      project(read).networks.map(({ name }) => name),
      ['back'],
    );
    assert.equal(project(read).whole, true);
  });

  it('say what is named in vain', () => {
    const read = readProject({
      'compose.yaml':
        'include: [missing.yaml, "https://example.com/c.yaml"]\nservices:\n  a: { extends: b }\n  b: { extends: a }\n  c: { extends: nobody, image: x }\n  d: { extends: { file: missing.yaml, service: y } }\n',
    });
    const { broken, whole } = project(read);
    assert.equal(whole, false);
    assert.deepEqual(broken.map(({ kind, reason, at }) => `${kind} ${reason} ${show(read, at)}`).sort(), [
      'extends cycle a @compose.yaml:a',
      'extends missing-file missing.yaml @compose.yaml:missing.yaml',
      'extends missing-service nobody @compose.yaml:nobody',
      'include missing-file missing.yaml @compose.yaml:missing.yaml',
    ]);
    assert.equal(service(read, 'c').complete, false);
  });

  it('join lists of assignments and maps, of one name the last', () => {
    const read = readProject({
      'compose.yaml': 'services:\n  web:\n    image: a\n    environment: [A=1, B=2]\n    labels: { x: 1 }\n',
      'o.yaml': 'services:\n  web:\n    environment: { B: 3, C: }\n    labels: [x=2, y]\n',
    });
    const { container, fields } = service(read);
    assert.deepEqual(
      container?.environment.map(({ name, value }) => `${name}: ${show(read, value)}`),
      ['A: 1 @compose.yaml:1', 'B: 3 @o.yaml:3 <override compose.yaml:web', 'C: - @o.yaml:C'],
    );
    const labels = fields.assignments('labels');
    assert.equal(labels.kind, 'known');
    assert.deepEqual(labels.kind === 'known' && labels.value.map(({ name }) => name), ['x', 'y']);
  });

  it('replace a mount by one with the same target', () => {
    const read = readProject({
      'compose.yaml': 'services:\n  web:\n    image: a\n    volumes: ["/etc:/conf/:ro", "data:/d"]\n',
      'o.yaml': 'services:\n  web:\n    volumes: [{type: bind, source: /usr, target: /conf}]\n',
    });
    assert.deepEqual(
      service(read).mounts.map(
        ({ type, source, readOnly, replaces }) => `${type} ${show(read, source)} ${readOnly} ${replaces?.readOnly}`,
      ),
      [
        'bind /usr @o.yaml:/usr <override compose.yaml:web false true',
        'volume data @compose.yaml:data false undefined',
      ],
    );
  });

  it('know the characters inside of texts, whichever file they are in', () => {
    const read = readProject({
      'compose.yaml': 'services:\n  web:\n    image: a\n    extends: { file: parts/base.yaml, service: base }\n',
      'parts/base.yaml':
        'services:\n  base:\n    volumes: ["/etc/ssl:/ssl:ro,z"]\n    devices: [/dev/kvm:/dev/kvm:rw]\n',
      'compose.override.yaml':
        'services:\n  web:\n    image: "ghcr.io/me/app:${TAG:-1.2}"\n    ports: ["127.0.0.1:8080:80/udp"]\n    environment: ["A=x y"]\n',
    });
    const { container, mounts, devices } = service(read);
    assert.ok(container);
    const [port] = container.publishedPorts;
    assert.ok(port);
    assert.equal(show(read, port.hostAddress), '127.0.0.1 @compose.override.yaml:127.0.0.1 <override compose.yaml:web');
    assert.equal(at(read, port.hostPortsAt), 'compose.override.yaml:8080');
    assert.equal(at(read, port.containerPortsAt), 'compose.override.yaml:80');
    const [variable] = container.environment;
    assert.equal(variable && show(read, variable.value), 'x y @compose.override.yaml:x y <override compose.yaml:web');
    assert.ok(container.image.kind === 'known');
    assert.equal(container.image.value.tagAt && at(read, container.image.value.tagAt), 'compose.override.yaml:1.2');
    const [mount] = mounts;
    assert.ok(mount);
    assert.equal(show(read, mount.source), '/etc/ssl @parts/base.yaml:/etc/ssl <extends compose.yaml:base');
    assert.deepEqual(
      mount.options.map(({ word, at: place }) => `${word} ${at(read, place)}`),
      ['ro parts/base.yaml:ro', 'z parts/base.yaml:z'],
    );
    const [device] = devices;
    assert.equal(device && show(read, device.permissions), 'rw @parts/base.yaml:rw <extends compose.yaml:base');
  });

  it('name every hop on the way: alias, merge key, extends, include and override', () => {
    const read = readProject({
      'compose.yaml': 'include: [parts/db.yaml]\nservices:\n  web: { image: a }\n',
      'parts/db.yaml':
        'x-a: &a { user: root }\nx-b: &b [ALL]\nservices:\n  base: { <<: *a, image: pg, cap_add: *b }\n  db: { extends: base }\n',
      'compose.override.yaml': 'services:\n  web:\n    user: &u root\n    labels: { owner: *u }\n',
    });
    const { fields } = service(read, 'db');
    const way = '<include compose.yaml:parts/db.yaml <extends parts/db.yaml:base';
    assert.equal(show(read, fields.string('user')), `root @parts/db.yaml:root ${way} <merge-key parts/db.yaml:*a`);
    assert.deepEqual(showAll(read, fields.strings('cap_add')), [
      `ALL @parts/db.yaml:ALL ${way} <alias parts/db.yaml:*b`,
    ]);
    assert.equal(
      show(read, service(read).fields.string('labels', 'owner')),
      'root @compose.override.yaml:root <override compose.yaml:web <alias compose.override.yaml:*u',
    );
  });

  it('merge the documents of one file like files', () => {
    const read = readProject({
      'compose.yaml': 'services:\n  web: { image: a, user: root }\n---\nservices:\n  web: { user: app }\n',
    });
    assert.equal(show(read, service(read).fields.string('user')), 'app @compose.yaml:app <override compose.yaml:web');
    assert.equal(read.file.subjects.service?.length, 1);
  });
});
