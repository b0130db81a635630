// Reads the page with the parser that browsers agree on, and holds it against what is valid and accessible.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { HtmlValidate, StaticConfigLoader } from 'html-validate';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { type DefaultTreeAdapterTypes, defaultTreeAdapter, parse } from 'parse5';
import { root } from '../../../tools/project.js';
import { nodeFiles } from '../../src/cli/node-files.js';
import { dark, light, type Palette } from '../../src/cli/reporters/html-style.js';
import { inline, prose, titleOf } from '../../src/cli/reporters/prose.js';
import { allRules } from '../../src/rules/all.js';
import { loadPages } from '../../src/service/explain.js';
import { FilesError } from '../../src/service/files.js';
import { hostileCompose, hostileFile, markupFile, shownComment, shownNames, shownReason } from './hostile.js';
import { openWorkshop, type RunOptions, type Workshop } from './workshop.js';

type Element = DefaultTreeAdapterTypes.Element;
type Node = DefaultTreeAdapterTypes.ChildNode | DefaultTreeAdapterTypes.Document;

/** All that a page may consist of: nothing in it runs, loads, or asks for input. */
const elementNames = new Set(
  'a article b bdi body caption circle code dd div dl dt footer h1 h2 h3 h4 head header html li main mark meta nav p pre rect section span strong style svg table tbody td th thead time title tr ul'.split(
    ' ',
  ),
);
const attributeNames = new Set(
  'aria-hidden aria-label aria-labelledby charset class content cx cy fill focusable height href http-equiv id lang name r rx scope stroke stroke-width viewBox width x y'.split(
    ' ',
  ),
);

const validator = new HtmlValidate(
  new StaticConfigLoader({
    root: true,
    extends: ['html-validate:recommended', 'html-validate:document', 'html-validate:a11y'],
    rules: {
      // Matters of taste.
      'doctype-style': 'off',
      'long-title': 'off',
      'no-trailing-whitespace': 'off',
    },
  }),
);

class Page {
  readonly html: string;
  readonly elements: readonly Element[];

  constructor(html: string) {
    this.html = html;
    const errors: string[] = [];
    const document = parse(html, {
      onParseError: ({ code, startLine }) => errors.push(`${code} in line ${startLine}`),
    });
    assert.deepEqual(errors, []);
    this.elements = elementsBelow(document);
  }

  all(name: string): readonly Element[] {
    return this.elements.filter(({ tagName }) => tagName === name);
  }

  one(name: string): Element {
    const [element, ...others] = this.all(name);
    assert.ok(element !== undefined && others.length === 0, `one <${name}>`);
    return element;
  }

  /** The texts of all elements of a name. */
  texts(name: string): readonly string[] {
    return this.all(name).map(textOf);
  }
}

function elementsBelow(node: Node): readonly Element[] {
  const below = 'childNodes' in node ? node.childNodes.flatMap(elementsBelow) : [];
  return defaultTreeAdapter.isElementNode(node) ? [node, ...below] : below;
}

function textOf(node: Node): string {
  if (defaultTreeAdapter.isTextNode(node)) return node.value;
  return 'childNodes' in node ? node.childNodes.map(textOf).join('') : '';
}

function attributeOf(element: Element, name: string): string | undefined {
  return element.attrs.find((attribute) => attribute.name === name)?.value;
}

const compose = `services:
  web:
    image: nginx:latest
    privileged: true
`;

