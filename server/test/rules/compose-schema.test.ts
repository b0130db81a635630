// What the rule schema-violation says of Compose files, held against Compose itself where that is installed.
import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { before, describe, it } from 'mocha';
import { lint } from '../support/lint.js';

/** Debian's package of that name. */
const command = 'docker-compose';
/** The version of Compose that the verdicts were seen with. Another one may know more keys. */
const compared = '2.26.';

interface Snippet {
  /** What is wrong stands between `«` and `»`. */
  readonly text: string;
  /** `newer`: the compared version does not know what later ones do. `unsaid`: it is refused, and nothing is said. */
  readonly but?: 'newer' | 'unsaid';
}

/** Snippets are what stands below a service with an image, a line for each; those in `files` are whole files. */
const accepted: readonly string[] = [
  'privileged: true',
  'privileged: "true"',
  'privileged: yes',
  'privileged: "Yes"',
  'privileged: on',
  'privileged: n',
  'privileged: tRUE',
  'privileged: ${PRIVILEGED:-false}',
  'tty: !override true',
  'hostname: no',
  'hostname: 1:20',
  'hostname: !!str 12',
  'hostname: 1.2.3',
  'hostname: "12"',
  'hostname: ${NUMBER:-12}',
  'hostname: =',
  'hostname: !override 12',
  'hostname: !reset 12',
  'ports: [80, "80", "81:80", { target: 80, published: 82 }]',
  'ports: [80, 80]',
  'ports: [{ target: "80", published: "82-84", protocol: tcp, mode: host, x-note: a }]',
  'expose: [80, "81-82"]',
  'command: null',
  'command:',
  'command: []',
  'command: sleep 1',
  'command: [sleep, "1"]',
  'entrypoint: ""',
  'environment: {}',
  'environment: { A: 1, B: true, C: 1.5, D: null, E: text, x-y: 1 }',
  'environment: [A=1, B]',
  'environment: [A=1, A=1]',
  'labels: { a.b/c: true }',
  'labels: [a, a]',
  'annotations: { a: 1 }',
  'sysctls: { net.core.somaxconn: 1024 }',
  'dns: 9.9.9.9',
  'dns: [9.9.9.9, 9.9.9.9]',
  'dns_opt: [a, a]',
  'tmpfs: /run',
  'tmpfs: [/run, /tmp]',
  'cap_add: [NET_ADMIN, NET_ADMIN]',
  'cap_drop: []',
  'security_opt: [label=disable, "no-new-privileges:true"]',
  'group_add: [1, "1", audio]',
  'user: "1000"',
  'cpus: 0.5',
  'cpus: "0.5"',
  'cpu_percent: 100',
  'cpu_count: 2.0',
  'mem_limit: 512m',
  'mem_limit: 536870912',
  'pids_limit: -1',
  'oom_score_adj: -1000',
  'shm_size: 1gb',
  'scale: 0o2',
  'scale: "2"',
  'pull_policy: always',
  'stop_grace_period: 1m30s',
  'stop_grace_period: "0"',
  'restart: no',
  'restart: unless-stopped',
  'ulimits: { nofile: 1024, nproc: { soft: 1, hard: "2" } }',
  'ulimits: { no_file: 1 }',
  'logging: { driver: json-file, options: { max-file: 3, max-size: 10m, tag: null } }',
  'healthcheck: { test: curl, retries: 3, interval: 30s, disable: "no" }',
  'healthcheck: { test: [CMD, curl] }',
  'deploy:',
  'deploy: { replicas: 2, resources: { limits: { cpus: 1, memory: 1g, pids: "5" } } }',
  'deploy: { resources: { reservations: { devices: [{ capabilities: [gpu], count: all }] } } }',
  'deploy: { update_config: { order: start-first, max_failure_ratio: 0.1 } }',
  'networks: { default: { aliases: [a], priority: 1000 } }',
  'networks: { default: }',
  'depends_on: []',
  'volumes: ["/a:/b:ro", { type: bind, source: /a, target: /c, bind: { create_host_path: yes } }]',
  'volumes: [{ type: tmpfs, target: /t, tmpfs: { size: 1000, mode: 0755 } }]',
  'devices: [/dev/a]',
  'extra_hosts: { a: 10.0.0.1, b: [10.0.0.2, 10.0.0.3] }',
  'extra_hosts: ["a:10.0.0.1"]',
  'build: .',
  'build: { context: ., args: { A: 1 }, no_cache: on, x-note: a }',
  'build: { context: ., ulimits: { nofile: 5 }, tags: [a, a] }',
  'blkio_config: { weight: 300, device_read_bps: [{ path: /dev/a, rate: 1mb }] }',
  'storage_opt: { size: 1G }',
  'develop:',
  'develop: { watch: [{ path: ., action: rebuild, ignore: [a] }] }',
  'x-anything: [{ a: { b: 1 } }]',
  '<<: { hostname: a }',
  'ports: [80, "8080:80", "0:80", ":80", "::80", ":80:80", "127.0.0.1::80", "[::1]:81:80", "1.2.3.4:8000-8001:80-81/UDP"]',
  'ports: ["8000-8005:80", "080:80", "80/", "80:80/tcp/udp", "80:80//x", "80-81-82", 0x50, 010, "${PORT:-8080}:80"]',
  'ports: [{ target: 80, published: a }, { target: "443", protocol: a }]',
  'volumes: ["x:", ":", " ", "::", "/a:/b:ro,z", "/a:/b:,", "/a:/b: ", "/a:b", "C:/a", "C:/a:/b", "C:/a:D:/b:ro"]',
  'volumes: [{ type: bind, source: "", target: /a }, { type: volume, target: "" }, { type: npipe, target: /b }]',
  'mem_limit: 1kib',
  'mem_limit: "1 gb"',
  'mem_limit: "1.5"',
  'mem_limit: -1',
  'shm_size: 1B',
  'stop_grace_period: -1h2.5m',
  'stop_grace_period: .5s',
  'healthcheck: { interval: 1us, timeout: 5µs }',
  'cpus: ".5"',
  'cpus: "1e3"',
  'cpus: "1_0"',
  'cpu_percent: "5"',
  'scale: "010"',
  'scale: "+1"',
  'ulimits: { nofile: "-1" }',
  'deploy: { resources: { reservations: { devices: [{ capabilities: [gpu], count: ALL }] } } }',
  'logging: { options: { timeout: "30", interval: x, memory: y } }',
  'extra_hosts: ["a:1.1.1.1", "b=1.1.1.1", "c:", "a=1.1.1.1"]',
  'healthcheck: { test: [] }',
  'healthcheck: { test: [NONE, a] }',
  'healthcheck: { test: "" }',
  'build: { context: ., dockerfile: "", dockerfile_inline: FROM a }',
  'labels: { "1": a, !!str 2: b, yes: c, 1.2.3: d }',
  'labels: { <<: { 1: a } }',
  '<<: []',
];

