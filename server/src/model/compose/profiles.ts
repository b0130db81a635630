// Profiles decide which services run at the same time.
import type { ComposeService } from './service.js';

type WithProfiles = Pick<ComposeService, 'profiles'>;

/**
 * Whether two services run together as a matter of course: one of them always runs, or they share a profile. Undefined
 * where the profiles cannot be told.
 */
export function runTogether(a: WithProfiles, b: WithProfiles): boolean | undefined {
  if (a.profiles?.length === 0 || b.profiles?.length === 0) return true;
  if (a.profiles === undefined || b.profiles === undefined) return undefined;
  const others = new Set(b.profiles);
  return a.profiles.some((profile) => others.has(profile));
}
