// What an entry of `ports` names the host by, where the engine cannot bind to it.
import type { Fix } from '../change.js';
import type { Known } from '../located.js';

export interface RefusedAddress {
  /** The words that stand for an address, with their brackets. */
  readonly address: Known<string>;
  /**
   * `name`: no IP address, but something else. `brackets`: an IPv6 address without brackets. `port`: nothing stands behind
   * the only colon but the port of the host. `published`: it stands in `published` of the long form. `host-ip`: it is what
   * the long form binds to, and Compose lets it pass.
   */
  readonly fault: 'name' | 'brackets' | 'port' | 'published' | 'host-ip';
  /** Undefined where what was meant cannot be known. */
  readonly fix: Fix | undefined;
}
