// Writes down what is found in the Dockerfiles of test-fixtures/dockerfiles: `npx tsx tools/dockerfile-findings.ts`.
import { writeFileSync } from 'node:fs';
import { expectedFile, findingsOfFixtures } from '../server/test/support/dockerfile-fixtures.js';

const told = await findingsOfFixtures();
writeFileSync(expectedFile, `${JSON.stringify(told, undefined, 2)}\n`);
for (const profile of ['recommended', 'strict'] as const) {
  const count = Object.values(told).reduce((sum, findings) => sum + findings[profile].length, 0);
  console.log(`${profile}: ${count} findings in ${Object.keys(told).length} files`);
}
