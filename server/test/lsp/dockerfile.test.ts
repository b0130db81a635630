// Reading help in Dockerfiles: hover, outline, links, definitions.
import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import type { DocumentLink, DocumentSymbol, Hover, Location } from 'vscode-languageserver/node';
import { type Client, pullCapabilities, shownRange, startClient } from './client.js';

const capabilities = {
  ...pullCapabilities,
  textDocument: {
    ...pullCapabilities.textDocument,
    hover: { contentFormat: ['markdown' as const] },
    documentSymbol: { hierarchicalDocumentSymbolSupport: true },
  },
};

const text = `# syntax=docker/dockerfile:1
ARG VERSION=22
ARG OWNER
FROM node:\${VERSION}-alpine AS deps
WORKDIR /app
ENV MODE=dev
COPY package.json node_modules/ ./
RUN npm ci
FROM deps AS build
ARG OWNER
ARG USER_ID=0
USER \${USER_ID}
COPY --chown=\${OWNER:-app} . .
RUN npm run build
FROM nginx
COPY --from=build /app/dist /usr/share/nginx/html
COPY --from=0 /app/a /a
EXPOSE 8080
CMD ["nginx", "-g", "daemon off;"]
FROM busybox AS unused
RUN true
FROM build AS final
ENV PATH=$HOME/bin:$TARGETARCH
ENTRYPOINT run $MODE
`;

describe('the hover in a Dockerfile', () => {
  let client: Client;
  afterEach(() => client.stop());

  /** The hover where the caret stands behind the first part. */
  const ask = async (before: string, after: string, hoverFormat = capabilities): Promise<Hover | null> => {
    client = await startClient({ capabilities: hoverFormat });
    const uri = await client.open('Dockerfile', 'dockerfile', text);
    const offset = text.indexOf(before + after) + before.length;
    assert.ok(offset >= before.length, before + after);
    const position = client.document(uri).positionAt(offset);
    return client.connection.sendRequest<Hover | null>('textDocument/hover', { textDocument: { uri }, position });
  };
  const ownPart = (hover: Hover | null): string => {
    assert.ok(hover !== null && typeof hover.contents === 'object' && 'value' in hover.contents);
    return hover.contents.value.split('\n\n---\n\n')[0] ?? '';
  };

  it('tells what a variable comes to and where it is set', async () => {
    const hover = await ask('node:${', 'VERSION');
    assert.equal(ownPart(hover), '**Variable:** `VERSION` is `22`, line&nbsp;2');
    assert.ok(hover?.range);
    assert.equal(shownRange(hover.range), '3:10-20');
  });

  it('tells what it cannot know of a variable', async () => {
    assert.equal(
      ownPart(await ask('${', 'OWNER')),
      '**Variable:** `OWNER` has no default, line&nbsp;3: whoever builds the image sets it, else the default here counts',
    );
  });

  it('tells which variables the builder and the base image set', async () => {
    assert.equal(ownPart(await ask('$', 'TARGETARCH')), '**Variable:** `TARGETARCH` is set by the builder');
    await client.stop();
    assert.equal(
      ownPart(await ask('$', 'HOME')),
      '**Variable:** `HOME` is not set in this file: the base image may set it',
    );
  });

  it('tells the whole name of an image, with the variables in it', async () => {
    assert.equal(
      ownPart(await ask('FROM n', 'ode')),
      '**Image:** `docker.io/library/node:22-alpine`\n\n**Variable:** `VERSION` is `22`, line&nbsp;2',
    );
    await client.stop();
    assert.equal(
      ownPart(await ask('FROM ngi', 'nx')),
      '**Image:** `docker.io/library/nginx`, without a tag: that is `latest`',
    );
  });

  it('tells which user a variable stands for', async () => {
    assert.equal(
      ownPart(await ask('USER ', '${USER_ID}')),
      '**User:** `0`, which is root\n\n**Variable:** `USER_ID` is `0`, line&nbsp;11',
    );
  });

  it('tells of a stage what it is for and what is in force at its end, through those below it', async () => {
    assert.equal(
      ownPart(await ask('AS fi', 'nal')),
      `**Stage:** stage 'final' is what is built, and runs as root.

| Field | In force | From |
|:--|:--|:--|
| \`FROM\` | \`node:22-alpine\` | deps, line&nbsp;4 |
| \`USER\` | \`0 (root)\` | build, line&nbsp;12 |
| \`WORKDIR\` | \`/app\` | deps, line&nbsp;5 |
| \`ENTRYPOINT\` | cannot be told | line&nbsp;24 |

Not set: \`SHELL\`, \`CMD\`, \`HEALTHCHECK\`, \`EXPOSE\`.`,
    );
  });

  it('tells it where the stage is named, too, and in plain text', async () => {
    const plain = await ask('--from=bu', 'ild', {
      ...capabilities,
      textDocument: { ...capabilities.textDocument, hover: { contentFormat: ['plaintext' as never] } },
    });
    assert.match(
      ownPart(plain),
      /^stage 'build' is in the image: the stage that is built stands on it\.\nFROM: node:22-alpine \(deps, line 4\)\nUSER: 0 \(root\) \(line 12\)/,
    );
    await client.stop();
    assert.match(
      ownPart(await ask('AS un', 'used')),
      /^\*\*Stage:\*\* stage 'unused' is not built: the image needs nothing/,
    );
  });

  it('does not guess what is built where an instruction takes the rest of the file', async () => {
    client = await startClient({ capabilities, settings: {} });
    const uri = await client.open('Dockerfile', 'dockerfile', 'FROM a AS b\nRUN x \\\nFROM c\n');
    const params = { textDocument: { uri }, position: { line: 0, character: 1 } };
    const found = await client.connection.sendRequest<Hover>('textDocument/hover', params);
    assert.match(ownPart(found), /^\*\*Stage:\*\* stage 'b': what is built cannot be told/);
  });
});

