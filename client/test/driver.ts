// Hands and eyes for a test: keys, clicks and pictures of the window that it runs in. The private VS Code has them; a desktop
// VS Code has not, so a test asks first.

declare const SUITE: { readonly driver?: string };

/** Whether this run has a driver. */
export const hasDriver: boolean = SUITE.driver !== undefined;

/** Writes `out/test/HOST/NAME.png`; a host is `node`, `web`, `package` or `restricted`. */
export function screenshot(name: string): Promise<void> {
  return ask('screenshot', name);
}

/** Presses keys by Playwright's names: `Control+Period`, `F8`, `Escape`. */
export function press(keys: string): Promise<void> {
  return ask('press', keys);
}

export function type(text: string): Promise<void> {
  return ask('type', text);
}

/** The first that this CSS selector finds. */
export function click(selector: string): Promise<void> {
  return ask('click', selector);
}

export function hover(selector: string): Promise<void> {
  return ask('hover', selector);
}

/** Waits until this text is to be seen in the window. */
export function waitForText(text: string): Promise<void> {
  return ask('waitForText', text);
}

async function ask(action: string, argument: string): Promise<void> {
  if (SUITE.driver === undefined) throw new Error('This VS Code has no driver.');
  const response = await fetch(SUITE.driver, { method: 'POST', body: JSON.stringify({ action, argument }) });
  if (!response.ok) throw new Error(await response.text());
}
