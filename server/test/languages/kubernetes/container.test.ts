import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { knownItems } from '../../../src/model/located.js';
import { first, pod, read } from './reading.js';

describe('the containers of a pod', () => {
  it('come with their roles, in the order that they start in', () => {
    const { containers, under } = read(
      pod(`  containers:
  - name: app
    image: a:1
  initContainers:
  - {name: setup, image: a:1}
  - {name: proxy, image: a:1, restartPolicy: Always}
  - {name: odd, image: a:1, restartPolicy: "{{ .x }}"}
  ephemeralContainers:
  - {name: debug, image: a:1}
`),
    );
    assert.deepEqual(
      containers.map(({ name, role, nameAt }) => [name, role, under(nameAt)]),
      [
        ['setup', 'init', 'setup (10)'],
        ['proxy', 'sidecar', 'proxy (11)'],
        ['odd', 'init', 'odd (12)'],
        ['app', 'main', 'app (7)'],
        ['debug', 'ephemeral', 'debug (14)'],
      ],
    );
  });

  it('are anchored at their first key where they have no name', () => {
    const { containers, under } = read(
      pod('  containers:\n  - image: a:1\n  - name:\n    image: b:1\n  - {name: [x]}\n  - text\n'),
    );
    assert.deepEqual(
      containers.map(({ name, nameAt }) => [name, under(nameAt)]),
      [
        ['containers[0]', 'image (7)'],
        ['containers[1]', 'name (8)'],
        ['containers[2]', 'name (10)'],
      ],
    );
  });

  it('take user and non-root from their pod, and say how', () => {
    const { containers, workloads, show } = read(
      pod(`  securityContext:
    runAsUser: 0
    runAsNonRoot: false
  containers:
  - name: a
  - name: b
    securityContext: {runAsUser: 1000, runAsNonRoot: true}
  - name: c
    securityContext: {runAsUser: null}
  - name: d
    securityContext: {runAsUser: "0"}
`),
    );
    assert.deepEqual(
      containers.map(({ user, requiresNonRoot }) => [show(user), show(requiresNonRoot)]),
      [
        ['{"text":"0","uid":0} at 0 (7), pod-default a (10)', 'false at false (8), pod-default a (10)'],
        ['{"text":"1000","uid":1000} at 1000 (12)', 'true at true (12)'],
        ['{"text":"0","uid":0} at 0 (7), pod-default c (13)', 'false at false (8), pod-default c (13)'],
        ['unknown at "0" (16)', 'false at false (8), pod-default d (15)'],
      ],
    );
    assert.equal(show(first(workloads).defaultUser), '{"text":"0","uid":0} at 0 (7)');
  });

  it('have no user where nobody says one, and that is reported at their name', () => {
    const { containers, workloads, show } = read(pod('  containers:\n  - name: a\n'));
    assert.equal(show(first(containers).user), 'absent at a (7)');
    assert.equal(show(first(workloads).defaultUser), 'absent at web (4)');
  });

  it('have a user name on Windows, the own one before that of the pod', () => {
    const { containers, workloads, show } = read(
      pod(`  os: {name: windows}
  securityContext:
    runAsUser: 0
    windowsOptions: {runAsUserName: ContainerUser}
  containers:
  - name: a
    securityContext: {windowsOptions: {runAsUserName: ContainerAdministrator}}
  - name: b
`),
    );
    assert.deepEqual(
      containers.map(({ os, user }) => [os, show(user)]),
      [
        ['windows', '{"text":"ContainerAdministrator","name":"ContainerAdministrator"} at ContainerAdministrator (12)'],
        ['windows', '{"text":"ContainerUser","name":"ContainerUser"} at ContainerUser (9), pod-default b (13)'],
      ],
    );
    assert.equal(first(workloads).os, 'windows');
  });

  it('are Windows ones by the node selector, unless the pod says otherwise', () => {
    const selector = '  nodeSelector: {kubernetes.io/os: windows}\n';
    assert.equal(first(read(pod(`${selector}  containers: []\n`)).workloads).os, 'windows');
    assert.equal(first(read(pod(`${selector}  os: {name: linux}\n`)).workloads).os, 'linux');
  });

  it('have the Windows user of a pod that does not say its system', () => {
    const { containers, show } = read(
      pod(
        '  containers:\n  - name: a\n    securityContext:\n      windowsOptions:\n        runAsUserName: ContainerAdministrator\n',
      ),
    );
    assert.equal(
      show(first(containers).user),
      '{"text":"ContainerAdministrator","name":"ContainerAdministrator"} at ContainerAdministrator (10)',
    );
  });

  it('keep each capability at its own item, in any spelling', () => {
    const { containers, show } = read(
      pod(`  containers:
  - name: a
    securityContext:
      capabilities:
        add: [SYS_ADMIN, 'CAP_net_raw', ~, 12]
        drop:
        - all
`),
    );
    const { addedCapabilities, droppedCapabilities } = first(containers);
    assert.deepEqual(knownItems(addedCapabilities).map(show), [
      '{"text":"SYS_ADMIN","name":"SYS_ADMIN"} at SYS_ADMIN (10)',
      '{"text":"CAP_net_raw","name":"NET_RAW"} at \'CAP_net_raw\' (10)',
    ]);
    assert.deepEqual(knownItems(droppedCapabilities).map(show), ['{"text":"all","name":"ALL"} at all (12)']);
    assert.equal(addedCapabilities.kind === 'known' && addedCapabilities.value.at(-1)?.kind, 'unknown');
  });

  it('publish the ports that they open on the node', () => {
    const { containers, under, show } = read(
      pod(`  containers:
  - name: a
    ports:
    - {containerPort: 80, hostPort: 8080, hostIP: 10.0.0.1, protocol: UDP}
    - containerPort: 81
      hostPort: "81"
    - {containerPort: 82, hostPort: 0}
    - {containerPort: 83}
`),
    );
    assert.deepEqual(
      first(containers).publishedPorts.map((port) => [
        port.form,
        port.hostPorts,
        under(port.hostPortsAt),
        port.containerPorts,
        under(port.containerPortsAt),
        port.protocol,
        show(port.hostAddress).slice(0, 17),
      ]),
      [
        ['long', { from: 8080, to: 8080 }, '8080 (9)', { from: 80, to: 80 }, '80 (9)', 'udp', '"10.0.0.1" at 10.'],
        ['long', 'unknown', '"81" (11)', { from: 81, to: 81 }, '81 (10)', 'tcp', 'absent at contain'],
      ],
    );
  });

  it('are complete when they have an image, and make their workload so', () => {
    const patch = read(pod('  containers:\n  - name: a\n  - {name: b, image: ""}\n  - {name: c, image: null}\n'));
    assert.deepEqual(
      patch.containers.map(({ complete, image }) => [complete, patch.show(image)]),
      [
        [false, 'absent at a (7)'],
        [false, 'absent at b (8)'],
        [false, 'absent at c (9)'],
      ],
    );
    assert.equal(first(patch.workloads).complete, false);
    assert.deepEqual(patch.images, []);
    const whole = read(pod('  containers:\n  - name: a\n  - {name: b, image: "x"}\n'));
    assert.deepEqual([first(whole.workloads).complete, first(whole.containers).complete], [true, false]);
  });
});

