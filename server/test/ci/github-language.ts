// GitHub's own reader of workflows and actions, which its editors use.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { validate } from '@actions/languageservice/validate';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { root } from '../../../tools/project.js';
import { type CompositeAction, readAction } from './composite-action.js';

/** The action of this repository. */
export const action: CompositeAction = readAction(readFileSync(join(root, 'action.yml'), 'utf8'));

/** What the guides call it. */
export const address = 'your-mirror/plimsoll';

/** The inputs of other actions that our examples use, as those document them. */
const otherInputs: { readonly [action: string]: readonly string[] } = {
  'actions/checkout': ['fetch-depth', 'persist-credentials', 'ref', 'token'],
  'actions/upload-artifact': ['name', 'path', 'if-no-files-found', 'retention-days'],
  'github/codeql-action': ['sarif_file', 'category', 'checkout_path', 'wait-for-processing'],
};

/** What is wrong in an action, each with its line. */
export function problemsOfAction(text: string): Promise<readonly string[]> {
  return problems('action.yml', text);
}

/** What is wrong in a workflow, each with its line; also inputs that an action does not have. */
export function problemsOfWorkflow(text: string): Promise<readonly string[]> {
  return problems('.github/workflows/plimsoll.yml', text);
}

async function problems(file: string, text: string): Promise<readonly string[]> {
  // It remembers what it read by the name.
  const folder = createHash('sha256').update(text).digest('hex');
  const document = TextDocument.create(`file:///${folder}/${file}`, 'yaml', 1, text);
  const found = await validate(document, {
    actionsMetadataProvider: {
      fetchActionMetadata: async ({ owner, name }) => {
        const of = `${owner}/${name}`;
        const names = of === address ? Object.keys(action.inputs) : otherInputs[of];
        if (names === undefined) return undefined;
        return {
          name: of,
          description: '',
          inputs: Object.fromEntries(names.map((input) => [input, { description: '' }])),
        };
      },
    },
  });
  return found.map(({ range, message }) => `${range.start.line + 1}: ${message}`);
}
