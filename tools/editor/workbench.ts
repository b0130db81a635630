// A page with VS Code in it, for scripts: opened with an extension and perhaps its tests, then worked by keys and clicks.
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { format } from 'node:util';
import { type Browser as Chromium, chromium, type Page } from 'playwright-core';
import { addressOf, type Host } from './host.js';
import type { Browser } from './install.js';

/** Where an extension runs: in Node on the server's side, or in a worker of the page. */
export type Kind = 'node' | 'web';

export interface WorkbenchOptions {
  /** Absolute; the page has no folder open where it is left out. */
  readonly folder?: string;
  /** The folder of an extension that is loaded from its sources. */
  readonly extension?: string;
  readonly kind?: Kind;
  /** The bundle that exports `run`; needs `extension`. */
  readonly tests?: string;
  /** Gets each line of the extension host's console. */
  readonly onLine?: (line: string) => void;
  /** Called before the page is loaded, for tests that want their window before it is whole. */
  readonly onOpen?: (workbench: Workbench) => void;
  readonly width?: number;
  readonly height?: number;
}

export interface Workbench {
  /** For what is not below. */
  readonly page: Page;
  /** Of the extension host and of the page, in the order they came. */
  readonly log: readonly string[];
  /** Resolves with the exit code of the tests; rejects where the page ends before. */
  readonly exit: Promise<number>;
  /** Runs a command by its title, through the command palette. */
  command(title: string): Promise<void>;
  /** Opens a file of the folder by its path, in the way of Ctrl+P, at a line and column that count from 1. */
  openFile(path: string, line?: number, column?: number): Promise<void>;
  /** Playwright's names: `Control+Period`, `F8`, `Escape`. */
  press(keys: string): Promise<void>;
  type(text: string): Promise<void>;
  click(selector: string): Promise<void>;
  hover(selector: string): Promise<void>;
  /** Waits until something is to be seen whose text contains this. */
  waitForText(text: string, timeout?: number): Promise<void>;
  screenshot(file: string): Promise<void>;
  close(): Promise<void>;
}

/** Resolves with the browser; its end is the caller's. It goes by itself when this process does. */
export function launch(browser: Browser): Promise<Chromium> {
  return chromium.launch({
    executablePath: browser.executable,
    env: { ...process.env, ...browser.env },
    // The sandbox does not work for root, and only our own pages are opened.
    chromiumSandbox: false,
    args: [
      ...['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
      ...['--disable-component-update', '--disable-sync', '--font-render-hinting=none'],
    ],
  });
}

/** Resolves when the workbench is to be seen; its extensions may still be starting. */
export async function openWorkbench(browser: Chromium, host: Host, options: WorkbenchOptions): Promise<Workbench> {
  const context = await browser.newContext({
    viewport: { width: options.width ?? 1280, height: options.height ?? 800 },
  });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  const log: string[] = [];
  let exited: (code: number) => void = () => {};
  const exit = new Promise<number>((resolve, reject) => {
    exited = resolve;
    page.on('crash', () => reject(new Error('the page of VS Code crashed.')));
    page.on('close', () => reject(new Error('the page of VS Code was closed.')));
  });
  // Whoever does not wait for it does not mind.
  exit.catch(() => undefined);
  // VS Code's own names for the two.
  await page.exposeFunction('codeAutomationExit', (code: number) => exited(code));
  await page.exposeFunction('codeAutomationLog', (_type: string, args: readonly unknown[]) => {
    const line = format(...args);
    log.push(line);
    options.onLine?.(line);
  });
  page.on('console', (message) => log.push(`[page] ${message.text()}`));
  page.on('pageerror', (error) => log.push(`[page] ${error.stack ?? error.message}`));

  const workbench: Workbench = {
    page,
    log,
    exit,
    command: async (title) => {
      await pick(page, 'F1', `>${title}`, title);
    },
    openFile: async (path, line, column = 1) => {
      const name = path.slice(path.lastIndexOf('/') + 1);
      await pick(page, 'Control+KeyP', path, name);
      await page.locator(`.tab.active[data-resource-name=${JSON.stringify(name)}]`).waitFor();
      await page.locator('.editor-group-container.active .view-lines').waitFor();
      if (line !== undefined) await pick(page, 'Control+KeyG', `:${line}:${column}`);
    },
    press: (keys) => page.keyboard.press(keys),
    type: (text) => page.keyboard.type(text),
    // By force, because the text of an editor lies above what marks it.
    click: (selector) => page.locator(selector).first().click({ force: true }),
    hover: (selector) => page.locator(selector).first().hover({ force: true }),
    waitForText: (text, timeout = 20_000) =>
      page
        .locator(`.monaco-workbench :text(${JSON.stringify(text)}):visible`)
        .first()
        .waitFor({ timeout }),
    screenshot: async (file) => {
      mkdirSync(dirname(file), { recursive: true });
      await page.screenshot({ path: file });
    },
    close: () => context.close(),
  };
  options.onOpen?.(workbench);
  await page.goto(addressOf(host, options.folder, payloadOf(host, options)));
  await page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: 60_000 });
  return workbench;
}

/** Opens the box of the command palette with a key, writes into it and takes what it offers first: `offer`, if any. */
async function pick(page: Page, key: string, text: string, offer?: string): Promise<void> {
  const box = page.locator('.quick-input-widget:visible');
  await page.keyboard.press(key);
  await box.locator('input[type=text]').fill(text);
  // For a moment the list is still that of before.
  if (offer !== undefined) await box.locator('.monaco-list-row.focused', { hasText: offer }).waitFor();
  await page.keyboard.press('Enter');
  await page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
}

function payloadOf(host: Host, options: WorkbenchOptions): ReadonlyMap<string, string> {
  const payload = new Map<string, string>();
  const address = (path: string): string => `vscode-remote://${host.authority}${path}`;
  if (options.extension !== undefined) payload.set('extensionDevelopmentPath', address(options.extension));
  if (options.kind === 'web') payload.set('extensionDevelopmentKind', 'web');
  if (options.tests !== undefined) payload.set('extensionTestsPath', address(options.tests));
  return payload;
}
