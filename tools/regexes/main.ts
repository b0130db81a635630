// A part of `npm run check`: no regular expression of the product can be made to run away by what it reads.
import { join } from 'node:path';
import { root } from '../project.js';
import { allowed } from './allowed.js';
import { collectRegexes } from './collect.js';
import { judge, remembering } from './judge.js';
import { review } from './review.js';

const configs = ['server', 'client'].map((part) => join(root, part, 'tsconfig.json'));
const collected = collectRegexes(root, configs, (file) => /^(?:server|client)\/src\//.test(file));
const memory = remembering(judge);
const faults = review(collected, memory.judge, allowed);
memory.save();
for (const fault of faults) console.error(fault);
console.log(`${collected.regexes.length} regular expressions, ${collected.computed.length} put together, judged`);
process.exitCode = faults.length === 0 && collected.regexes.length > 100 ? 0 : 1;
