// `npm run screenshots`: pictures of the extension at work on the sample shop, in three themes, in out/screenshots/.
import { mkdirSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Browser as Chromium, Page, PageScreenshotOptions } from 'playwright-core';
import { root } from '../project.js';
import { copyWorkspace, startHost } from './host.js';
import { findBrowser, installVSCode, type PrivateVSCode } from './install.js';
import { stageExtension } from './stage.js';
import { launch, openWorkbench, type Workbench } from './workbench.js';

type Clip = NonNullable<PageScreenshotOptions['clip']>;

const folder = join(root, 'out', 'screenshots');
const themes = {
  light: 'Default Light Modern',
  dark: 'Default Dark Modern',
  contrast: 'Default High Contrast',
} as const;
const size = { width: 1200, height: 800 };
/** The part of the window that is worth showing where it is not all of it. */
const clips: Readonly<Record<string, Clip>> = {
  hover: { x: 60, y: 168, width: 900, height: 499 },
  fix: { x: 60, y: 238, width: 900, height: 287 },
};

/** What is not ours is left out of the pictures. */
const settings: Readonly<Record<string, unknown>> = {
  'window.commandCenter': false,
  'workbench.layoutControl.enabled': false,
  'workbench.tips.enabled': false,
  'breadcrumbs.enabled': false,
  'editor.minimap.enabled': false,
  'editor.stickyScroll.enabled': false,
  'editor.cursorBlinking': 'solid',
  'editor.renderLineHighlight': 'none',
  'editor.occurrencesHighlight': 'off',
  // Covers less of what a reader has read before.
  'editor.hover.above': false,
};

async function picturesIn(name: string, theme: string, vscode: PrivateVSCode, chromium: Chromium): Promise<void> {
  const host = await startHost(vscode, {
    automated: true,
    settings: { ...settings, 'workbench.colorTheme': theme },
    prepare: (extensions) => stageExtension(undefined, 'node', join(extensions, 'plimsoll.plimsoll-0.0.0')),
  });
  try {
    const shop = copyWorkspace(host, join(root, 'test-fixtures', 'shop'));
    const workbench = await openWorkbench(chromium, host, { folder: shop, ...size });
    for (const [subject, show] of Object.entries(subjects)) {
      await show(workbench);
      const file = join(folder, `${subject}-${name}.png`);
      await workbench.page.screenshot({ path: file, clip: clips[subject] ?? { x: 0, y: 0, ...size } });
      console.log(relative(root, file));
      await leave(workbench);
    }
    await workbench.close();
  } finally {
    await host.stop();
  }
}

/** What is to be seen, and how one gets there from an empty window. */
const subjects: Readonly<Record<string, (workbench: Workbench) => Promise<void>>> = {
  async hover(workbench) {
    await workbench.command('View: Close Primary Side Bar');
    await openMarked(workbench, 'compose.yaml', 18, 10);
    await workbench.command('Show or Focus Hover');
    await workbench.page.locator('.monaco-hover:visible', { hasText: 'plimsoll' }).waitFor();
  },
  async fix(workbench) {
    await openMarked(workbench, 'compose.yaml', 58, 11);
    await workbench.press('Control+Period');
    await workbench.page.locator('.action-widget:visible', { hasText: 'Ignore' }).waitFor();
  },
  async problems(workbench) {
    await openMarked(workbench, 'compose.yaml', 18, 10);
    await workbench.command('Plimsoll: Scan Workspace');
    await workbench.page.locator('.markers-panel .monaco-list-row:visible', { hasText: 'plimsoll' }).first().waitFor();
    await settled(workbench.page);
  },
  async status(workbench) {
    await openMarked(workbench, 'compose.yaml', 18, 10);
    const item = workbench.page.locator('.statusbar-item[id="status.languageStatus"]');
    await item.hover();
    await workbench.page.locator('.hover-language-status', { hasText: 'Plimsoll' }).first().waitFor();
  },
  async 'walkthrough-find'(workbench) {
    await openWalkthrough(workbench);
  },
  async 'walkthrough-fix'(workbench) {
    await openWalkthrough(workbench);
    await workbench.click('.getting-started-step:has-text("Have it mended")');
    await settled(workbench.page);
  },
};

/** Opens a file with the cursor on a finding; the light bulb says that it is known. */
async function openMarked(workbench: Workbench, file: string, line: number, column: number): Promise<void> {
  await workbench.openFile(file, line, column);
  await workbench.page.locator('.lightBulbWidget:visible').first().waitFor();
}

async function openWalkthrough({ page }: Workbench): Promise<void> {
  await page.keyboard.press('F1');
  for (const [text, offer] of [
    ['>Welcome: Open Walkthrough', 'Welcome: Open Walkthrough'],
    ['Plimsoll', 'Get started with Plimsoll'],
  ] as const) {
    await page.locator('.quick-input-widget:visible input[type=text]').fill(text);
    await page.locator('.quick-input-widget .monaco-list-row.focused', { hasText: offer }).waitFor();
    await page.keyboard.press('Enter');
  }
  await page.locator('.getting-started-step:visible').first().waitFor();
  await settled(page);
}

/** Gives what is loaded late, and what moves, the time for it. */
function settled(page: Page): Promise<void> {
  return page.waitForTimeout(1500);
}

async function leave(workbench: Workbench): Promise<void> {
  for (let times = 0; times < 2; times++) await workbench.press('Escape');
  await workbench.command('View: Close All Editors');
  if (await workbench.page.locator('.part.panel').isVisible()) await workbench.command('View: Hide Panel');
}

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const vscode = await installVSCode(console.log);
const chromium = await launch(await findBrowser(console.log));
try {
  for (const [name, theme] of Object.entries(themes)) await picturesIn(name, theme, vscode, chromium);
} finally {
  await chromium.close();
}
