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

/** Without the links that lines are. */
function unlinked(markdown: string): string {
  return markdown.replaceAll(/\[(line&nbsp;(\d+))\]\(file:\/\/\/\S+\/Dockerfile#L\2\)/g, '$1');
}

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
    return unlinked(hover.contents.value.split('\n\n---\n\n')[0] ?? '');
  };

  it('has links to the lines that it names', async () => {
    const hover = await ask('node:${', 'VERSION');
    assert.ok(hover !== null && typeof hover.contents === 'object' && 'value' in hover.contents);
    assert.ok(hover.contents.value.includes(`, [line&nbsp;2](${client.uri('Dockerfile')}#L2)`), hover.contents.value);
  });

  it('tells what a variable comes to and where it is set', async () => {
    const hover = await ask('node:${', 'VERSION');
    assert.equal(ownPart(hover), '**Variable:** `VERSION` is `22` by default, line&nbsp;2');
    assert.ok(hover?.range);
    assert.equal(shownRange(hover.range), '3:10-20');
  });

  it('tells what it cannot know of a variable', async () => {
    assert.equal(
      ownPart(await ask('${', 'OWNER')),
      '**Variable:** `OWNER` has no default, line&nbsp;3: whoever builds the image sets it, else `app` counts',
    );
  });

  it('tells which variables the builder and the base image set', async () => {
    assert.equal(
      ownPart(await ask('$', 'TARGETARCH')),
      '**Variable:** `TARGETARCH` is set by the builder only where the stage declares it, with `ARG TARGETARCH`',
    );
    await client.stop();
    assert.equal(ownPart(await ask('$', 'HOME')), '**Variable:** `HOME` is not set here: the base image may set it');
  });

  it('tells the whole name of an image, with the variables in it', async () => {
    assert.equal(
      ownPart(await ask('FROM n', 'ode')),
      '**Image:** `docker.io/library/node:22-alpine`\n\n**Variable:** `VERSION` is `22` by default, line&nbsp;2',
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
      '**User:** `0`, which is root\n\n**Variable:** `USER_ID` is `0` by default, line&nbsp;11',
    );
  });

  it('tells of a stage what it is for and what is in force at its end, through those below it', async () => {
    assert.equal(
      ownPart(await ask('AS fi', 'nal')),
      `**Stage:** 'final' is what is built, and runs as root.

| Field | In force | From |
|:--|:--|:--|
| \`FROM\` | \`node:22-alpine\` | deps, line&nbsp;4 |
| \`USER\` | \`0 (root)\` | build, line&nbsp;12 |
| \`WORKDIR\` | \`/app\` | deps, line&nbsp;5 |
| \`ENTRYPOINT\` | \`run $MODE\` | line&nbsp;24 |

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
    assert.match(ownPart(await ask('AS un', 'used')), /^\*\*Stage:\*\* 'unused' is not built: the image needs nothing/);
  });
});

describe('the hover over a variable in a Dockerfile', () => {
  let client: Client;
  afterEach(() => client.stop());

  /** What is said of the place in front of which `|` stands, and the text that it is said of. */
  const hovers = async (...texts: readonly string[]): Promise<readonly (string | null)[]> => {
    client = await startClient({ capabilities });
    const answers = texts.map(async (marked, index) => {
      const uri = await client.open(`${index}/Dockerfile`, 'dockerfile', marked.replace('|', ''));
      const document = client.document(uri);
      const hover = await client.connection.sendRequest<Hover | null>('textDocument/hover', {
        textDocument: { uri },
        position: document.positionAt(marked.indexOf('|')),
      });
      if (hover === null || typeof hover.contents !== 'object' || !('value' in hover.contents)) return null;
      const parts = hover.contents.value.split('\n\n---\n\n').filter((part) => !part.startsWith('**Plimsoll**'));
      return parts.length === 0
        ? null
        : `${unlinked(parts.join()).replaceAll(/\*\*(\w+:)\*\*/g, '$1')} [${document.getText(hover.range)}]`;
    });
    return Promise.all(answers);
  };

  it('tells of an operator what the whole comes to', async () => {
    assert.deepEqual(
      await hovers(
        'FROM a\nENV V=1 E=\nLABEL x=${|V:+yes}\n',
        'FROM a\nENV V=a.tar.gz\nLABEL x=${|V%.gz}\n',
        'FROM a\nENV V=1 E=\nLABEL x=${|E:-2}\n',
        'FROM a\nENV V=1 E=\nLABEL x=$|E\n',
        'FROM a\nENV V=1\nLABEL x=${X:-|${V}2}\n',
        'FROM a\nENV V=1\nLABEL x=${|X:-${V}2}\n',
        'FROM a\nLABEL x=${X|:?needed}\n',
        'FROM a:${|X:-1}\n',
      ),
      [
        'Variable: `V` is `1`, line&nbsp;2; this comes to `yes` [${V:+yes}]',
        'Variable: `V` is `a.tar.gz`, line&nbsp;2; this comes to `a.tar` [${V%.gz}]',
        'Variable: `E` is empty, line&nbsp;2; this comes to `2` [${E:-2}]',
        'Variable: `E` is empty, line&nbsp;2 [$E]',
        'Variable: `V` is `1`, line&nbsp;2 [${V}]',
        'Variable: `X` is not set here: the base image may set it, else `12` counts [${X:-${V}2}]',
        'Variable: `X` is not set here: the base image may set it, else the build fails [${X:?needed}]',
        'Variable: `X` is not set here, so `1` counts [${X:-1}]',
      ],
    );
  });

  it('tells which scope counts', async () => {
    assert.deepEqual(
      await hovers(
        'ARG V=1\nFROM a\nLABEL x=$|V\n',
        'ARG V=1\nFROM a\nLABEL x=${|V:-2}\n',
        'FROM a AS b\nARG V=1\nENV E=2\nFROM b\nLABEL x=$|V\n',
        'FROM a AS b\nARG V=1\nENV E=2\nFROM b\nLABEL x=$|E\n',
        'FROM scratch\nLABEL x=$|V\n',
        'FROM a\nARG V=1\nENV E=2\nONBUILD RUN echo $|V\n',
        'FROM a\nARG V=1\nENV E=2\nONBUILD RUN echo $|E\n',
        'FROM --platform=$|BUILDPLATFORM a\n',
        'FROM a\nARG TARGETARCH\nENV A=$|TARGETARCH\n',
        'FROM a\nARG TARGETARCH=arm64\nENV A=$|TARGETARCH\n',
        'FROM a\nENV A=$|HTTPS_PROXY\n',
      ),
      [
        'Variable: `V` is not declared in this stage: the ARG in line&nbsp;1 counts for FROM only [$V]',
        'Variable: `V` is not declared in this stage: the ARG in line&nbsp;1 counts for FROM only, so `2` counts [${V:-2}]',
        'Variable: `V` is an ARG, line&nbsp;2 in b: not every version of the builder hands that on [$V]',
        'Variable: `E` is `2`, line&nbsp;3 in b [$E]',
        'Variable: `V` is not set here: it is empty [$V]',
        'Variable: `V` is told where the trigger runs: in a build on top of this image [$V]',
        'Variable: `E` is `2`, line&nbsp;3 [$E]',
        'Variable: `BUILDPLATFORM` is set by the builder [$BUILDPLATFORM]',
        'Variable: `TARGETARCH` is set by the builder, line&nbsp;2 [$TARGETARCH]',
        'Variable: `TARGETARCH` has a default, line&nbsp;2, which the builder may replace [$TARGETARCH]',
        'Variable: `HTTPS_PROXY` may be set by whoever builds the image [$HTTPS_PROXY]',
      ],
    );
  });

  it('tells where it is declared what that comes to, unless it stands there', async () => {
    assert.deepEqual(
      await hovers(
        'ARG V=1\nFROM a\nARG |V\n',
        'FROM a\nARG |V\n',
        'FROM a\nARG |TARGETOS\n',
        'FROM a\nARG A=1 \\\n  B\nENV |V=$A.2\n',
        'FROM a\nENV |V=1\n',
        'FROM a\nENV |V=$X\n',
        'FROM a\nENV |V\n',
        'FROM a\nLABEL |V=$X\n',
      ),
      [
        'Variable: `V` is `1` by default, line&nbsp;1 [V]',
        'Variable: `V` has no default: whoever builds the image sets it [V]',
        'Variable: `TARGETOS` is set by the builder [TARGETOS]',
        'Variable: `V` is `1.2` [V]',
        null,
        null,
        null,
        null,
      ],
    );
  });

  it('tells of those in scripts, mounts and heredocs, as far as they are the ones of the file', async () => {
    const head = 'FROM a\r\nARG V=1\r\nENV E=😀\r\n';
    assert.deepEqual(
      await hovers(
        `${head}RUN echo 😀 "\${|V}" $E \\\r\n  $E\r\n`,
        `${head}RUN echo 😀 "\${V}" $E \\\r\n  $|E\r\n`,
        `${head}RUN <<X\r\necho $|V\r\nX\r\n`,
        `${head}RUN --mount=type=cache,target=/c/$|V make\r\n`,
        `${head}COPY <<X /x\r\nit's $|V\r\nX\r\n`,
        `${head}COPY <<"X" /x\r\n$|V\r\nX\r\n`,
        `${head}RUN echo \\$|V\r\n`,
        `${head}RUN for V in a b; do echo $|V; done\r\n`,
        `${head}RUN . /etc/os-release && echo $|V\r\n`,
        `${head}RUN echo $|OTHER\r\n`,
        `${head}SHELL ["powershell", "-Command"]\r\nRUN echo $|V\r\n`,
        `${head}CMD echo $|V\r\n`,
      ),
      [
        'Variable: `V` is `1` by default, line&nbsp;2 [${V}]',
        'Variable: `E` is `😀`, line&nbsp;3 [$E]',
        'Variable: `V` is `1` by default, line&nbsp;2 [$V]',
        'Variable: `V` is `1` by default, line&nbsp;2 [$V]',
        'Variable: `V` is `1` by default, line&nbsp;2 [$V]',
        ...Array(7).fill(null),
      ],
    );
  });

  it('is silent about what is half-typed, and about variables where the builder takes none', async () => {
    assert.deepEqual(
      await hovers(
        'FROM a\nUSER|\n',
        'FROM a\nUSER |${\n',
        'FROM a\nCOPY --from=|th\n',
        'FROM a\nARG V=b:1\nCOPY --from=|$V /x /y\n',
        'FROM a\nARG V=b:1\nCOPY --from=$|V /x /y\n',
        'FROM a\nARG V=b:1\nRUN --mount=from=$|V x\n',
        'FROM {{ |image }}\n',
      ),
      Array(7).fill(null),
    );
  });

  it('names each variable of a user once', async () => {
    assert.deepEqual(await hovers('FROM a\nARG V=1\nUSER |$V:$V\n'), [
      'User: `1:1`\n\nVariable: `V` is `1` by default, line&nbsp;2 [$V:$V]',
    ]);
  });
});

