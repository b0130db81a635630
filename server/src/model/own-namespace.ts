import type { Data } from './change.js';
import type { Orchestrator } from './workload.js';

/**
 * What gives a workload a namespace of its own although something that is merged into it asks for that of the host.
 * Compose refuses null for `network_mode`, `pid`, `ipc`, `uts` and `userns_mode`.
 */
export function ownNamespace(format: Orchestrator): Data {
  return format === 'compose' ? '' : null;
}
