// What the command reports of a folder: what every other client has to show as well.
import { runNode } from '../../../tools/project.js';

/** A finding of the JSON report: lines and columns count from 1, columns in UTF-16 units. */
export interface Reported {
  readonly rule: string;
  readonly severity: string;
  readonly message: string;
  readonly file: string;
  readonly range: { readonly start: Place; readonly end: Place };
}

interface Place {
  readonly line: number;
  readonly column: number;
}

/** Lints the folder with the bundled command, with more flags as needed. */
export async function reportedIn(
  cli: string,
  folder: string,
  ...flags: readonly string[]
): Promise<readonly Reported[]> {
  const { stdout } = await runNode([cli, 'lint', '--format', 'json', ...flags, '.'], { cwd: folder });
  const report: { readonly findings: readonly Reported[] } = JSON.parse(stdout);
  return report.findings;
}

/** `compose.yaml:4:17-4:21` */
export function placeOf({ file, range: { start, end } }: Reported): string {
  return `${file}:${start.line}:${start.column}-${end.line}:${end.column}`;
}
