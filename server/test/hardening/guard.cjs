// Loaded into a process before anything else (`node --require guard.cjs …`): whatever reaches for the network or starts
// another process or thread throws, is told on standard error, and ends the process with 99, even if it was caught.
'use strict';
const { writeSync } = require('node:fs');
const { syncBuiltinESMExports } = require('node:module');

const refused = new Set();

/** @param {string} name */
function refuse(name) {
  if (!refused.has(name)) writeSync(2, `guard: ${name} was called\n`);
  refused.add(name);
  throw new Error(`guard: ${name} is not allowed here`);
}

/**
 * No arrow, so that it can be called with `new` as well.
 * @param {string} name
 */
function refusal(name) {
  function call() {
    refuse(name);
  }
  return call;
}

/**
 * @param {object} holder
 * @param {readonly string[]} names
 * @param {string} where
 */
function forbid(holder, names, where) {
  for (const name of names) {
    if (!(name in holder)) continue;
    Object.defineProperty(holder, name, { value: refusal(`${where}.${name}`), configurable: true, writable: true });
  }
}

const net = require('node:net');
forbid(net.Socket.prototype, ['connect'], 'net.Socket');
forbid(net.Server.prototype, ['listen'], 'net.Server');
forbid(net, ['connect', 'createConnection'], 'net');
forbid(require('node:tls'), ['connect', 'createServer'], 'tls');
for (const name of ['http', 'https']) {
  forbid(require(`node:${name}`), ['request', 'get', 'createServer', 'Agent'], name);
}
forbid(require('node:http2'), ['connect', 'createServer', 'createSecureServer'], 'http2');
forbid(require('node:dgram'), ['createSocket', 'Socket'], 'dgram');
const dns = require('node:dns');
for (const [where, holder] of /** @type {const} */ ([
  ['dns', dns],
  ['dns.promises', dns.promises],
  ['dns.Resolver', dns.Resolver.prototype],
])) {
  forbid(
    holder,
    Object.keys(dns).filter((name) => /^(?:lookup|resolve|reverse)/.test(name)),
    where,
  );
}
forbid(globalThis, ['fetch', 'WebSocket', 'EventSource'], 'globalThis');

const processes = require('node:child_process');
forbid(processes, ['spawn', 'spawnSync', 'exec', 'execSync', 'execFile', 'execFileSync', 'fork'], 'child_process');
forbid(processes.ChildProcess.prototype, ['spawn'], 'child_process.ChildProcess');
forbid(require('node:worker_threads'), ['Worker'], 'worker_threads');
forbid(require('node:cluster'), ['fork'], 'cluster');
forbid(require('node:inspector'), ['open'], 'inspector');
forbid(process, ['dlopen', 'binding', '_linkedBinding'], 'process');
syncBuiltinESMExports();

process.on('exit', () => {
  if (refused.size > 0) process.exitCode = 99;
});
const { exit } = process;
// Another status, given at the last moment, hides nothing.
process.exit = /** @type {typeof process.exit} */ ((code) => exit.call(process, refused.size > 0 ? 99 : code));
