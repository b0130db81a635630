// For programs: one JSON object, in an order that does not depend on anything but the files.
import type { Reporter, ReportFinding } from '../report.js';
import { inOrder, kept } from './kept.js';
import { writeJson } from './write-json.js';

/** The shape of the report. It grows; it changes only with another `schema`. */
const schema = 1;

export function jsonReporter(write: (text: string) => void, version: string): Reporter {
  const findings: ReportFinding[] = [];
  return {
    file(report) {
      for (const { finding } of report.findings) findings.push(kept(finding));
    },
    end({ files, heldBack, errors }) {
      const report = {
        schema,
        tool: { name: 'plimsoll', version },
        files,
        findings: inOrder(findings).map((finding) => ({
          rule: finding.rule,
          severity: finding.severity,
          confidence: finding.confidence,
          message: finding.message,
          file: finding.file,
          range: finding.range,
          standards: finding.standards,
          related: finding.related,
          fixes: finding.fixes.map(({ title, safety }) => ({ title, safety })),
          suppressed: finding.suppressed ?? null,
        })),
        heldBack,
        errors,
      };
      writeJson(write, report);
    },
  };
}
