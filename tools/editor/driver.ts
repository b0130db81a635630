// Lets a test in an extension host work the window that it runs in: a server on the loopback that takes one action at a time.
import { createServer } from 'node:http';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { Workbench } from './workbench.js';

export interface Driver {
  /** What a test sends its actions to. */
  readonly address: string;
  /** The window that is worked from now on. */
  attach(workbench: Workbench): void;
  stop(): void;
}

interface Request {
  readonly action: string;
  readonly argument: string;
}

/** `token` keeps others on this machine out. Screenshots go to the folder `pictures`. */
export async function startDriver(token: string, pictures: string): Promise<Driver> {
  let workbench: Workbench | undefined;

  const act = async ({ action, argument }: Request): Promise<void> => {
    if (workbench === undefined) throw new Error('No window is open yet.');
    switch (action) {
      case 'press':
        return workbench.press(argument);
      case 'type':
        return workbench.type(argument);
      case 'click':
        return workbench.click(argument);
      case 'hover':
        return workbench.hover(argument);
      case 'waitForText':
        return workbench.waitForText(argument);
      case 'screenshot':
        if (!/^[\w-]+$/.test(argument)) throw new Error(`'${argument}' is no name for a picture.`);
        return workbench.screenshot(join(pictures, `${argument}.png`));
      default:
        throw new Error(`There is no action '${action}'.`);
    }
  };

  const server = createServer((request, response) => {
    // The worker of the web extension host asks across origins.
    response.setHeader('Access-Control-Allow-Origin', '*');
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => {
      body += text;
    });
    request.on('end', () => {
      if (request.url !== `/${token}`) {
        response.writeHead(404).end();
        return;
      }
      const done = new Promise<void>((resolve) => resolve(act(JSON.parse(body))));
      done.then(
        () => response.end(),
        (error: unknown) => response.writeHead(500).end(stripVTControlCharacters(String(error))),
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return {
    address: `http://127.0.0.1:${port}/${token}`,
    attach: (opened) => {
      workbench = opened;
    },
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