const newer: readonly string[] = [
  'gpus: [{ driver: nvidia, count: 1, anything: 1 }]',
  'provider: { type: a, options: { b: [1, c], d: true } }',
  'models: [a, b]',
  'models: { a: { endpoint_var: A }, b: {} }',
  'use_api_socket: true',
  'pull_policy: every_12h',
  'pre_start: [{ image: a, command: b, user: c }]',
  'build: { context: ., provenance: mode=max, sbom: true, entitlements: [a] }',
  'build: { context: ., provenance: false }',
  'develop: { watch: [{ path: ., action: sync+exec, exec: { command: a }, initial_sync: true, target: /a }] }',
  'networks: { default: { interface_name: eth0, gw_priority: 1 } }',
  'volumes: [{ type: image, source: a, target: /b, image: { subpath: c } }]',
  'volumes: [{ type: volume, source: a, target: /b, volume: { labels: { c: d } } }]',
  'pull_refresh_after: 24h',
];

const acceptedFiles: readonly string[] = [
  'version: "3.8"\nservices: { web: { image: a } }\n',
  'name: shop\nx-note: 1\nservices: { web: { image: a } }\n',
  'services: { web: { image: a } }\nvolumes: { a: , b: { driver: local, driver_opts: { o: 1 }, external: false } }\n',
  'services: { web: { image: a } }\nnetworks: { a: { external: { name: b } }, c: { internal: "true", x-note: 1 } }\n',
  'services: { web: { image: a } }\nnetworks: { a: { ipam: { config: [{ subnet: 10.0.0.0/8 }] } } }\n',
  'services: { web: { image: a } }\nsecrets: { a: { file: ./a } }\nconfigs: { b: { content: c } }\n',
  'services: { web: { image: a, secrets: [b, { source: b, mode: 0440 }] } }\nsecrets: { b: { environment: A } }\n',
  'services:\n  web: { image: a }\n  db: { image: b, depends_on: { web: { condition: service_started } } }\n',
  'services:\n  web: { image: a }\n  db: { image: b, extends: { service: web } }\n',
  'x-common: &common\n  imagee: a\nservices:\n  web:\n    image: b\n    x-copy: *common\n',
  'services:\n  base: { image: a, ports: ["80"] }\n  web:\n    image: b\n    extends: base\n    ports:\n',
  'services: { web: { image: a } }\nsecrets: { a: { external: true, file: b }, b: { file: "" } }\n',
  'services: { web: { image: a } }\nconfigs: { a: { external: true, content: b }, b: { external: false }, c: { content: "" } }\n',
  'services: { web: { image: a } }\nnetworks: { a: { external: true, driver: b, labels: [c=d] } }\n',
  'services: { web: { image: a } }\nvolumes: { a: { external: false, driver: b }, b: { external: true, name: c, x-a: d }, c: { external: { name: a }, name: a } }\n',
  'services:\n  web: { image: a }\n---\nservices:\n  web:\n',
  'services:\n  web: { image: a, group_add: [1], cap_add: [a] }\n---\nservices:\n  web: { group_add: ["1"], cap_add: [a] }\n',
  'services:\n  web: { image: a, group_add: [b] }\n---\nservices:\n  web: { group_add: !override [b] }\n',
  'services:\n  web: { image: a, depends_on: { db: { condition: service_started } } }\n  db: { image: b }\n---\nservices:\n  web: { image: c, depends_on: { db: { restart: true } } }\n',
];