describe('the namespaces of a pod', () => {
  it('are those that it shares with its node', () => {
    const { workloads, show } = read(pod('  hostNetwork: true\n  hostPID: false\n  hostIPC:\n  hostUsers: false\n'));
    const { hostNetwork, hostPid, hostIpc, ownUserNamespace } = first(workloads);
    assert.deepEqual([hostNetwork, hostPid, hostIpc, ownUserNamespace].map(show), [
      'true at true (6)',
      'false at false (7)',
      'absent at web (4)',
      'true at false (9)',
    ]);
  });

  it('give a user namespace of their own to the containers too', () => {
    const { containers, show } = read(pod('  hostUsers: true\n  containers:\n  - {name: a}\n'));
    assert.equal(show(first(containers).ownUserNamespace), 'false at true (6)');
  });
});

describe('the type of a value', () => {
  const booleans: readonly (readonly [written: string, read: boolean | 'unknown' | 'absent'])[] = [
    ['true', true],
    ['True', true],
    ['TRUE', true],
    ['yes', true],
    ['on', true],
    ['y', true],
    ['false', false],
    ['No', false],
    ['off', false],
    ['null', 'absent'],
    ['~', 'absent'],
    ['', 'absent'],
    ['"true"', 'unknown'],
    ["'yes'", 'unknown'],
    ['1', 'unknown'],
    ['tRue', 'unknown'],
    ['[true]', 'unknown'],
    ['{}', 'unknown'],
    ['!!str true', 'unknown'],
    ['!!bool true', true],
    ['*missing', 'absent'],
    ['{{ .Values.x }}', 'unknown'],
  ];
  for (const [written, expected] of booleans) {
    it(`of a boolean written ${written || 'as nothing'} is ${expected}`, () => {
      const { hostNetwork } = first(read(pod(`  hostNetwork: ${written}\n`)).workloads);
      assert.equal(hostNetwork.kind === 'known' ? hostNetwork.value : hostNetwork.kind, expected);
    });
  }

  const users: readonly (readonly [written: string, uid: number | 'unknown' | 'absent'])[] = [
    ['0', 0],
    ['0644', 420],
    ['0o17', 15],
    ['0x10', 16],
    ['1_000', 1000],
    ['-1', -1],
    ['"0"', 'unknown'],
    ['0.0', 'unknown'],
    ['root', 'unknown'],
    ['09', 'unknown'],
    ['null', 'absent'],
  ];
  for (const [written, expected] of users) {
    it(`of a user id written ${written} is ${expected}`, () => {
      const { defaultUser } = first(read(pod(`  securityContext:\n    runAsUser: ${written}\n`)).workloads);
      assert.equal(defaultUser.kind === 'known' ? defaultUser.value.uid : defaultUser.kind, expected);
    });
  }

  const strings: readonly (readonly [written: string, text: string | 'unknown'])[] = [
    ['Unconfined', 'Unconfined'],
    ['"true"', 'true'],
    ["'12'", '12'],
    ['!!str 12', '12'],
    ['2024-01-01', '2024-01-01'],
    ['v1.2', 'v1.2'],
    ['on', 'unknown'],
    ['12', 'unknown'],
    ['1_2', 'unknown'],
    ['1.5e3', 'unknown'],
    ['.5', 'unknown'],
    ['[a]', 'unknown'],
  ];
  for (const [written, expected] of strings) {
    it(`of a string written ${written} is ${expected}`, () => {
      const text = pod(`  securityContext: {seccompProfile: {type: ${written}}}\n`);
      const { defaultSeccompProfile } = first(read(text).workloads);
      const found =
        defaultSeccompProfile.kind === 'known' ? defaultSeccompProfile.value.text : defaultSeccompProfile.kind;
      assert.equal(found, expected);
    });
  }

  it('cannot be told where the key stands there twice', () => {
    const { workloads, show } = read(pod('  hostPID: true\n  hostPID: true\n'));
    assert.equal(show(first(workloads).hostPid), 'unknown at true (7)');
  });
});

