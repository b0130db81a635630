// Debuggers that wait for somebody to connect, as the words of a command start them.

export interface Debugger {
  readonly name: 'Node.js' | 'Java' | 'Python' | 'Go';
  readonly port: number;
  /** Whom it listens to: `unknown` where the version of the runtime or a name decides. */
  readonly reach: 'every address' | 'loopback' | 'unknown';
  /** The index of the word that says so. */
  readonly word: number;
}

type Reach = Debugger['reach'];

const everyHost: ReadonlySet<string> = new Set(['', '*', '0.0.0.0', '::', '[::]', '0']);

/**
 * The debuggers that a command or a variable with options starts: `--inspect=0.0.0.0:9229` of Node.js, Deno and Bun, JDWP
 * of Java, `debugpy --listen` of Python, `dlv --listen` of Go.
 */
export function debuggersIn(words: readonly string[]): readonly Debugger[] {
  const found: Debugger[] = [];
  let listener: 'Python' | 'Go' | undefined;
  for (const [index, word] of words.entries()) {
    const add = (name: Debugger['name'], address: string, alone: Reach, standard?: number) => {
      const listen = readAddress(address, alone, standard);
      if (listen !== undefined) found.push({ name, ...listen, word: index });
    };
    if (word === 'debugpy' || word.endsWith('/debugpy')) listener = 'Python';
    else if (word === 'dlv' || word.endsWith('/dlv')) listener = 'Go';
    else if (word.startsWith('--inspect')) {
      const address = /^--inspect(?:-brk|-wait)?(?:=(.*))?$/.exec(word);
      if (address !== null) add('Node.js', address[1] ?? '127.0.0.1', 'loopback', 9229);
    } else if (word.includes('jdwp=') || word.includes('jdwp:')) {
      const address = jdwpAddress(word);
      // A port alone is that of the loopback from Java 9 on, and of every address before.
      if (address !== undefined) add('Java', address, 'unknown');
    } else if (listener !== undefined && (word === '--listen' || word === '-l' || word.startsWith('--listen='))) {
      const address = word.startsWith('--listen=') ? word.slice('--listen='.length) : words[index + 1];
      if (address !== undefined) add(listener, address, 'loopback');
    }
  }
  return found;
}

/** Undefined where the agent connects to a debugger itself, which it does unless it is told to be the server. */
function jdwpAddress(word: string): string | undefined {
  const options = word.slice(word.indexOf('jdwp') + 'jdwp='.length).split(',');
  if (!options.includes('server=y')) return undefined;
  return options.find((option) => option.startsWith('address='))?.slice('address='.length);
}

/** `host:port`, `:port`, `port`, or `host` where there is a standard port. */
function readAddress(
  text: string,
  alone: Reach,
  standard: number | undefined,
): { readonly port: number; readonly reach: Reach } | undefined {
  const colon = text.lastIndexOf(':');
  if (colon < 0 && standard !== undefined && !/^\d{2,5}$/.test(text)) return { port: standard, reach: reachOf(text) };
  const port = text.slice(colon + 1);
  if (!/^\d{1,5}$/.test(port)) return undefined;
  return { port: Number(port), reach: colon < 0 ? alone : reachOf(text.slice(0, colon)) };
}

function reachOf(host: string): Reach {
  if (everyHost.has(host)) return 'every address';
  return host === 'localhost' || host.startsWith('127.') || host === '::1' || host === '[::1]' ? 'loopback' : 'unknown';
}
