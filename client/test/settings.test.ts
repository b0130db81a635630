// Settings and configuration files take effect at once.
import { afterEach, beforeEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { expectFindings, type Folder, makeFolder, removeFolder, show } from './workspace.js';

const text = `services:
  web:
    image: nginx:1.27
    cap_drop: [ALL]
    privileged: true
    ports: ["80:80"]
    mem_limit: 64m
    pids_limit: 10
    read_only: true
`;
const found = ['privileged 5:17-5:21'];
const strict = [...found, 'port-bound-to-all-interfaces 6:14-6:16'];

describe('A setting of the editor', () => {
  let folder: Folder;
  let uri: vscode.Uri;
  beforeEach(async () => {
    folder = await makeFolder('settings', '{}\n');
    uri = await folder.write('compose.yaml', text);
    await show(uri);
    await expectFindings(uri, found);
  });
  afterEach(() => removeFolder(folder));

  async function withSetting(name: string, value: unknown, expected: readonly string[]): Promise<void> {
    const settings = vscode.workspace.getConfiguration('plimsoll', uri);
    await settings.update(name, value, vscode.ConfigurationTarget.Workspace);
    try {
      await expectFindings(uri, expected);
    } finally {
      await settings.update(name, undefined, vscode.ConfigurationTarget.Workspace);
    }
    await expectFindings(uri, found);
  }

  it('takes effect without a reload: plimsoll.rules', () => withSetting('rules', { privileged: 'off' }, []));
  it('takes effect without a reload: plimsoll.profile', () => withSetting('profile', 'strict', strict));
  it('takes effect without a reload: plimsoll.enable', () => withSetting('enable', false, []));

  it('gives way to what the configuration file says', async () => {
    await folder.write('.plimsoll.yaml', 'rules:\n  privileged: error\n');
    const settings = vscode.workspace.getConfiguration('plimsoll', uri);
    await settings.update(
      'rules',
      { privileged: 'off', 'port-bound-to-all-interfaces': 'warning' },
      vscode.ConfigurationTarget.Workspace,
    );
    try {
      await expectFindings(uri, found);
    } finally {
      await settings.update('rules', undefined, vscode.ConfigurationTarget.Workspace);
    }
  });
});

describe('The configuration file', () => {
  let folder: Folder;
  beforeEach(async () => {
    folder = await makeFolder('configuration');
  });
  afterEach(() => removeFolder(folder));

  it('takes effect on open files when it is written, and when it is deleted', async () => {
    const uri = await folder.write('compose.yaml', text);
    await show(uri);
    await expectFindings(uri, found);
    await folder.write('.plimsoll.yaml', 'profile: strict\n');
    await expectFindings(uri, strict);
    await folder.remove('.plimsoll.yaml');
    await expectFindings(uri, found);
  });
});