describe('the HTML report', () => {
  let shop: Workshop;

  beforeEach(() => {
    shop = openWorkshop();
  });

  afterEach(() => shop.close());

  /** A page that is valid, loads and runs nothing, and whose every link leads to a place in it. */
  async function report(words: readonly string[] = [], options: RunOptions = {}): Promise<Page> {
    const page = new Page((await shop.lint(['--format', 'html', ...words], options)).stdout);
    await holds(page);
    return page;
  }

  async function holds(page: Page): Promise<void> {
    for (const element of page.elements) {
      assert.ok(elementNames.has(element.tagName), `<${element.tagName}>`);
      for (const { name } of element.attrs) assert.ok(attributeNames.has(name), `${element.tagName} ${name}=`);
    }
    const [policy] = page.all('meta').filter((meta) => attributeOf(meta, 'http-equiv') === 'Content-Security-Policy');
    const hash = createHash('sha256')
      .update(textOf(page.one('style')))
      .digest('base64');
    assert.equal(
      policy === undefined ? undefined : attributeOf(policy, 'content'),
      `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`,
    );
    assert.doesNotMatch(textOf(page.one('style')), /url\(|@import|expression/);
    const ids = page.elements.flatMap((element) => attributeOf(element, 'id') ?? []);
    assert.equal(new Set(ids).size, ids.length);
    for (const element of page.elements) {
      const link = attributeOf(element, 'href');
      if (link !== undefined) assert.ok(link.startsWith('#') && ids.includes(link.slice(1)), link);
      const label = attributeOf(element, 'aria-labelledby');
      if (label !== undefined) assert.ok(ids.includes(label), label);
    }
    const { results } = await validator.validateString(page.html);
    assert.deepEqual(
      results.flatMap(({ messages }) => messages.map(({ line, ruleId, message }) => `${line} ${ruleId}: ${message}`)),
      [],
    );
  }

  it('is looked at closely: the checks refuse what they are there for', async () => {
    shop.write('compose.yaml', compose);
    const { html } = await report();
    const wrong: readonly [part: string, instead: string][] = [
      ['</main>', '</main><script>1</script>'],
      ['<h1>', '<h1 onclick="1">'],
      ['<h1>', '<h1 style="color: red">'],
      ['</style>', ' </style>'],
      ['default-src &#39;none&#39;; ', ''],
      ['href="#summary"', 'href="https://example.com/"'],
      ['href="#summary"', 'href="javascript:1"'],
      ['href="#summary"', 'href="#nowhere"'],
      ['<main>', '<main id="summary">'],
      ['<main>', '<main><p><div></div></p>'],
      ['<main>', '<main><img src="https://example.com/a.png">'],
      ['lang="en"', ''],
      ['<h2 id="summary">', '<h6 id="summary">'],
    ];
    for (const [part, instead] of wrong) {
      assert.ok(html.includes(part), part);
      await assert.rejects(async () => holds(new Page(html.replace(part, instead))), instead);
    }
  });

  it('begins with what there is, of what, and where', async () => {
    shop.write('a/compose.yaml', compose);
    shop.write('b/Dockerfile', 'FROM nginx:latest\n');
    shop.write('c/Dockerfile', 'FROM nginx:1.27\n');
    const page = await report();
    const project = shop.path.slice(shop.path.lastIndexOf('/') + 1);
    assert.deepEqual(page.texts('title'), [`${project}: 1 error, 2 warnings in 2 of 3 files. Plimsoll report`]);
    assert.deepEqual(page.texts('h1'), [`Plimsoll report: ${project}`]);
    assert.deepEqual(page.texts('time'), ['2026-06-15']);
    assert.deepEqual(page.texts('h2'), ['Summary', 'Findings', 'What the rules mean']);
    assert.deepEqual(
      page.all('tr').map((row) => row.childNodes.map(textOf)),
      [
        ['Rule', 'What it finds', 'Findings'],
        ['privileged', 'error The container is privileged.', '1'],
        ['latest-tag', 'warning The tag is latest.', '2'],
        ['File', 'Errors', 'Warnings', 'Infos', 'Hints'],
        ['a/compose.yaml', '1', '1', '0', '0'],
        ['b/Dockerfile', '0', '1', '0', '0'],
      ],
    );
  });

  it('shows each finding below its file: the marked line, why it matters, what to do, and standards', async () => {
    shop.write('b/compose.yaml', compose);
    shop.write('a/Dockerfile', 'FROM nginx:latest\n');
    const page = await report();
    assert.deepEqual(page.texts('h3').slice(0, 2), ['a/Dockerfile', 'b/compose.yaml']);
    const [, second] = page.all('article');
    assert.ok(second !== undefined);
    const parts = elementsBelow(second);
    const texts = (name: string) => parts.filter(({ tagName }) => tagName === name).map(textOf);
    assert.deepEqual(texts('h4'), ["warning The tag is 'latest': it moves."]);
    assert.deepEqual(texts('pre'), ['3     image: nginx:latest']);
    assert.deepEqual(texts('mark'), ['latest']);
    assert.deepEqual(texts('dt'), ['Where', 'See also', 'Why it matters', 'What to do', 'Standards']);
    assert.deepEqual(texts('dd'), [
      'line 3, column 18',
      'line 3: It is the tag of this image.',
      'The tag is latest. More about latest-tag',
      "Change to '1' (plimsoll lint --fix does it)",
      'NIST SP 800-190, 4.2.2: Stale images in registries',
    ]);
  });

  it('explains each rule once, with the words of its page', async () => {
    const folder = join(root, 'test-fixtures', 'shop');
    const page = new Page((await shop.run(['lint', '--format', 'html', '--profile', 'all', folder])).stdout);
    await holds(page);
    const { introOf } = await loadPages();
    const sections = page
      .all('section')
      .filter((section) => attributeOf(section, 'aria-labelledby')?.startsWith('rule-'));
    assert.ok(sections.length > 10);
    for (const section of sections) {
      const id = attributeOf(section, 'aria-labelledby')?.slice('rule-'.length) ?? '';
      const words = (introOf(id) ?? assert.fail(id)).replace(/[`\s]+/g, ' ').slice(0, 60);
      assert.ok(
        textOf(section)
          .replace(/\s+/g, ' ')
          .includes(words.split(' `')[0] ?? ''),
        id,
      );
    }
  });

  it('keeps what is ignored apart, by whom and why, where that is asked for', async () => {
    shop.write('compose.yaml', compose.replace('true', 'true # plimsoll: ignore[privileged] it mounts disks'));
    assert.ok(!(await report()).html.includes('it mounts disks'));
    const page = await report(['--show-suppressed']);
    assert.deepEqual(page.texts('h2'), ['Summary', 'Findings', 'Ignored', 'What the rules mean']);
    const rows = page.all('tr').map((row) => row.childNodes.map(textOf));
    assert.deepEqual(rows.at(-1), [
      'compose.yaml, line 4',
      "error Container 'web' is privileged: a break-out owns the host. privileged",
      'a Plimsoll comment',
      'it mounts disks',
    ]);
    assert.match(textOf(page.one('main')), /1 warning in 1 of 1 file\./);
    shop.write('compose.yaml', compose);
    assert.match(textOf((await report(['--show-suppressed'])).one('main')), /Nothing is ignored\./);
  });

  it('says first of all what could not be checked', async () => {
    shop.write('compose.yaml', compose);
    const read = () => Promise.reject(new FilesError('permission denied'));
    const page = await report([], { files: { ...nodeFiles, read } });
    assert.deepEqual(page.texts('h2'), ['Not checked', 'Summary']);
    assert.match(textOf(page.one('main')), /compose\.yaml: permission denied/);
    assert.match(textOf(page.one('main')), /Nothing was checked\./);
    assert.doesNotMatch(textOf(page.one('main')), /No problems/);
  });

  it('says so when all is well, and when there was nothing to check', async () => {
    assert.match(textOf((await report()).one('main')), /Nothing was checked: there is no Dockerfile/);
    shop.write('Dockerfile', 'FROM nginx:1.27\n');
    assert.match(textOf((await report()).one('main')), /No problems in 1 file\./);
  });

  it('lets no text of a file, a name, a reason or an error be more than text', async () => {
    shop.write(hostileFile, hostileCompose);
    const page = await report(['--show-suppressed', '--only', 'privileged', '.', '<script>gone</script>']);
    assert.deepEqual(page.texts('h3').slice(0, 1), [markupFile]);
    assert.deepEqual(
      page.texts('h4'),
      shownNames.slice(0, -1).map((name) => `error Container '${name}' is privileged: a break-out owns the host.`),
    );
    assert.equal(page.texts('pre')[0], `4     privileged: true ${shownComment}`);
    assert.ok(page.texts('td').includes(shownReason));
    assert.ok(textOf(page.one('main')).includes('<script>gone</script>: no such file or folder'));
  });

  it('names the folder that was checked, whatever it is called', async () => {
    shop.write('<b>&amp;/Dockerfile', 'FROM nginx:1.27\n');
    const page = await report([], { cwd: '<b>&amp;' });
    assert.deepEqual(page.texts('h1'), ['Plimsoll report: <b>&amp;']);
  });

  it('cuts a line of a megabyte around what is marked', async () => {
    const filler = 'x'.repeat(500_000);
    shop.write('compose.yaml', `services: { a: { x-a: "${filler}", privileged: true, x-b: "${filler}" } }\n`);
    const page = await report();
    assert.deepEqual(page.texts('mark'), ['true']);
    assert.ok(page.html.length < 20_000);
    assert.match(page.texts('pre')[0] ?? '', /^1 …x+", privileged: true, x-b: "x+…$/);
  });

  it('lists no more than fifty files in the summary, and all of them below it', async () => {
    for (let i = 0; i < 53; i++) shop.write(`${i}/Dockerfile`, 'FROM nginx:latest\n');
    const page = await report();
    assert.equal(page.all('tr').length, 2 + 1 + 50);
    assert.match(textOf(page.one('main')), /And 3 more files, below\./);
    assert.equal(page.all('article').length, 53);
  });

  it('can be read by everybody: its colours have a contrast of 4.5 in light and dark', () => {
    for (const palette of [light, dark]) {
      const { page, panel } = palette;
      const texts = ['text', 'quiet', 'link', 'error', 'warning', 'info', 'hint'] as const;
      for (const name of texts) {
        for (const ground of [page, panel]) {
          const ratio = contrast(palette[name], ground);
          assert.ok(ratio >= 4.5, `${name} ${palette[name]} on ${ground}: ${ratio.toFixed(2)}`);
        }
      }
      assert.ok(contrast(palette.markText, palette.mark) >= 4.5);
    }
    assert.ok(contrast('#ffffff', '#000000') > 20.9);
  });
});

describe('prose', () => {
  it('turns the introduction of every rule into HTML, and leaves no sign of Markdown', async () => {
    const { introOf } = await loadPages();
    for (const { meta } of allRules) {
      const html = prose(introOf(meta.id) ?? assert.fail(meta.id))
        .map(({ markup }) => markup)
        .join('');
      const text = textOf(parse(html));
      assert.doesNotMatch(text.replace(/\*\.example\.com|`\*`|acme-\*/g, ''), /`|\*\*|\]\(|^[-#>]/m, meta.id);
    }
  });

  it('knows paragraphs, lists, code, bold words and the text of links', () => {
    assert.deepEqual(
      prose('One `a<b` **two**\nthree [four](https://example.com).\n\n- five\n- six\n  seven').map(
        ({ markup }) => markup,
      ),
      [
        '<p>One <code>a&lt;b</code> <strong>two</strong> three four.</p>\n',
        '<ul><li>five</li><li>six   seven</li></ul>\n',
      ],
    );
  });

  it('takes a title of a fix for text, but for code', () => {
    assert.equal(
      titleOf("Remove `a` from '**<b>**[x](y)'").markup,
      'Remove <code>a</code> from &#39;**&lt;b&gt;**[x](y)&#39;',
    );
    assert.equal(titleOf('a lone ` stays').markup, 'a lone ` stays');
  });

  it('takes time in proportion to the text, however hostile it is', () => {
    for (const text of ['`'.repeat(100_001), '['.repeat(100_000), '**'.repeat(50_001), '[]('.repeat(50_000)]) {
      const start = performance.now();
      inline(text);
      assert.ok(performance.now() - start < 1000, text.slice(0, 3));
    }
  });
});

/** As WCAG 2.2 defines it. */
function contrast(a: Palette[keyof Palette], b: string): number {
  const [lighter = 0, darker = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const channel = Number.parseInt(colour.slice(start, start + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
