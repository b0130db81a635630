import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { PublishedPort } from '../../../src/model/workload.js';
import { at, type Compose, container, readCompose, readWeb, show } from './compose.js';

function range(ports: PublishedPort['hostPorts'] | PublishedPort['containerPorts']): string {
  return typeof ports === 'string' ? ports : ports.from === ports.to ? `${ports.from}` : `${ports.from}-${ports.to}`;
}

/** `address | host ports @source | container ports/protocol`, one for each port. */
function ports(compose: Compose, name = 'web'): readonly string[] {
  return container(compose, name).publishedPorts.map(
    (port) =>
      `${show(compose, port.hostAddress)} | ${range(port.hostPorts)} @${at(compose, port.hostPortsAt)} | ${range(port.containerPorts)}/${port.protocol}`,
  );
}

describe('Compose ports', () => {
  const short: readonly (readonly [written: string, ...expected: readonly string[]])[] = [
    ['80', '- @80 | random @80 | 80/tcp'],
    ['"80"', '- @"80" | random @"80" | 80/tcp'],
    ['0x50', '- @0x50 | random @0x50 | 80/tcp'],
    ['010', '- @010 | random @010 | 8/tcp'],
    ['22:22', '- @22:22 | 22 @22 | 22/tcp'],
    ['8000-8002', '- @8000-8002 | random @8000-8002 | 8000-8002/tcp'],
    ['8080:80/udp', '- @8080:80/udp | 8080 @8080 | 80/udp'],
    ['"8080:80/TCP/x"', '- @"8080:80/TCP/x" | 8080 @8080 | 80/tcp'],
    ['8000-8001:80-81', '- @8000-8001:80-81 | 8000-8001 @8000-8001 | 80-81/tcp'],
    ['8000-9000:80', '- @8000-9000:80 | random @8000-9000 | 80/tcp'],
    ['0:80', '- @0:80 | random @0 | 80/tcp'],
    ['127.0.0.1:8080:80', '127.0.0.1 @127.0.0.1 | 8080 @8080 | 80/tcp'],
    ["'0.0.0.0::80'", '0.0.0.0 @0.0.0.0 | random @ | 80/tcp'],
    ['":8080:80"', ' @ | 8080 @8080 | 80/tcp'],
    ['"[::1]:8080:80/sctp"', '::1 @[::1] | 8080 @8080 | 80/sctp'],
    ['"[127.0.0.1]:8080:80"', '127.0.0.1 @[127.0.0.1] | 8080 @8080 | 80/tcp'],
    ['"[::]:8080:80"', ':: @[::] | 8080 @8080 | 80/tcp'],
    ['${IP}:8080:80', '? @${IP} | 8080 @8080 | 80/tcp'],
    ['"${IP:?no address: set it}:8080:80"', '? @${IP:?no address: set it} | 8080 @8080 | 80/tcp'],
    ['${IP:-127.0.0.1}:8080:80', '127.0.0.1 @127.0.0.1 | 8080 @8080 | 80/tcp'],
    ['"${IP:-0.0.0.0}:8080:80"', '0.0.0.0 @0.0.0.0 | 8080 @8080 | 80/tcp'],
    ['${IP:-}:8080:80', ' @${IP:-} | 8080 @8080 | 80/tcp'],
    ['8080:${PORT:-80}', '- @8080:${PORT:-80} | 8080 @8080 | 80/tcp'],
    ['${PORT}:80', '? @${PORT} | unknown @${PORT} | 80/tcp'],
    ['1${PORT}:80', '- @1${PORT}:80 | unknown @1${PORT} | 80/tcp'],
    ['${ALL}', '? @${ALL} | unknown @${ALL} | unknown/tcp'],
    ['${BOTH}:80', '? @${BOTH} | 81 @${BOTH} | 80/tcp'],
    ['{ target: 80 }', '- @target | random @80 | 80/tcp'],
    ['{ target: "80", published: 8080-8081, protocol: UDP }', '- @target | random @8080-8081 | 80/udp'],
    ['{ target: 80, published: 8080, host_ip: 127.0.0.1 }', '127.0.0.1 @127.0.0.1 | 8080 @8080 | 80/tcp'],
    ['{ target: 80, published: "${P:-8080}", host_ip: "" }', ' @"" | 8080 @"${P:-8080}" | 80/tcp'],
  ];
  for (const [written, ...expected] of short) {
    it(`reads ${written}`, () => {
      assert.deepEqual(ports(readWeb(['ports:', `  - ${written}`], { dotenv: 'BOTH=0.0.0.0:81' })), expected);
    });
  }

  const refused = [
    'localhost:80:80',
    '127.1:80:80',
    '127.0.0.1:80',
    '"::1:80:80"',
    '"[::1]:80"',
    '"[x]:80:80"',
    '"[fe80::1%eth0]:80:80"',
    '"[1::2::3]:80:80"',
    '"[12345::1]:80:80"',
    '01.2.3.4:80:80',
    '80-90:80-85',
    '90-80',
    '70000:80',
    '80/icmp',
    '"{{ port }}:80"',
    '{ target: 80, published: "127.0.0.1:8080" }',
    '{ published: 80 }',
    '[80]',
  ];
  for (const written of refused) {
    it(`leaves out ${written}, which Compose refuses`, () => {
      assert.deepEqual(ports(readWeb(['ports:', `  - ${written}`, '  - 1:2'])), ['- @1:2 | 1 @1 | 2/tcp']);
    });
  }

  it('publishes nothing on the network of the host, and knows that it could', () => {
    const compose = readWeb(['network_mode: host', 'ports: [80:80]']);
    assert.deepEqual(ports(compose), []);
    assert.equal(compose.file.subjects.workload?.[0]?.reachableWithoutHostNetwork, true);
  });

  it('sees that all networks of the service bind to the loopback', () => {
    const compose = readCompose(`services:
  web: {image: a, ports: ["80:80", "0.0.0.0:81:81"]}
  other: {image: a, ports: ["80:80"], networks: [default, open]}
networks:
  default: {driver_opts: {com.docker.network.bridge.host_binding_ipv4: 127.0.0.1}}
  open: {}
`);
    assert.deepEqual(ports(compose), ['127.0.0.1 @127.0.0.1 | 80 @80 | 80/tcp', '0.0.0.0 @0.0.0.0 | 81 @81 | 81/tcp']);
    assert.deepEqual(ports(compose, 'other'), ['- @"80:80" | 80 @80 | 80/tcp']);
  });

  it('publishes nothing where all networks are internal', () => {
    const compose = readCompose(`services:
  web: {image: a, ports: ["80:80"]}
  both: {image: a, ports: ["80:80"], networks: [default, other]}
  open: {image: a, ports: ["80:80"], networks: {default: , outside: }}
  unknown: {image: a, ports: ["80:80"], networks: [default, "\${OTHER}"]}
networks:
  default: {internal: true}
  other: {internal: "yes"}
`);
    const each = ['web', 'both', 'open', 'unknown'].map((name) => ports(compose, name).length);
    assert.deepEqual(each, [0, 0, 1, 1]);
    assert.equal(compose.file.subjects.workload?.[0]?.reachableWithoutHostNetwork, true);
  });

  it('gives the place of the port of the container', () => {
    const compose = readWeb(['ports: [80, 0x50, "81/udp", "1:82", 2-3:83-84/tcp, {target: "85"}]']);
    const places = container(compose).publishedPorts.map((port) => at(compose, port.containerPortsAt));
    assert.deepEqual(places, ['80', '0x50', '81', '82', '83-84', '"85"']);
  });

  it('gives the exact offset of an address inside quotes', () => {
    const compose = readWeb(['ports: ["0.0.0.0:80:80"]']);
    const port = container(compose).publishedPorts[0];
    assert.equal(port?.hostAddress.at.span.start, compose.text.indexOf('0.0.0.0'));
    assert.equal(at(compose, port.at), '"0.0.0.0:80:80"');
  });
});
