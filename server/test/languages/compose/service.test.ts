import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Located } from '../../../src/model/located.js';
import { at, type Compose, container, readCompose, readWeb, show, workload } from './compose.js';

const named = (list: readonly Located<{ readonly name: string }>[]) =>
  list.map((item) => (item.kind === 'known' ? item.value.name : '?')).join(' ');

describe('Compose services', () => {
  it('casts texts to booleans as Compose does', () => {
    const privileged = (written: string) => {
      const compose = readWeb([`privileged: ${written}`]);
      return show(compose, container(compose).privileged);
    };
    for (const yes of ['true', 'True', '"true"', 'yes', "'on'", 'y']) assert.equal(privileged(yes), `true @${yes}`);
    for (const no of ['false', '"no"', 'off']) assert.equal(privileged(no), `false @${no}`);
    for (const odd of ['1', '"1"', 't', '""', '[true]', '"{{ x }}"', '${P}']) {
      assert.match(privileged(odd), /^\? @/, odd);
    }
    assert.equal(privileged('${P:-true}'), 'true @true');
    assert.equal(privileged('null'), '- @web');
    assert.equal(privileged('!reset true'), '- @web');
  });

  it('reads the user, also as a number', () => {
    const user = (written: string) => {
      const compose = readWeb([`user: ${written}`]);
      return show(compose, container(compose).user, (value) => `${value.uid ?? value.name}`);
    };
    assert.equal(user('root'), 'root @root');
    assert.equal(user('0'), '0 @0');
    assert.equal(user('"1000:0"'), '1000 @"1000:0"');
    assert.equal(user('${UID}'), '? @${UID}');
    assert.equal(user('"${UID:-}"'), '? @"${UID:-}"');
  });

  it('gives each capability its own place', () => {
    const compose = readWeb(['cap_add: [SYS_ADMIN, "cap_net_raw", "${C}"]', 'cap_drop:', '  - all']);
    const { addedCapabilities: added, droppedCapabilities: dropped } = container(compose);
    assert.ok(added.kind === 'known' && dropped.kind === 'known');
    assert.equal(named(added.value), 'SYS_ADMIN NET_RAW ?');
    assert.deepEqual(
      added.value.map((item) => at(compose, item.at)),
      ['SYS_ADMIN', '"cap_net_raw"', '"${C}"'],
    );
    assert.equal(named(dropped.value), 'ALL');
    assert.equal(show(readWeb(['cap_drop: ALL']), container(readWeb(['cap_drop: ALL'])).droppedCapabilities), '? @ALL');
  });

  it('takes the last seccomp profile', () => {
    const profile = (...options: readonly string[]) => {
      const compose = readWeb(['security_opt:', ...options.map((option) => `  - ${option}`)]);
      return show(compose, container(compose).seccompProfile, (value) => value.type);
    };
    assert.equal(profile('seccomp:unconfined'), 'unconfined @seccomp:unconfined');
    assert.equal(profile('"seccomp=unconfined"', 'no-new-privileges'), 'unconfined @"seccomp=unconfined"');
    assert.equal(profile('seccomp=unconfined', 'seccomp=builtin'), 'runtime-default @seccomp=builtin');
    assert.equal(profile('seccomp:./profile.json'), 'localhost @seccomp:./profile.json');
    assert.equal(profile('seccomp=unconfined', '${OPT}'), '? @${OPT}');
    assert.equal(profile('seccomp=unconfined', 'apparmor:${OPT}'), 'unconfined @seccomp=unconfined');
    assert.equal(profile('no-new-privileges:true'), '- @web');
  });

  it('knows who is in the network of a service', () => {
    const compose = readCompose(`services:
  web: {image: a, network_mode: host}
  log: {image: a, network_mode: "service:web"}
  trace: {image: a, network_mode: '\${MODE:-service:web}'}
  other: {image: a, network_mode: container:web}
  unknown: {image: a, network_mode: 'service:\${NAME}'}
`);
    assert.deepEqual(
      workload(compose, 'web').networkSharers.map((place) => at(compose, place)),
      ['"service:web"', "'${MODE:-service:web}'"],
    );
    assert.deepEqual(workload(compose, 'log').networkSharers, []);
  });

  it('knows the namespaces of the host', () => {
    const compose = readWeb(['network_mode: host', 'pid: "host"', 'ipc: shareable', 'userns_mode: host']);
    const web = workload(compose);
    assert.equal(show(compose, web.hostNetwork), 'true @host');
    assert.equal(show(compose, web.hostPid), 'true @"host"');
    assert.equal(show(compose, web.hostIpc), 'false @shareable');
    assert.equal(show(compose, web.ownUserNamespace), 'false @host');
    assert.equal(web.reachableWithoutHostNetwork, false);
    const plain = workload(readWeb([]));
    assert.deepEqual(
      [plain.hostNetwork.kind, plain.hostPid.kind, plain.ownUserNamespace.kind],
      ['absent', 'absent', 'absent'],
    );
  });

  it('knows the other spelling of the host network', () => {
    const compose = readCompose(`services:
  web: { image: a, networks: [hostnet] }
  map: { image: a, networks: { hostnet: , other: } }
  not: { image: a, networks: [other, host] }
networks:
  hostnet: { external: true, name: host }
  host: {}
`);
    assert.equal(show(compose, workload(compose).hostNetwork), 'true @hostnet');
    assert.equal(workload(compose).reachableWithoutHostNetwork, false);
    assert.equal(show(compose, workload(compose, 'map').hostNetwork), 'true @hostnet');
    assert.equal(workload(compose, 'map').reachableWithoutHostNetwork, true);
    assert.equal(show(compose, workload(compose, 'not').hostNetwork), '- @not');
  });

  it('follows merge keys and aliases to the text that wrote a value', () => {
    const compose = readCompose(`x-a: &a
  privileged: true
x-b: &b
  <<: *a
  user: root
services:
  web:
    image: a
    <<: [*b]
  copy: &copy { image: b, privileged: yes }
  alias: *copy
  own:
    <<: *a
    image: c
    privileged: false
`);
    assert.equal(show(compose, container(compose).privileged), 'true @true <merge-key *b <merge-key *a');
    assert.equal(container(compose).privileged.at.span.start, compose.text.indexOf('true'));
    assert.equal(
      show(compose, container(compose).user, (user) => user.text),
      'root @root <merge-key *b',
    );
    assert.equal(show(compose, container(compose, 'alias').privileged), 'true @yes <alias *copy');
    assert.equal(show(compose, container(compose, 'own').privileged), 'false @false');
    assert.equal(at(compose, container(compose, 'alias').nameAt), 'alias');
  });

  it('says which services something else completes', () => {
    const compose = readCompose(`x-app: &app { build: . }
services:
  image: { image: a }
  merged: { <<: *app }
  fragment: { privileged: true }
  child: { image: a, extends: nobody }
  heir: { extends: image }
---
services:
  image: { privileged: false }
`);
    const complete = compose.file.subjects.workload?.map((each) => `${each.name} ${each.complete}`);
    assert.deepEqual(complete, ['image true', 'merged true', 'fragment false', 'child false', 'heir true']);
    const names = compose.file.subjects.composeProject?.map((each) =>
      each.services.map(({ workload: { name } }) => name),
    );
    assert.deepEqual(names, [['image', 'merged', 'fragment', 'child', 'heir']]);
  });

  it('takes for a service only what is one', () => {
    const names = (text: string) => (readCompose(text).file.subjects.workload ?? []).map(({ name }) => name);
    assert.deepEqual(
      names(
        'x-web: { image: a }\nservices:\n  x-base: {image: a}\n  a:\n  b: text\n  c: {image: a}\n  d: !reset {image: a}\n',
      ),
      ['c'],
    );
    for (const text of ['', 'services:', 'services: []', 'services: text', '- a', 'text', 'volumes: {}']) {
      assert.deepEqual(names(text), [], text);
    }
  });

  it('gives no container to a provider', () => {
    const compose = readCompose('services: {db: {provider: {type: cloud}}}');
    assert.deepEqual(workload(compose, 'db').containers, []);
  });

  it('reads profiles', () => {
    const project = readCompose(
      'services: {a: {image: a}, b: {image: a, profiles: [x, "${P:-y}"]}, c: {image: a, profiles: ["${P}"]}}',
    );
    const profiles = project.file.subjects.composeProject?.[0]?.services.map((service) => service.profiles);
    assert.deepEqual(profiles, [[], ['x', 'y'], undefined]);
  });

  it('sees a Windows container', () => {
    assert.equal(container(readWeb(['platform: windows/amd64'])).os, 'windows');
    assert.equal(container(readWeb(['platform: linux/arm64'])).os, 'linux');
  });

  it('takes the last word on new privileges, as Go reads booleans', () => {
    const escalation = (...options: readonly string[]) => {
      const compose = readWeb(['security_opt:', ...options.map((option) => `  - ${option}`)]);
      return show(compose, container(compose).privilegeEscalation, (value) => `${value.allowed} ${value.forbidden}`);
    };
    const forbid = 'no-new-privileges:true';
    assert.equal(escalation('no-new-privileges'), 'false undefined @no-new-privileges');
    assert.equal(escalation('no-new-privileges=T'), 'false undefined @no-new-privileges=T');
    assert.equal(escalation('no-new-privileges:FALSE'), `true ${forbid} @no-new-privileges:FALSE`);
    assert.equal(escalation(forbid, 'no-new-privileges=0'), 'true undefined @no-new-privileges=0');
    assert.equal(escalation('no-new-privileges:no'), '? @no-new-privileges:no');
    assert.equal(escalation('no-new-privileges:0', 'no-new-${OPT}'), '? @no-new-${OPT}');
    assert.equal(escalation('no-new-privileges:0', 'seccomp:${OPT}'), `true ${forbid} @no-new-privileges:0`);
    assert.equal(escalation('seccomp:unconfined'), '- @web');
  });

  it('hides the whole list of a merged fragment behind an own one, be it empty', () => {
    const compose = readCompose(`x-base: &base
  cap_drop: [ALL]
  security_opt: [seccomp=unconfined]
services:
  web:
    <<: *base
    image: a
    cap_drop: []
    security_opt: [no-new-privileges]
`);
    const { droppedCapabilities, seccompProfile } = container(compose);
    assert.equal(
      show(compose, droppedCapabilities, (list) => `${list.length}`),
      '0 @[]',
    );
    assert.equal(show(compose, seccompProfile), '- @web');
  });

  it('never splices a list that an alias puts into a list', () => {
    const compose = readCompose(
      'x-l: &l [SYS_ADMIN]\nservices: {web: {image: a, cap_add: [*l, NET_RAW], volumes: [*l], environment: [*l], ports: [*l]}}\n',
    );
    const { addedCapabilities, environment, publishedPorts } = container(compose);
    assert.ok(addedCapabilities.kind === 'known');
    assert.deepEqual(
      addedCapabilities.value.map((item) => show(compose, item, ({ name }) => name)),
      ['? @[SYS_ADMIN] <alias *l', 'NET_RAW @NET_RAW'],
    );
    assert.deepEqual([environment, publishedPorts, workload(compose).hostMounts], [[], [], []]);
  });

  it('takes what stands behind `!override` for what it is', () => {
    const compose = readWeb([
      'privileged: !override true',
      'cap_add: !override [SYS_ADMIN]',
      'pid: !override host',
      'volumes: !override',
      '  - /etc:/x',
    ]);
    const { privileged, addedCapabilities } = container(compose);
    assert.equal(show(compose, privileged), 'true @true');
    assert.ok(addedCapabilities.kind === 'known');
    assert.equal(named(addedCapabilities.value), 'SYS_ADMIN');
    assert.equal(show(compose, workload(compose).hostPid), 'true @host');
    assert.deepEqual(
      workload(compose).hostMounts.map((mount) => show(compose, mount.source)),
      ['/etc @/etc'],
    );
  });

  it('never takes a value that is written twice', () => {
    const compose: Compose = readWeb(['privileged: true', 'privileged: false']);
    assert.equal(container(compose).privileged.kind, 'unknown');
  });
});
