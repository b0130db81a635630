// What a device of the host is worth to an attacker.

/** Devices that are no way into the system of the host, other than its disks and its memory. */
const peripherals: readonly string[] = [
  '/dev/bus/usb',
  '/dev/dri',
  '/dev/dvb',
  '/dev/fuse',
  '/dev/kfd',
  '/dev/kvm',
  '/dev/net/tun',
  '/dev/serial',
  '/dev/snd',
];
const numberedPeripherals = /^\/dev\/(?:ttyACM|ttyAMA|ttyS|ttyUSB|video|lirc|gpiochip|i2c-|nvidia)\d+$/;

/** Every container has them. */
const pseudoDevices: ReadonlySet<string> = new Set([
  '/dev/full',
  '/dev/null',
  '/dev/random',
  '/dev/tty',
  '/dev/urandom',
  '/dev/zero',
]);

const memories: ReadonlySet<string> = new Set(['/dev/kmem', '/dev/mem', '/dev/port']);
/** Disks and their partitions, by the names that the kernel and udev give them. */
const disks = /^\/dev\/(?:(?:[hsv]|xv)d[a-z]|nvme\d|mmcblk\d|dm-\d|md\d|loop\d|nbd\d|(?:disk|mapper|block)\/.)/;

/** Whether a cleaned path is a device that says little about its host: sound, graphics, serial lines, tunnels. */
export function isPeripheral(path: string): boolean {
  return numberedPeripherals.test(path) || peripherals.some((one) => path === one || path.startsWith(`${one}/`));
}

/** Whether every container has this device of its own accord. */
export function isPseudoDevice(path: string): boolean {
  return pseudoDevices.has(path);
}

/** Whether a cleaned path is a disk of the host, or a part of one. */
export function isDisk(path: string): boolean {
  return disks.test(path);
}

/** Whether a cleaned path leads to the memory or the ports of the machine. */
export function isKernelMemory(path: string): boolean {
  return memories.has(path);
}