describe('the hover over a stage', () => {
  let client: Client;
  afterEach(() => client.stop());

  const ask = async (dockerfile: string, offset = dockerfile.lastIndexOf('FROM')): Promise<string> => {
    client = await startClient({ capabilities });
    const uri = await client.open('Dockerfile', 'dockerfile', dockerfile);
    const hover = await client.connection.sendRequest<Hover>('textDocument/hover', {
      textDocument: { uri },
      position: client.document(uri).positionAt(offset),
    });
    assert.ok(typeof hover.contents === 'object' && 'value' in hover.contents);
    return unlinked(hover.contents.value);
  };

  it('has all ports with all lines that say so, and what cannot be told as it is written', async () => {
    const told = await ask('FROM a AS b\nEXPOSE 80 $P\nEXPOSE 443\nFROM b\nEXPOSE 80 90\n');
    assert.match(told, /^\| `EXPOSE` \| `80 \$P 443 90` \| b, line&nbsp;2; b, line&nbsp;3; line&nbsp;5 \|$/m);
  });

  it('has commands as they are written', async () => {
    const told = await ask('FROM a\nCMD exec \\\n  # why\n  x "$P"\nHEALTHCHECK --retries=2 CMD x $P\n');
    assert.match(told, /^\| `CMD` \| `exec x "\$P"` \| line&nbsp;2 \|$/m);
    assert.match(told, /^\| `HEALTHCHECK` \| `CMD x \$P` \| line&nbsp;5 \|$/m);
  });

  it('does not guess what is built where an instruction takes the rest of the file', async () => {
    const told = await ask('FROM a AS b\nRUN x \\\nFROM c\n', 0);
    assert.match(told, /^\*\*Stage:\*\* 'b': what is built cannot be told/);
  });

  it('says who an image runs as that is built on nothing', async () => {
    assert.match(await ask('FROM scratch\nCOPY a /a\n'), /is what is built, and runs as root\./);
  });
});

