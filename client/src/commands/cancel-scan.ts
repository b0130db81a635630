import type { ServerConnection } from '../server-connection.js';

export async function cancelScan(server: ServerConnection): Promise<void> {
  await server.execute('plimsoll.server.cancelScan');
}
