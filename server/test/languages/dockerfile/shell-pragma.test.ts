import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { shellPragmasOf } from '../../../src/languages/dockerfile/script/shell-pragma.js';
import { splitDockerfile } from '../../../src/languages/dockerfile/split.js';

function pragmas(text: string): readonly string[] {
  const { comments } = splitDockerfile('Dockerfile', text);
  return shellPragmasOf(text, comments).map(
    ({ at, interpreter }) => `${text.slice(0, at).split('\n').length} ${interpreter}`,
  );
}

describe('a hadolint comment about the shell', () => {
  it('tells what runs shell code from there on', () => {
    const text = `# hadolint shell=pwsh
FROM a.example/windows:1
# hadolint shell=powershell
RUN Get-Process notepad | Stop-Process
#hadolint  shell = /bin/bash # why
RUN ls
`;
    assert.deepEqual(pragmas(text), ['1 powershell', '3 powershell', '5 shell']);
  });

  it('knows the shells whose language is read, by name or path, and takes any other word for another one', () => {
    for (const shell of ['sh', 'bash', 'ash', 'dash', '/bin/zsh', 'C:\\msys\\Bash.EXE']) {
      assert.deepEqual(pragmas(`FROM a\n# hadolint shell=${shell}\n`), ['2 shell'], shell);
    }
    for (const [shell, interpreter] of [
      ['powershell', 'powershell'],
      ['PWSH.exe', 'powershell'],
      ['cmd', 'cmd'],
      ['/usr/bin/python3', 'other'],
    ]) {
      assert.deepEqual(pragmas(`FROM a\n# hadolint shell=${shell}\n`), [`2 ${interpreter}`], shell);
    }
  });

  it('is no other comment, and stands in no heredoc', () => {
    for (const comment of ['# hadolint shell', '# hadolint shell=', '# hadolint ignore=shell=pwsh', '# shell=pwsh']) {
      assert.deepEqual(pragmas(`FROM a\n${comment}\n`), [], comment);
    }
    assert.deepEqual(pragmas('FROM a\nRUN <<EOF\n# hadolint shell=pwsh\nEOF\n'), []);
  });
});
