// What docs/editors.md shows for each editor: read as its editor would, and run where that is quick.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { parse } from 'smol-toml';
import { findNeovim } from '../../../tools/programs.js';
import { root } from '../../../tools/project.js';
import { type Fence, fencesIn } from '../support/fences.js';
import { type InstalledCommand, installCommand } from '../support/installed-command.js';
import { understand } from '../support/understood.js';

const guide = readFileSync(join(root, 'docs', 'editors.md'), 'utf8');

/** The fences of a section, those of its subsections too. */
function section(title: string): readonly Fence[] {
  const [, text] = guide.split(`\n## ${title}\n`);
  assert.ok(text !== undefined, title);
  return fencesIn(text.split('\n## ')[0] ?? '');
}

function only(title: string, language: string, at = 0): string {
  const fences = section(title).filter((fence) => fence.language === language);
  return fences[at]?.body ?? assert.fail(`${title} has no fence ${at} of ${language}`);
}

/** TOML as plain data. */
function toml(text: string) {
  return JSON.parse(JSON.stringify(parse(text)));
}

/** Asserts that these words start the language server. */
function starts(words: readonly string[]): void {
  const [command, verb, ...flags] = words;
  assert.deepEqual([command, verb, flags], ['plimsoll', 'lsp', ['--stdio']]);
  understand(words.slice(1));
}

describe('the guide for editors', () => {
  it('gives Helix a server that its lists of servers name, with settings', () => {
    assert.deepEqual(toml(only('Helix', 'toml')), {
      'language-server': {
        plimsoll: {
          command: 'plimsoll',
          args: ['lsp', '--stdio'],
          config: { plimsoll: { profile: 'strict' } },
        },
      },
      language: [
        { name: 'dockerfile', 'language-servers': ['docker-langserver', 'plimsoll'] },
        {
          name: 'docker-compose',
          'language-servers': ['docker-compose-langserver', 'yaml-language-server', 'plimsoll'],
        },
        { name: 'yaml', 'language-servers': ['yaml-language-server', 'ansible-language-server', 'plimsoll'] },
      ],
    });
  });

  it('gives JetBrains IDEs a template for LSP4IJ with the keys that it documents', () => {
    const template: {
      readonly programArgs: { readonly default: string; readonly windows: string };
      readonly fileTypeMappings: readonly {
        readonly fileType: { readonly patterns: readonly string[] };
        readonly languageId: string;
      }[];
    } = JSON.parse(only('JetBrains', 'json'));
    assert.deepEqual(Object.keys(template), ['id', 'name', 'programArgs', 'fileTypeMappings']);
    starts(template.programArgs.default.split(' '));
    assert.equal(template.programArgs.windows, `cmd /c ${template.programArgs.default}`);
    assert.deepEqual(
      template.fileTypeMappings.map(({ languageId }) => languageId),
      ['yaml', 'dockerfile'],
    );
    for (const mapping of template.fileTypeMappings) {
      assert.deepEqual(Object.keys(mapping), ['fileType', 'languageId']);
      assert.deepEqual(Object.keys(mapping.fileType), ['patterns']);
    }
  });

  it('gives Zed an extension and settings that speak of the same server', () => {
    const { language_servers: servers } = toml(only('Zed', 'toml'));
    assert.deepEqual(servers, { plimsoll: { name: 'Plimsoll', languages: ['Dockerfile', 'YAML'] } });
    const crate = toml(only('Zed', 'toml', 1));
    assert.deepEqual(crate.lib, { 'crate-type': ['cdylib'] });
    const settings: {
      readonly lsp: { readonly [server: string]: { readonly binary: { readonly arguments: readonly string[] } } };
    } = JSON.parse(only('Zed', 'json'));
    assert.deepEqual(Object.keys(settings.lsp), ['plimsoll']);
    starts(['plimsoll', ...(settings.lsp.plimsoll?.binary.arguments ?? [])]);
    assert.match(only('Zed', 'rust'), /which\("plimsoll"\)[\s\S]*args: vec!\["lsp"\.into\(\), "--stdio"\.into\(\)\]/);
  });

  it('gives Emacs the same command in both ways', () => {
    for (const at of [0, 1]) assert.match(only('Emacs', 'elisp', at), /\("plimsoll" "lsp" "--stdio"\)/);
  });
});

/** Opens each file and prints what is found in it, in a Neovim that has the configuration of the guide. */
const session = `
vim.o.swapfile = false
vim.cmd('filetype on')
for _, file in ipairs({ 'compose.yaml', 'Dockerfile' }) do
  vim.cmd.edit(file)
  vim.wait(15000, function() return #vim.diagnostic.get(0) > 0 end, 20)
  for _, found in ipairs(vim.diagnostic.get(0)) do
    io.stdout:write(('%s:%d %s\\n'):format(file, found.lnum + 1, found.code))
  end
end
vim.cmd('qa!')
`;

/** What Neovim 0.11 has for it, in the words of 0.10. */
const newer = `
if vim.fn.has('nvim-0.11') == 0 then
  local configurations = {}
  vim.lsp.config = function(name, configuration) configurations[name] = configuration end
  vim.lsp.enable = function(name)
    local found = configurations[name]
    vim.api.nvim_create_autocmd('FileType', {
      pattern = found.filetypes,
      callback = function()
        vim.lsp.start({
          name = name,
          cmd = found.cmd,
          root_dir = vim.fs.root(0, found.root_markers),
          settings = found.settings,
        })
      end,
    })
  end
end
`;

const neovim = findNeovim();

// `npm test` says in its last lines that the suites in Neovim are missing.
if ('command' in neovim) {
  describe('Neovim, set up as the guide says', () => {
    let installed: InstalledCommand;
    let folder = '';
    before(async () => {
      installed = await installCommand();
      folder = join(installed.base, 'workspace');
      mkdirSync(join(folder, '.git'), { recursive: true });
      const compose = 'services:\n  web:\n    image: nginx:1.27\n    privileged: true\n    ports: ["8080:80"]\n';
      writeFileSync(join(folder, 'compose.yaml'), compose);
      writeFileSync(join(folder, 'Dockerfile'), 'FROM debian:12\nRUN curl -fsSL https://example.com/install | sh\n');
    });
    after(() => installed.remove());

    for (const [version, at] of [
      ['from 0.11 on', 0],
      ['in 0.10', 1],
    ] as const) {
      it(`shows findings of each kind of file, by the settings of the guide: ${version}`, () => {
        const configuration = join(installed.base, 'init.lua');
        const script = join(installed.base, 'session.lua');
        writeFileSync(configuration, newer + only('Neovim', 'lua', at));
        writeFileSync(script, session);
        const printed = execFileSync(
          neovim.command,
          ['--headless', '--clean', '-u', configuration, '-c', `luafile ${script}`],
          { cwd: folder, env: installed.env, encoding: 'utf8', timeout: 50_000 },
        );
        assert.deepEqual(printed.trim().split('\n'), [
          'compose.yaml:2 missing-memory-limit',
          'compose.yaml:2 missing-pids-limit',
          'compose.yaml:2 writable-root-filesystem',
          'compose.yaml:4 privileged',
          'compose.yaml:5 port-bound-to-all-interfaces',
          'Dockerfile:1 missing-non-root-user',
          'Dockerfile:2 missing-pipefail',
          'Dockerfile:2 curl-pipe-shell',
        ]);
      });
    }
  });
}