describe('the outline of a Dockerfile', () => {
  let client: Client;
  afterEach(() => client.stop());
  const ask = async (settings: { readonly [key: string]: unknown } = {}): Promise<readonly DocumentSymbol[] | null> => {
    client = await startClient({ capabilities, settings });
    const uri = await client.open('Dockerfile', 'dockerfile', text);
    return client.connection.sendRequest<DocumentSymbol[] | null>('textDocument/documentSymbol', {
      textDocument: { uri },
    });
  };

  it('has the stages with their instructions, and what stands in front of them', async () => {
    const symbols = await ask();
    assert.deepEqual(
      symbols?.map(({ name, detail, range, selectionRange, children }) => [
        name,
        detail,
        `${range.start.line}-${range.end.line}`,
        shownRange(selectionRange),
        children?.map((child) => child.name),
      ]),
      [
        ['ARG VERSION=22', '', '1-1', '1:0-3', []],
        ['ARG OWNER', '', '2-2', '2:0-3', []],
        [
          'deps',
          'node:22-alpine',
          '3-7',
          '3:31-35',
          ['WORKDIR /app', 'ENV MODE=dev', 'COPY package.json node_modules/ ./', 'RUN npm ci'],
        ],
        [
          'build',
          'deps',
          '8-13',
          '8:13-18',
          ['ARG OWNER', 'ARG USER_ID=0', 'USER ${USER_ID}', 'COPY . .', 'RUN npm run build'],
        ],
        [
          'stage 2',
          'nginx',
          '14-18',
          '14:5-10',
          [
            'COPY /app/dist /usr/share/nginx/html',
            'COPY /app/a /a',
            'EXPOSE 8080',
            'CMD ["nginx", "-g", "daemon off;"]',
          ],
        ],
        ['unused', 'busybox', '19-20', '19:16-22', ['RUN true']],
        ['final (built)', 'build', '21-23', '21:14-19', ['ENV PATH=$HOME/bin:$TARGETARCH', 'ENTRYPOINT run $MODE']],
      ],
    );
  });

  it('is left to others where that is asked for', async () => {
    assert.equal(await ask({ outline: false }), null);
  });

  it('comes from a new provider when the settings change, since clients keep that of the old one', async () => {
    const { documentSymbol } = capabilities.textDocument;
    client = await startClient({
      capabilities: {
        ...capabilities,
        textDocument: {
          ...capabilities.textDocument,
          documentSymbol: { ...documentSymbol, dynamicRegistration: true },
        },
      },
    });
    const provider = () => client.registrations.get('textDocument/documentSymbol');
    const before = await client.until(provider);
    assert.equal(before.registerOptions.label, 'Plimsoll');
    assert.equal(client.introduction.capabilities.documentSymbolProvider, undefined);
    await client.configure({ outline: false });
    await client.until(() => provider() !== undefined && provider()?.id !== before.id);
  });

  it('comes from one provider for good where the client takes no other', async () => {
    await ask();
    assert.deepEqual(client.introduction.capabilities.documentSymbolProvider, { label: 'Plimsoll' });
    assert.equal(client.registrations.get('textDocument/documentSymbol'), undefined);
  });
});