const newerFiles: readonly string[] = [
  'services: { web: { image: a } }\nmodels: { llm: { model: a, context_size: 1024, runtime_flags: [b] } }\n',
  'services: { web: { image: a } }\nnetworks: { a: { enable_ipv4: false } }\n',
];

const refused: readonly string[] = [
  '«imgae»: nginx',
  '«enviroment»: { A: 1 }',
  '«Ports»: ["80"]',
  '«container-name»: web',
  '«dependsOn»: [db]',
  '«limits»: { cpus: 1 }',
  '«replicas»: 2',
  '«context»: .',
  '«x_note»: 1',
  '«constructor»: 1',
  'ports: «"80:80"»',
  'ports: «80»',
  '«ports»: { web: 80 }',
  '«ports»:',
  'ports: [«true»]',
  'ports: [{ «port»: 80 }]',
  'ports: [{ target: «true» }]',
  'expose: [«true»]',
  'expose: «80»',
  '«environment»:',
  'environment: «A=1»',
  'environment: [{ «A»: 1 }]',
  'environment: [«1»]',
  'environment: { «A»: [1] }',
  'environment: { «A»: { b: c } }',
  'environment: { «""»: a }',
  'labels: «true»',
  'labels: { «a»: {} }',
  'command: «1»',
  '«command»: { a: b }',
  'command: [sleep, «1»]',
  'entrypoint: [«true»]',
  'hostname: «12»',
  'hostname: «1.5»',
  'hostname: «true»',
  'hostname: «1_000»',
  'hostname: «0x1F»',
  'hostname: «0b11»',
  'hostname: «08»',
  'hostname: «1e3»',
  'hostname: «+5»',
  '«hostname»: ~',
  '«hostname»: [a]',
  'working_dir: «1»',
  'privileged: «maybe»',
  'privileged: «1»',
  'privileged: «"1"»',
  'privileged: «t»',
  'privileged: «""»',
  'privileged: «${PRIVILEGED:-maybe}»',
  '«privileged»: []',
  'read_only: «ro»',
  'init: «2»',
  '«cap_add»: { a: b }',
  'cap_add: «NET_ADMIN»',
  'cap_drop: [«1»]',
  'cap_drop: [ALL, «null»]',
  'security_opt: «label=disable»',
  'security_opt: [a, «a»]',
  'group_add: [1, «1»]',
  'volumes_from: [a, b, «a»]',
  'cpus: «true»',
  '«cpus»: []',
  'cpu_percent: «101»',
  'cpu_count: «-1»',
  'cpu_count: «1.5»',
  'oom_score_adj: «2000»',
  '«mem_limit»: {}',
  'pids_limit: «true»',
  'scale: «1.5»',
  'pull_policy: «sometimes»',
  'stop_grace_period: «30»',
  'stop_grace_period: «"30"»',
  'restart: «false»',
  'cgroup: «shared»',
  'ulimits: { nofile: { «soft»: 1 } }',
  'ulimits: { nofile: { soft: 1, hard: 1, «hrad»: 1 } }',
  'ulimits: { nofile: «true» }',
  'logging: { driver: a, «option»: {} }',
  'logging: { options: { a: «true» } }',
  'healthcheck: { test: curl, interval: «30» }',
  'healthcheck: { test: curl, interval: «"30"» }',
  'healthcheck: { «cmd»: curl }',
  'healthcheck: «curl»',
  'healthcheck: { retries: «true» }',
  'deploy: { «replica»: 1 }',
  'deploy: { replicas: «1.5» }',
  'deploy: { replicas: «many» }',
  'deploy: { resources: { limits: { memory: «1024» } } }',
  'deploy: { resources: { limits: { «cpu»: 1 } } }',
  'deploy: { resources: { reservations: { devices: [{ «driver»: nvidia }] } } }',
  'deploy: { resources: { reservations: { devices: [{ capabilities: [gpu, «gpu»] }] } } }',
  'deploy: { update_config: { order: «start-frist» } }',
  'networks: «default»',
  'networks: { default: { «alias»: [a] } }',
  'networks: { «a b»: }',
  'depends_on: «db»',
  'depends_on: { web: { condition: «healthy» } }',
  'depends_on: { web: { «restart»: true } }',
  'depends_on: { web: «{}» }',
  'depends_on: [web, «web»]',
  'depends_on: { web: { condition: service_started, «requires»: true } }',
  'volumes: «/a:/b»',
  'volumes: [{ «source»: /a, target: /b }]',
  'volumes: [{ type: bind, source: /a, target: /b, «readonly»: true }]',
  'volumes: [{ type: bind, source: /a, target: /b, bind: { selinux: «y» } }]',
  'volumes: [{ type: tmpfs, target: /t, tmpfs: { size: «-1» } }]',
  'devices: [«1»]',
  'extra_hosts: { a: «1» }',
  'build: «1»',
  'build: { context: ., «dockerFile»: a }',
  'build: { context: ., «image»: a }',
  'build: { context: ., args: «A=1» }',
  'build: { context: ., target: «1» }',
  'blkio_config: { «x-note»: 1 }',
  'env_file: [{ «pth»: ./a }]',
  'env_file: [«1»]',
  'develop: { watch: [{ path: ., action: «rebuilt» }] }',
  'develop: { watch: [{ «action»: rebuild }] }',
  '<<: { «hostnam»: a }',
  'ports: ["«a»"]',
  'ports: ["«80:»"]',
  'ports: [«""»]',
  'ports: ["«/tcp»"]',
  'ports: ["«70000»"]',
  'ports: [«70000»]',
  'ports: [«0»]',
  'ports: [«-1»]',
  'ports: ["«0»"]',
  'ports: ["80:«70000»"]',
  'ports: ["«99999»:80"]',
  'ports: ["«80-82:80-83»"]',
  'ports: ["«80:80-81»"]',
  'ports: ["«82-80»"]',
  'ports: ["127.0.0.1:80:«x»"]',
  'ports: ["[::1]:«x»:80"]',
  'ports: ["80/«foo»"]',
  'ports: ["80:80/« tcp»/udp"]',
  'ports: ["80:«80 »"]',
  'ports: ["80:«0x50»"]',
  'ports: ["«-80»"]',
  'ports: ["«80-»"]',
  'ports: ["«::»"]',
  'ports: ["«http://80»"]',
  'ports: ["${PORT:-«70000»}:80"]',
  'ports: [{ «published»: 80 }]',
  'ports: [«{}»]',
  'ports: [{ target: «x» }]',
  'ports: [{ target: «80-81» }]',
  'volumes: [«""»]',
  'volumes: ["«:»/x"]',
  'volumes: ["x:/y«:»"]',
  'volumes: ["/x«:»"]',
  'volumes: [".:/a:ro«:z»"]',
  'volumes: ["x:/y:rw«:»"]',
  'volumes: ["C:/a:/b:ro«:z»"]',
  'volumes: ["/x:«:»/y"]',
  'volumes: [{ «type»: bind, source: /x }]',
  'volumes: [{ «type»: bind, target: /x }]',
  'volumes: [{ «type»: tmpfs }]',
  'mem_limit: «x»',
  'mem_limit: «5x»',
  'mem_limit: «"1g "»',
  'mem_limit: «"1  g"»',
  'mem_limit: «1bb»',
  'mem_limit: «""»',
  'mem_limit: «50%»',
  'memswap_limit: «-1g»',
  'shm_size: «"1 q"»',
  'mem_limit: «${LIMIT:-x}»',
  'deploy: { resources: { limits: { memory: «lots» } } }',
  'deploy: { resources: { limits: { cpus: «50%» } } }',
  'deploy: { resources: { limits: { pids: «"1.5"» } } }',
  'deploy: { resources: { reservations: { devices: [{ capabilities: [gpu], count: «any» }] } } }',
  'build: { context: ., shm_size: «x» }',
  'build: { context: ., ulimits: { nofile: «x» } }',
  'volumes: [{ type: tmpfs, target: /x, tmpfs: { size: «50%» } }]',
  'volumes: [{ type: tmpfs, target: /x, tmpfs: { mode: «rw» } }]',
  'stop_grace_period: «x»',
  'stop_grace_period: «""»',
  'stop_grace_period: «5S»',
  'stop_grace_period: «1m5»',
  'stop_grace_period: «1 s»',
  'healthcheck: { timeout: «5 bananas» }',
  'deploy: { restart_policy: { delay: «soon» } }',
  'deploy: { update_config: { monitor: «1x» } }',
  'scale: «x»',
  'scale: «"1.5"»',
  'scale: «""»',
  'scale: «5s»',
  'scale: «${SCALE:-x}»',
  'pids_limit: «${PIDS:-0x50}»',
  'cpu_shares: «${SHARES:-1_000}»',
  'cpus: «x»',
  'cpus: «"1,5"»',
  'cpus: «""»',
  'cpu_period: «x»',
  'oom_score_adj: «low»',
  'healthcheck: { retries: «x» }',
  'deploy: { update_config: { parallelism: «x», max_failure_ratio: «y» } }',
  'ulimits: { nofile: «unlimited» }',
  'ulimits: { nofile: { soft: «x», hard: 1 } }',
  'blkio_config: { weight: «x», device_read_bps: [{ path: /a, rate: «y» }] }',
  'extra_hosts: [«a»]',
  'extra_hosts: ["a:1.1.1.1", «"a:1.1.1.1"»]',
  'build: { context: ., extra_hosts: [«a»] }',
  'networks: [default, «default»]',
  'labels: { «1»: a }',
  'environment: { «true»: a, «1.5»: b, «~»: c, «0x1»: d }',
  'logging: { options: { «1»: a } }',
  'x-a: [{ «1»: { «2»: a } }]',
];

