// Runs a command in a process group of its own and ends all of it when standard input ends: thus also when whoever started
// this has been killed. Then removes a folder. Arguments: the folder, the command, its arguments.
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';

const [folder = '', command = '', ...args] = process.argv.slice(2);
const child = spawn(command, args, { detached: true, stdio: ['ignore', 'inherit', 'inherit'] });

// The end of standard input is our only end.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {});
process.stdin
  .on('error', () => {})
  .on('end', () => kill('SIGTERM'))
  .resume();
// What does not go at once is not waited for.
process.stdin.on('end', () => setTimeout(() => kill('SIGKILL'), 2000));
child.on('error', (error) => {
  console.error(`${command} could not be started: ${error.message}`);
  end(1);
});
child.on('exit', (status) => end(status ?? 1));

/** @param {number} status */
function end(status) {
  // The processes that the command had started itself.
  kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  process.exit(status);
}

/** @param {NodeJS.Signals} signal */
function kill(signal) {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, signal);
  } catch {
    // The group is gone already.
  }
}
