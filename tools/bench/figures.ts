// How times are summed up and written.

export function quantile(times: readonly number[], at: number): number {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * at))] ?? Number.NaN;
}

export function milliseconds(value: number): string {
  return `${value.toFixed(1)} ms`;
}

export function spread(times: readonly number[]): string {
  return `median ${milliseconds(quantile(times, 0.5))}, 90th percentile ${milliseconds(quantile(times, 0.9))}`;
}