describe('aliases and merge keys', () => {
  it('lead to the value that they bring, and are remembered', () => {
    const { containers, show, file } = read(
      pod(`  containers:
  - name: a
    image: x:1
    securityContext: &hard
      privileged: true
      capabilities: {drop: &drop [ALL]}
  - name: b
    image: x:1
    securityContext: *hard
  - name: c
    image: x:1
    securityContext:
      <<: *hard
      capabilities:
        drop: *drop
  - name: d
    securityContext: {<<: *hard, privileged: no}
`),
    );
    assert.deepEqual(file.source.problems, []);
    assert.deepEqual(
      containers.map(({ privileged }) => show(privileged)),
      [
        'true at true (10)',
        'true at true (10), alias *hard (14)',
        'true at true (10), merge-key *hard (18)',
        'false at no (22)',
      ],
    );
    const dropped = containers.map(({ droppedCapabilities }) => show(first(knownItems(droppedCapabilities))));
    assert.deepEqual(dropped, [
      '{"text":"ALL","name":"ALL"} at ALL (11)',
      '{"text":"ALL","name":"ALL"} at ALL (11), alias *hard (14)',
      '{"text":"ALL","name":"ALL"} at ALL (11), alias *drop (20)',
      '{"text":"ALL","name":"ALL"} at ALL (11), merge-key *hard (22)',
    ]);
  });

  it('bring whole containers and pod specs', () => {
    const text = `apiVersion: v1
kind: List
items:
- {apiVersion: v1, kind: Pod, metadata: {name: a}, spec: &spec {hostPID: true, containers: [&c {name: x, image: y}, *c]}}
- {apiVersion: v1, kind: Pod, metadata: {name: b}, spec: *spec}
`;
    const { workloads, containers, show } = read(text);
    assert.deepEqual(
      workloads.map(({ hostPid }) => show(hostPid)),
      ['true at true (4)', 'true at true (4), alias *spec (5)'],
    );
    assert.deepEqual(
      containers.map(({ image }) => show(image).replace(/^.* at /, '')),
      ['y (4)', 'y (4), alias *c (4)', 'y (4), alias *spec (5)', 'y (4), alias *spec (5), alias *c (4)'],
    );
  });

  it('put the alias behind the step from the pod to its container', () => {
    const { containers, show } = read(
      pod('  x: &s {runAsUser: 0}\n  securityContext: *s\n  containers:\n  - name: a\n'),
    );
    assert.equal(show(first(containers).user), '{"text":"0","uid":0} at 0 (6), pod-default a (9), alias *s (7)');
  });
});