describe('links and definitions in a Dockerfile', () => {
  let client: Client;
  afterEach(() => client.stop());

  it('lead from the name or number of a stage to its FROM', async () => {
    client = await startClient({ capabilities });
    const uri = await client.open('Dockerfile', 'dockerfile', text);
    const links = await client.connection.sendRequest<DocumentLink[]>('textDocument/documentLink', {
      textDocument: { uri },
    });
    const resolved = await Promise.all(
      links.map((link) => client.connection.sendRequest<DocumentLink>('documentLink/resolve', link)),
    );
    assert.deepEqual(
      resolved.map(({ range, target, tooltip }) => [shownRange(range), target?.replace(uri, ''), tooltip]),
      [
        ['8:5-9', '#L4', 'Go to line 4'],
        ['15:12-17', '#L9', 'Go to line 9'],
        ['16:12-13', '#L4', 'Go to line 4'],
        ['21:5-10', '#L9', 'Go to line 9'],
      ],
    );
  });

  it('lead from a source that is not in the build to the line that keeps it out', async () => {
    client = await startClient({
      capabilities,
      files: { '.dockerignore': '# lists\n*.log\nnode_modules\n!keep.log\n/dist/*\n' },
    });
    const uri = await client.open(
      'Dockerfile',
      'dockerfile',
      'FROM a\nCOPY ./node_modules/x keep.log a.log deep/a.log dist/b dist *.log $X /to/\nCOPY --from=b node_modules /x\n',
    );
    const links = await client.connection.sendRequest<DocumentLink[]>('textDocument/documentLink', {
      textDocument: { uri },
    });
    const resolved = await Promise.all(
      links.map((link) => client.connection.sendRequest<DocumentLink>('documentLink/resolve', link)),
    );
    assert.deepEqual(
      resolved.map(({ range, target, tooltip }) => [
        client.document(uri).getText(range),
        target?.replace(client.uri(''), '').replace(/^\//, ''),
        tooltip,
      ]),
      [
        ['./node_modules/x', '.dockerignore#L3', 'Left out of the build by line 3 of .dockerignore'],
        ['a.log', '.dockerignore#L2', 'Left out of the build by line 2 of .dockerignore'],
        ['dist/b', '.dockerignore#L5', 'Left out of the build by line 5 of .dockerignore'],
      ],
    );
  });

  it('go to where a stage or a variable is written first', async () => {
    client = await startClient({ capabilities });
    const uri = await client.open('Dockerfile', 'dockerfile', text);
    const definition = async (before: string, after: string) => {
      const position = client.document(uri).positionAt(text.indexOf(before + after) + before.length);
      const found = await client.connection.sendRequest<Location | null>('textDocument/definition', {
        textDocument: { uri },
        position,
      });
      return found && shownRange(found.range);
    };
    assert.equal(await definition('--from=bu', 'ild'), '8:13-18');
    assert.equal(await definition('node:${VER', 'SION'), '1:4-11');
    assert.equal(await definition('${USER', '_ID}'), '10:4-11');
    assert.equal(await definition('npm c', 'i'), null);
  });
});