const refusedFiles: readonly string[] = [
  'version: «3.8»\nservices: { web: { image: a } }\n',
  'name: «12»\nservices: { web: { image: a } }\n',
  '«service»: { web: { image: a } }\n',
  '«web»:\n  image: a\n',
  'services: { web: { image: a } }\n«x_note»: 1\n',
  'services: { web: { image: a } }\n«volume»: { a: }\n',
  '«services»: [web]\n',
  'services: «web»\n',
  'services:\n  web: «nginx»\n',
  'services:\n  «web»: [nginx]\n',
  'services:\n  «my web»: { image: a }\n',
  'services: { x-web: { «imagee»: a } }\n',
  'services: { web: { image: a } }\n«volumes»:\n',
  'services: { web: { image: a } }\nvolumes: { «a b»: }\n',
  'services: { web: { image: a } }\nvolumes: { a: «local» }\n',
  'services: { web: { image: a } }\n«volumes»: [a]\n',
  'services: { web: { image: a } }\nvolumes: { a: { «drivers»: local } }\n',
  'services: { web: { image: a } }\nvolumes: { a: { external: «maybe» } }\n',
  'services: { web: { image: a } }\nnetworks: { a: { internal: «1» } }\n',
  'services: { web: { image: a } }\nnetworks: { a: { ipam: { config: [{ subnet: 10.0.0.0/8, «gatway»: a }] } } }\n',
  'services: { web: { image: a } }\nnetworks: { a: { driver_opts: { b: «true» } } }\n',
  'services: { web: { image: a } }\nsecrets: { a: «./a» }\n',
  'services: { web: { image: a } }\nsecrets: { a: { file: ./a, «mode»: 1 } }\n',
  'services: { web: { image: a } }\nconfigs: { a: { content: «1» } }\n',
  'services: { web: { image: a, configs: [{ source: b, uid: «1» }] } }\nconfigs: { b: { content: c } }\n',
  'x-common: &common\n  «imagee»: a\nservices:\n  web:\n    <<: *common\n  db:\n    <<: *common\n',
  'x-logging: &logging\n  driver: «1»\nservices:\n  web: { image: a, logging: *logging }\n  db: { image: b, logging: *logging }\n',
  'services:\n  web:\n    image: a\n---\nservices:\n  web:\n    «hostnam»: b\n',
  'services:\n  «web»:\n',
  'services:\n  «web»: ~\n  db: { image: a }\n',
  'services:\n  «web»:\n---\nservices:\n  web: { image: a }\n',
  'services: { «5»: { image: a }, «true»: { image: b } }\n',
  'x-a: { b: &b { «1»: c } }\nservices: { web: { image: a, labels: *b } }\n',
  '«5»: a\nservices: { web: { image: a } }\n',
  'services: { web: { image: a } }\nsecrets: { «a»: {} }\n',
  'services: { web: { image: a } }\nsecrets: { «a»: { name: b } }\n',
  'services: { web: { image: a } }\nsecrets: { a: { file: a, «environment»: b } }\n',
  'services: { web: { image: a } }\nsecrets: { a: { external: true, file: a, «environment»: b } }\n',
  'services: { web: { image: a } }\nconfigs: { a: { content: b, «file»: a } }\n',
  'services: { web: { image: a } }\nconfigs: { «a»: { name: b } }\n',
  'services: { web: { image: a } }\nvolumes: { a: { external: true, «driver»: b } }\n',
  'services: { web: { image: a } }\nvolumes: { a: { external: { name: b }, «labels»: [] } }\n',
  'services: { web: { image: a } }\nvolumes: { a: { external: { name: «b» }, name: c } }\n',
  'services: { web: { image: a } }\nnetworks: { a: { external: { name: «b» }, name: c } }\n',
  'services:\n  base: { image: a, group_add: [a] }\n  web: { extends: base, group_add: [b, «a»] }\n',
  'services:\n  web: { image: a, volumes_from: ["container:a"] }\n---\nservices:\n  web: { volumes_from: [«"container:a"»] }\n',
];

