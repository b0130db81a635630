// Profiles decide which services run at the same time.
import type { ComposeService } from './service.js';

/**
 * The first two of two lists that run together as a matter of course: one of them always runs, or they share a profile.
 * Those whose profiles cannot be told run together with those that always run.
 */
export function firstTogether(
  some: readonly ComposeService[],
  others: readonly ComposeService[],
): readonly [ComposeService, ComposeService] | undefined {
  const [anyOther] = others;
  const otherAlways = others.find(runsAlways);
  const byProfile = new Map<string, ComposeService>();
  for (const other of others.toReversed()) {
    for (const profile of other.profiles ?? []) byProfile.set(profile, other);
  }
  for (const service of some) {
    const shared = () => (service.profiles ?? []).map((profile) => byProfile.get(profile)).find((one) => one);
    const other = runsAlways(service) ? anyOther : (otherAlways ?? shared());
    if (other !== undefined) return [service, other];
  }
  return undefined;
}

function runsAlways({ profiles }: ComposeService): boolean {
  return profiles?.length === 0;
}
