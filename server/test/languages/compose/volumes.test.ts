import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { type Compose, readCompose, readWeb, show, workload } from './compose.js';

function mounts(compose: Compose): readonly string[] {
  return workload(compose).hostMounts.map(
    (mount) =>
      `${mount.written}${mount.name === undefined ? '' : ` ${mount.name}`}: ${show(compose, mount.source)}, ${mount.readOnly === true ? 'ro' : mount.readOnly === false ? 'rw' : 'ro?'}${mount.removable ? '' : ', stays'}`,
  );
}

describe('Compose host mounts', () => {
  const table: readonly (readonly [written: string, ...expected: readonly string[]])[] = [
    ['/var/run/docker.sock'],
    ['/var/run/docker.sock:/x', 'volume: /var/run/docker.sock @/var/run/docker.sock, rw'],
    ['/var//run/./docker.sock/:/x:z,ro', 'volume: /var/run/docker.sock @/var//run/./docker.sock/, ro'],
    ['"/a/../etc:/x:rw"', 'volume: /etc @/a/../etc, rw'],
    ['/:/host', 'volume: / @/, rw'],
    ['.:/app', 'volume: ./ @., rw'],
    ['../../x:/app', 'volume: ../../x @../../x, rw'],
    ['~/.ssh/:/s:ro', 'volume: ~/.ssh @~/.ssh/, ro'],
    ['C:\\data:/d', 'volume: C:\\data @C:\\data, rw'],
    [
      "'\\\\.\\pipe\\docker_engine:\\\\.\\pipe\\docker_engine'",
      'volume: \\\\.\\pipe\\docker_engine @\\\\.\\pipe\\docker_engine, rw',
    ],
    ['a:/data'],
    ['data:/data'],
    ['docker.sock:/data'],
    ['":/x"'],
    ['${SOCK:-/var/run/docker.sock}:/x', 'volume: /var/run/docker.sock @/var/run/docker.sock, rw'],
    ['${DIR}:/x', 'volume: ? @${DIR}, rw'],
    ['./${DIR}/y:/x:${MODE}', 'volume: ? @./${DIR}/y, ro?'],
    ['"${DIR:?set DIR: a path}:/x:ro"', 'volume: ? @${DIR:?set DIR: a path}, ro'],
    ['"/etc:${TARGET:?a:b}:ro"', 'volume: /etc @/etc, ro'],
    ['${HOME}/.kube:/x', 'volume: ~/.kube @${HOME}/.kube, rw'],
    ['$PWD/a:/x', 'volume: ./a @$PWD/a, rw'],
    ['$XDG_RUNTIME_DIR/docker.sock:/x', 'volume: /run/user/$UID/docker.sock @$XDG_RUNTIME_DIR/docker.sock, rw'],
    ['"{{ dir }}:/x"'],
    ['{ type: bind, source: /etc/, target: /e, read_only: "true" }', 'volume: /etc @/etc/, ro'],
    ['{ type: bind, source: data, target: /e }', 'volume: ./data @data, rw'],
    ['{ type: bind, source: /etc, target: /e, read_only: "${RO}" }', 'volume: /etc @/etc, ro?'],
    [
      '{ type: npipe, source: "//./pipe/docker_engine", target: x }',
      'volume: //./pipe/docker_engine @//./pipe/docker_engine, rw',
    ],
    ['{ type: tmpfs, target: /tmp }'],
    ['{ type: volume, source: /etc, target: /e }'],
  ];
  for (const [written, ...expected] of table) {
    it(`reads ${written}`, () => {
      assert.deepEqual(mounts(readWeb(['volumes:', `  - ${written}`])), expected);
    });
  }

  it('finds the host path behind a named volume', () => {
    const compose = readCompose(`services:
  web:
    image: a
    volumes:
      - etc:/x:ro
      - { type: volume, source: run, target: /y }
      - plain:/z
      - plugin:/p
volumes:
  etc: { driver_opts: { type: none, o: bind, device: /etc/ } }
  run: { driver_opts: { o: "rbind,ro", device: "\${RUN:-/run}" } }
  plain: { driver_opts: { type: nfs, o: addr=1.2.3.4, device: ":/etc" } }
  plugin: { driver: local-persist, driver_opts: { mountpoint: /opt/x } }
`);
    assert.deepEqual(mounts(compose), [
      'driver_opts etc: /etc @/etc/, ro, stays',
      'driver_opts run: /run @/run, ro, stays',
      'driver_opts plugin: /opt/x @/opt/x, rw, stays',
    ]);
  });

  it('counts the socket that Compose itself binds', () => {
    const expected = ['use_api_socket: /var/run/docker.sock @true, rw'];
    assert.deepEqual(mounts(readWeb(['use_api_socket: true'])), expected);
    assert.deepEqual(mounts(readWeb(['use_api_socket: false'])), []);
  });

  it('keeps the variables of a path that is not known', () => {
    const [mount] = workload(readWeb(['volumes: ["$A/docker.sock:/x:ro"]'])).hostMounts;
    assert.equal(mount?.sourceText?.value, '$A/docker.sock');
  });
});