describe('the images of a pod', () => {
  it('are those of all its containers and of its image volumes', () => {
    const { images, show } = read(
      pod(`  containers:
  - {name: a, image: nginx}
  initContainers: [{name: b, image: "ghcr.io/x/y:1@sha256:00"}]
  ephemeralContainers: [{name: c, image: registry.host:5000/app}]
  volumes:
  - name: models
    image: {reference: quay.io/m:2}
  - {name: e, image: {}}
`),
    );
    assert.deepEqual(
      images.map(({ format, role, reference }) => [format, role, show(reference).replace(/^.*? at /, '')]),
      [
        ['kubernetes', 'container', '"ghcr.io/x/y:1@sha256:00" (8)'],
        ['kubernetes', 'container', 'nginx (7)'],
        ['kubernetes', 'container', 'registry.host:5000/app (9)'],
        ['kubernetes', 'volume', 'quay.io/m:2 (12)'],
      ],
    );
  });

  it('have tag and name where they are written', () => {
    const { images, under } = read(pod("  containers:\n  - {name: a, image: 'registry.host:5000/app:latest'}\n"));
    const { reference } = first(images);
    assert.ok(reference.kind === 'known' && reference.value.tagAt !== undefined);
    assert.equal(reference.value.registry, 'registry.host:5000');
    assert.equal(under(reference.value.nameAt), 'registry.host:5000/app (7)');
    assert.equal(under(reference.value.tagAt), 'latest (7)');
  });

  for (const image of [
    '${IMAGE}',
    '$(IMAGE)',
    '<your-image>',
    'repo/<name>:1',
    'IMAGE_NAME',
    'ko://github.com/x/y',
    'app:${TAG}',
    'app:%TAG%',
    '@@image@@',
    '"{{ .Values.image }}:1"',
    '"{{ .Values.image }}"',
    '"a b"',
    '12',
  ]) {
    it(`cannot be told from ${image}`, () => {
      const { images, containers } = read(pod(`  containers:\n  - name: a\n    image: ${image}\n`));
      assert.equal(first(images).reference.kind, 'unknown');
      assert.equal(first(containers).complete, true);
    });
  }
});
