import { defineRule, type Severity } from '../../../engine/rule.js';
import { isDisk, isKernelMemory, isPeripheral, isPseudoDevice } from '../../../model/host-device.js';
import { is } from '../../../model/located.js';
import { quoted } from '../../../model/quoted.js';

interface Harm {
  readonly severity: Severity;
  readonly message: string;
}

export default defineRule({
  meta: {
    id: 'host-device-mount',
    summary: 'A device of the host is handed to the container.',
    severity: 'warning',
    confidence: 'medium',
    profile: 'strict',
    since: '0.1.0',
    formats: ['compose'],
    standards: ['cis-docker-1.6/5.18', 'nist-800-190/4.4.3'],
    peers: { 'docker-bench': ['5.18'] },
  },
  check: {
    service({ container, devices }, report) {
      // A privileged container has every device anyway.
      if (devices.length === 0 || container === undefined || is(container.privileged, true)) return;
      for (const { source, kind } of devices) {
        if (source.kind !== 'known' || kind !== 'path' || !source.value.startsWith('/')) continue;
        if (!isPseudoDevice(source.value)) report({ at: source, ...harmOf(source.value) });
      }
    },
  },
});

function harmOf(path: string): Harm {
  const device = `Device ${quoted(path)}`;
  if (isDisk(path)) {
    return { severity: 'error', message: `${device} is a disk of the host: the container gets at all data on it.` };
  }
  if (isKernelMemory(path)) {
    return { severity: 'error', message: `${device} leads past the kernel: the memory of the host is in reach.` };
  }
  if (path === '/dev') {
    return { severity: 'error', message: "Directory '/dev' holds all devices: disks of the host are among them." };
  }
  if (path === '/dev/kmsg') {
    return { severity: 'warning', message: `${device} is the log of the kernel: the container reads and writes it.` };
  }
  return {
    severity: isPeripheral(path) ? 'info' : 'warning',
    message: `${device} is handed in: flaws of its driver are flaws of the host.`,
  };
}