/** Refused too, but by what is no schema, or where later versions may have become kinder. */
const unsaid: readonly string[] = ['user: 1000', 'hostname: .inf', 'hostname: 2020-01-01'];

/** Refused, and later versions are known to refuse them; the compared one does not. */
const refusedLater: readonly string[] = [
  'container_name: «a»',
  'volumes: [{ type: «binde», source: /a, target: /b }]',
  'use_api_socket: «maybe»',
  'gpus: «some»',
];

/** What nobody can tell, whatever the file has. */
const untold: readonly string[] = [
  '{{ key }}: 1',
  '"{{ key }}": 1',
  'ports: {{ ports }}',
  'hostname: "{{ name }}"',
  'tty: ${TTY:-}',
  'tty: "{{ tty }}"',
  'ports: ${PORTS}',
  'init: ${INIT}',
  'mem_limit: ${LIMIT}',
  'hostname: a\n    hostname: [b]',
  'ports: !reset { a: b }',
];

/** Files of which the same is true: a null may leave what stands in a file, or document, below it. */
const untoldFiles: readonly string[] = [
  'services:\n  web:\n    image: a\n---\nservices:\n  web:\n    image: ~\n    ports:\n',
  'services:\n  web:\n    ports:\n    image:\n',
  'services:\nvolumes:\n',
  'services: { web: { image: a } }\n{% if a %}\nwrong: 1\n{% endif %}\n',
];