describe('a Dockerfile inside a Compose file', () => {
  let client: Client;
  afterEach(() => client.stop());

  const block = `services:
  web:
    build:
      context: .
      dockerfile_inline: |
        FROM node:22 AS one
        ENV DIR=/srv

        WORKDIR $$DIR/app
        FROM one
        COPY --from=0 /a /b
`;

  const open = async (compose: string) => {
    client = await startClient({ capabilities });
    const uri = await client.open('compose.yaml', 'yaml', compose);
    const at = (before: string, after: string) => ({
      textDocument: { uri },
      position: client.document(uri).positionAt(compose.indexOf(before + after) + before.length),
    });
    const hover = async (before: string, after: string) => {
      const found = await client.connection.sendRequest<Hover | null>('textDocument/hover', at(before, after));
      if (found === null || typeof found.contents !== 'object' || !('value' in found.contents)) return null;
      const [first = ''] = found.contents.value.split('\n\n---\n\n');
      return [
        first.replaceAll(/\[(line&nbsp;(\d+))\]\(file:\/\/\/\S+\/compose\.yaml#L\2\)/g, '$1'),
        found.range && client.document(uri).getText(found.range),
      ];
    };
    const definition = async (before: string, after: string) => {
      const found = await client.connection.sendRequest<Location | null>('textDocument/definition', at(before, after));
      return found && shownRange(found.range);
    };
    return { hover, definition };
  };

  it('is explained where it stands, with the lines of that file', async () => {
    const { hover, definition } = await open(block);
    assert.deepEqual(await hover('node', ':22'), ['**Image:** `docker.io/library/node:22`', 'node:22']);
    assert.deepEqual(await hover('$$D', 'IR'), ['**Variable:** `DIR` is `/srv`, line&nbsp;7', '$$DIR']);
    assert.equal(await definition('$$D', 'IR'), '6:12-15');
    assert.equal(await definition('--from=', '0'), '5:24-27');
    const [stage = '', marked] = (await hover('--from=', '0')) ?? [];
    assert.match(stage, /^\*\*Stage:\*\* 'one' is in the image/);
    assert.match(stage, /^\| `WORKDIR` \| `\/srv\/app` \| line&nbsp;9 \|$/m);
    assert.equal(marked, '0');
    assert.match((await hover('  w', 'eb'))?.[0] ?? '', /^\*\*Effective service:\*\*/);
    assert.equal(await hover('/srv', '\n'), null);
  });

  it('is explained in quotes, too', async () => {
    const { hover, definition } = await open(
      'services:\n  web:\n    build: { dockerfile_inline: "FROM \\x61:1 AS one\\nENV A=1\\nUSER $$A\\n" }\n',
    );
    assert.deepEqual(await hover('USER $$', 'A'), ['**Variable:** `A` is `1`, line&nbsp;3', '$$A']);
    assert.equal(await definition('USER $$', 'A'), '2:57-58');
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
        children?.map((child) => child.name + (child.detail && `: ${child.detail}`)),
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
            'COPY /app/dist /usr/share/nginx/html: from build',
            'COPY /app/a /a: from 0',
            'EXPOSE 8080',
            'CMD ["nginx", "-g", "daemon off;"]',
          ],
        ],
        ['unused', 'busybox', '19-20', '19:16-22', ['RUN true']],
        ['final (built)', 'build', '21-23', '21:14-19', ['ENV PATH=$HOME/bin:$TARGETARCH', 'ENTRYPOINT run $MODE']],
      ],
    );
  });

  it('has instructions as the builder reads them', async () => {
    client = await startClient({ capabilities });
    const dockerfile =
      'FROM a\nLABEL a=1 \\\n  # why\n\n  b=\\\n2\nHEALTHCHECK NONE\nHEALTHCHECK CMD x\nONBUILD COPY --from=x a b\nCOPY --from=\n';
    const uri = await client.open('Dockerfile', 'dockerfile', dockerfile);
    const [stage] = await client.connection.sendRequest<DocumentSymbol[]>('textDocument/documentSymbol', {
      textDocument: { uri },
    });
    assert.deepEqual(
      stage?.children?.map(({ name, detail }) => [name, detail]),
      [
        ['LABEL a=1 b=2', ''],
        ['HEALTHCHECK NONE', ''],
        ['HEALTHCHECK x', ''],
        ['ONBUILD COPY a b', 'from x'],
        ['COPY', ''],
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

  it('find all that means a stage or a variable', async () => {
    const dockerfile = `ARG V=1
FROM a:\${V:-$V} AS One
ARG V
ENV E=$V
RUN --mount=type=cache,target=/c/$V echo "$V" $E
FROM one AS two
ENV E=\${E}2
COPY --from=0 --chown=$E <<X /x
$E $V
X
RUN --mount=from=ONE,target=/x ls
COPY --from=image /x /y
`;
    client = await startClient({ capabilities });
    const uri = await client.open('Dockerfile', 'dockerfile', dockerfile);
    const found = async (before: string, after: string, includeDeclaration = true) => {
      const locations = await client.connection.sendRequest<Location[] | null>('textDocument/references', {
        textDocument: { uri },
        position: client.document(uri).positionAt(dockerfile.indexOf(before + after) + before.length),
        context: { includeDeclaration },
      });
      return locations?.map(({ range }) => shownRange(range)) ?? null;
    };
    const one = ['1:19-22', '5:5-8', '7:12-13', '10:17-20'];
    assert.deepEqual(await found('AS O', 'ne'), one);
    assert.deepEqual(await found('--from=', '0'), one);
    assert.deepEqual(await found('AS O', 'ne', false), one.slice(1));
    assert.deepEqual(await found('AS t', 'wo'), ['5:12-15']);
    const globalV = ['0:4-5', '1:9-10', '1:13-14', '2:4-5', '3:7-8', '4:34-35', '4:43-44', '8:4-5'];
    assert.deepEqual(await found('ARG ', 'V=1'), globalV);
    assert.deepEqual(await found('echo "$', 'V'), globalV);
    assert.deepEqual(await found('ENV ', 'E=$V'), ['3:4-5', '4:47-48', '6:8-9']);
    assert.deepEqual(await found('--chown=', '$E'), ['6:4-5', '7:23-24', '8:1-2']);
    assert.equal(await found('--from=', 'image'), null);
    assert.equal(await found('FROM ', 'a'), null);
    assert.equal(await found('', 'FROM'), null);
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
    assert.equal(await definition('', '${USER_ID}'), '10:4-11');
    assert.equal(await definition('run $M', 'ODE'), null);
    // Clients go on to the references from there.
    assert.equal(await definition('WORKDIR /app\nENV M', 'ODE'), '5:4-8');
    assert.equal(await definition('AS bu', 'ild'), '8:13-18');
    assert.equal(await definition('npm c', 'i'), null);
  });
});
