// `npm run build`: writes dist/.
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { bundle } from './bundle.js';
import { root } from './project.js';

const folder = join(root, 'dist');
await bundle(folder);
for (const file of readdirSync(folder)) {
  console.log(`dist/${file}  ${Math.round(statSync(join(folder, file)).size / 1024)} KB`);
}