const body = (line: string) => `services:\n  web:\n    image: busybox\n    ${line}\n`;

const snippets = (texts: readonly string[], but?: Snippet['but']): readonly Snippet[] =>
  texts.map((text) => (but === undefined ? { text } : { text, but }));

const good: readonly Snippet[] = [
  ...snippets([...accepted.map(body), ...acceptedFiles]),
  ...snippets([...newer.map(body), ...newerFiles], 'newer'),
];
const bad: readonly Snippet[] = [
  ...snippets([...refused.map(body), ...refusedFiles]),
  ...snippets(refusedLater.map(body), 'newer'),
];

describe('schema-violation in Compose files', () => {
  for (const { text } of [...good, ...snippets([...[...unsaid, ...untold].map(body), ...untoldFiles])]) {
    it(`says nothing of ${title(text)}`, () => {
      assert.deepEqual(marked(text), text);
    });
  }

  for (const { text } of bad) {
    it(`marks what is wrong in ${title(text)}`, () => {
      assert.equal(marked(text.replace(/[«»]/g, '')), text);
    });
  }
});

describe('the verdicts of Compose', function () {
  this.timeout(120_000);
  const asked = spawnSync(command, ['version', '--short'], { encoding: 'utf8' });
  const isThere = asked.status === 0 && asked.stdout.trim().startsWith(compared);
  const verdicts = new Map<string, boolean>();

  before(async function () {
    if (!isThere) {
      console.warn(`      NOT COMPARED: there is no ${command} ${compared}x here.`);
      this.skip();
    }
    const folder = mkdtempSync(join(tmpdir(), 'plimsoll-compose-'));
    const waiting = [...good, ...bad, ...snippets(unsaid.map(body), 'unsaid')]
      .filter(({ but }) => but !== 'newer')
      .map(({ text }) => text.replace(/[«»]/g, ''));
    const work = async (name: string) => {
      const file = join(folder, name);
      for (let text = waiting.pop(); text !== undefined; text = waiting.pop()) {
        writeFileSync(file, text);
        verdicts.set(text, await isAccepted(file));
      }
    };
    await Promise.all([work('a.yaml'), work('b.yaml')]);
    rmSync(folder, { recursive: true });
  });

  it('are those that are written down here', () => {
    const of = (list: readonly Snippet[], verdict: boolean) =>
      list
        .filter(({ but }) => but !== 'newer')
        .filter(({ text }) => verdicts.get(text.replace(/[«»]/g, '')) !== verdict)
        .map(({ text }) => text);
    assert.deepEqual(of(good, true), [], 'accepted here, refused by Compose');
    assert.deepEqual(of([...bad, ...snippets(unsaid.map(body))], false), [], 'refused here, accepted by Compose');
    assert.ok(verdicts.size > 150);
  });
});

function isAccepted(file: string): Promise<boolean> {
  return new Promise((resolve) => {
    execFile(command, ['-f', file, 'config', '--quiet', '--no-consistency'], (error) => resolve(error === null));
  });
}

/** The text with `«»` around what the rule marks. */
function marked(text: string): string {
  const { findings, failures } = lint('compose', text, { only: 'schema-violation' });
  assert.deepEqual(failures, []);
  let result = text;
  const spans = findings.map(({ at }) => at.span).sort((a, b) => b.start - a.start);
  for (const { start, end } of spans) {
    result = `${result.slice(0, start)}«${result.slice(start, end)}»${result.slice(end)}`;
  }
  return result;
}

function title(text: string): string {
  return text.replace(/^services:\n {2}web:\n {4}image: busybox\n {4}/, '').replaceAll('\n', '⏎');
}
