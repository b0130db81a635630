/** A Linux capability as it was written and as it is compared. */
export interface Capability {
  readonly text: string;
  /** Upper case, without the `CAP_` prefix; `ALL` for all of them. */
  readonly name: string;
}

/** Reads a capability name in any of its spellings: `net_admin`, `CAP_NET_ADMIN`. */
export function capability(text: string): Capability {
  return { text, name: text.trim().toUpperCase().replace(/^CAP_/, '') };
}
