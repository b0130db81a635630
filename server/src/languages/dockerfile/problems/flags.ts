// What BuildKit refuses about the flags of an instruction: names, repetition and values.
import type { MappedText } from '../../../text/mapped-text.js';
import type { Place } from '../../../text/span.js';
import type { RawFlag, Statement } from '../statement.js';
import { checkDevice, checkMount } from './mounts.js';
import { placeOf, type Report, replaceBy, reportUnknown, shorten, textOf } from './report.js';

/** `list`: it may be repeated. */
type FlagKind = 'text' | 'boolean' | 'list';

/** All that some version of BuildKit takes, up to 0.25 and the `labs` channel. */
const flagsOf: Readonly<Record<string, Readonly<Record<string, FlagKind>>>> = {
  ADD: {
    checksum: 'text',
    chmod: 'text',
    chown: 'text',
    exclude: 'list',
    'keep-git-dir': 'boolean',
    link: 'boolean',
    unpack: 'boolean',
  },
  COPY: { chmod: 'text', chown: 'text', exclude: 'list', from: 'text', link: 'boolean', parents: 'boolean' },
  FROM: { platform: 'text' },
  HEALTHCHECK: {
    interval: 'text',
    retries: 'text',
    'start-interval': 'text',
    'start-period': 'text',
    timeout: 'text',
  },
  RUN: { device: 'list', mount: 'list', network: 'text', security: 'text' },
};

/** BuildKit passes their flags over without a word. */
const careless: ReadonlySet<string> = new Set(['ARG', 'STOPSIGNAL']);

/** Where people write options of the program. */
const commands: ReadonlySet<string> = new Set(['CMD', 'ENTRYPOINT']);

/** Whether there is no flag that is unknown. */
export function checkFlags(statement: Statement, report: Report): boolean {
  const { flags, keyword } = statement;
  if (flags.length === 0 || careless.has(keyword) || isHealthcheckNone(statement)) return true;
  const known = flagsOf[keyword] ?? {};
  const seen = new Set<string>();
  let areKnown = true;
  for (const flag of flags) {
    const name = nameOf(statement, flag);
    const kind = Object.hasOwn(known, name) ? known[name] : undefined;
    if (kind === undefined) {
      reportUnknownFlag(statement, flag, name, Object.keys(known), report);
      areKnown = false;
      continue;
    }
    if (seen.has(name) && kind !== 'list') {
      report(placeOf(statement.line, flag.span), `'--${name}' is written twice: the build refuses that.`);
    }
    seen.add(name);
    checkValue(statement, flag, name, kind, report);
  }
  return areKnown;
}

function isHealthcheckNone({ keyword, subcommand, line }: Statement): boolean {
  return keyword === 'HEALTHCHECK' && subcommand !== undefined && /^none$/i.test(textOf(line, subcommand));
}

/** As it is written: BuildKit tells small letters from capitals. */
function nameOf({ line }: Statement, { span, name }: RawFlag): string {
  const written = line.value.slice(span.start + 2, span.start + 2 + name.length);
  return written.toLowerCase() === name ? written : name;
}

function nameAt({ line }: Statement, { span }: RawFlag): Place {
  const written = textOf(line, span);
  const equals = written.indexOf('=');
  return line.part(span.start, equals < 0 ? span.end : span.start + equals);
}

function reportUnknownFlag(
  statement: Statement,
  flag: RawFlag,
  name: string,
  known: readonly string[],
  report: Report,
): void {
  const { keyword } = statement;
  const at = nameAt(statement, flag);
  const written = `--${name}`;
  if (commands.has(keyword)) {
    report(at, `'${shorten(written)}' is read as a flag of ${keyword}, which has none: use a JSON array.`);
    return;
  }
  const meant = known.find((each) => each === name.toLowerCase());
  if (meant !== undefined) {
    report(at, `'${shorten(written)}' has to be in small letters.`, replaceBy(at, `--${meant}`));
    return;
  }
  reportUnknown(
    report,
    at,
    written,
    known.map((each) => `--${each}`),
    `flag of ${keyword}`,
  );
}

function checkValue(statement: Statement, flag: RawFlag, name: string, kind: FlagKind, report: Report): void {
  const { value } = flag;
  const at = nameAt(statement, flag);
  if (kind === 'boolean') {
    if (value?.value === '') report(at, `'--${name}' has an empty value: it takes true or false.`);
    else if (value !== undefined && !/^(?:true|false)$/i.test(value.value)) {
      report(value.place, `'--${name}' takes true or false.`);
    }
  } else if (value === undefined) report(at, `'--${name}' has no value: it needs '=' and what is meant.`);
  else checkText(statement, flag, name, value, report);
}

function checkText(statement: Statement, flag: RawFlag, name: string, value: MappedText, report: Report): void {
  const { keyword } = statement;
  const at = value.value === '' ? nameAt(statement, flag) : value.place;
  if (keyword === 'HEALTHCHECK') {
    if (value.value !== '') checkHealth(name, value.value, at, report);
  } else if (value.value === '' && (name === 'network' || name === 'security')) {
    report(at, `'--${name}' has an empty value.`);
  } else if (name === 'network') {
    if (!/^(?:default|none|host)$/.test(value.value)) {
      reportUnknown(report, at, value.value, ['default', 'none', 'host'], 'network of a build');
    }
  } else if (name === 'security') {
    if (!/^(?:insecure|sandbox)$/.test(value.value)) {
      reportUnknown(report, at, value.value, ['insecure', 'sandbox'], 'security mode of a build');
    }
  } else if (name === 'mount') checkMount(value, at, report);
  else if (name === 'device') checkDevice(value, at, report);
  else if (name === 'platform') checkPlatform(value.value, at, report);
  else if (name === 'chmod') checkMode(value.value, at, report);
  else if (name === 'from' && /["'$\\]/.test(value.value)) {
    report(at, "'--from' takes no variables: name a stage, and let its FROM take them.");
  } else if (name === 'checksum') checkChecksum(statement, value, at, report);
}

function checkHealth(name: string, value: string, at: Place, report: Report): void {
  if (name === 'retries') {
    if (!isRetries(value)) report(at, `'${shorten(value)}' is no number of retries: a whole number is.`);
    return;
  }
  const nanoseconds = durationOf(value);
  if (nanoseconds === undefined) {
    const isNumber = /^[1-9]\d{0,8}$/.test(value);
    const hint = isNumber ? `'${value}s' would be, for seconds` : "'30s' and '1m30s' are";
    const fix = isNumber ? replaceBy(at, `${value}s`) : undefined;
    report(at, `'${shorten(value)}' is no duration: ${hint}.`, fix);
  } else if (nanoseconds !== 0 && nanoseconds < 1e6) {
    report(at, `'${shorten(value)}' is shorter than 1ms, which is the least there can be.`);
  }
}

function isRetries(value: string): boolean {
  return /^\+?\d+$|^-0+$/.test(value) && Number(value) <= 0x7fffffff;
}

const unitsOfTime: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  h: 3600e9,
};

/** What Go's `time.ParseDuration` makes of a text, in nanoseconds. The µ of `µs` does not live through BuildKit's flags. */
function durationOf(text: string): number | undefined {
  const [, sign = '', parts = ''] = /^([-+]?)(.*)$/.exec(text) ?? [];
  if (parts === '0') return 0;
  if (!/^(?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|ms|s|m|h))+$/.test(parts)) return undefined;
  let sum = 0;
  for (const part of parts.split(/(?<=[a-z])(?=[\d.])/)) {
    sum += Number.parseFloat(part) * (unitsOfTime[part.replace(/^[\d.]+/, '')] ?? 0);
  }
  if (sum > 2 ** 63) return undefined;
  return sign === '-' ? -sum : sum;
}

const systems: ReadonlySet<string> = new Set(
  'aix android darwin dragonfly freebsd hurd illumos ios js linux macos nacl netbsd openbsd plan9 solaris windows zos'.split(
    ' ',
  ),
);
const architectures: ReadonlySet<string> = new Set(
  '386 i386 x86_64 x86-64 amd64 amd64p32 aarch64 armhf armel arm armbe arm64 arm64be ppc64 ppc64le loong64 mips mipsle mips64 mips64le mips64p32 mips64p32le ppc riscv riscv64 s390 s390x sparc sparc64 wasm'.split(
    ' ',
  ),
);

/** What containerd's `platforms.Parse` refuses, where no variable decides. */
function checkPlatform(value: string, at: Place, report: Report): void {
  if (value === '' || /["'$\\`]/.test(value)) return;
  const [system = '', ...rest] = value.split('/');
  const isFormed =
    rest.length <= 2 && /^[\w-]+(?:\([\w.%+-]*\))?$/.test(system) && rest.every((part) => /^[\w.-]+$/.test(part));
  const isKnown =
    rest.length > 0 || systems.has(system.replace(/\(.*/, '').toLowerCase()) || architectures.has(system.toLowerCase());
  if (!isFormed || !isKnown) report(at, `'${shorten(value)}' is no platform: 'linux/amd64' and 'linux/arm64' are.`);
}

/** An octal number up to 07777, or a mode in letters. */
function checkMode(value: string, at: Place, report: Report): void {
  if (value === '' || /["'$\\`]/.test(value)) return;
  const isOctal = /^[0-7]+$/.test(value) && Number.parseInt(value, 8) <= 0o7777;
  const isSymbolic = value.split(',').every((clause) => /^[augo]*[-+=][-+=ugorstwXx]*$/.test(clause));
  if (!isOctal && !isSymbolic) report(at, `'${shorten(value)}' is no mode: '0755' and 'u=rwX,go=rX' are.`);
}

function checkChecksum({ line, rest, json }: Statement, value: MappedText, at: Place, report: Report): void {
  if (value.value === '' || json !== undefined) return;
  const words = textOf(line, rest).split(/\s+/);
  const sources = words.slice(0, -1).filter((word) => !word.startsWith('<<'));
  const [source = ''] = sources;
  if (sources.length > 1) report(at, "'--checksum' can be given for one source only.");
  else if (!/["'$\\`]/.test(source) && !isRemote(source)) {
    report(at, "'--checksum' needs a source that is fetched: files of the build context have none.");
  } else if (isWeb(source) && !/["'$\\`]/.test(value.value) && !isDigest(value.value)) {
    report(at, `'${shorten(value.value)}' is no checksum: 'sha256:' and 64 digits and letters a to f are.`);
  }
}

export function isDigest(text: string): boolean {
  return /^(?:sha256:[a-f\d]{64}|sha384:[a-f\d]{96}|sha512:[a-f\d]{128})$/.test(text);
}

/** What is fetched from a web server, and is no Git repository. */
export function isWeb(source: string): boolean {
  return /^https?:\/\//.test(source) && !isGit(source);
}

/** What ADD fetches. */
function isRemote(source: string): boolean {
  return isWeb(source) || isGit(source) || source.startsWith('github.com/');
}

/** What no path of a build context looks like. */
export function isGit(source: string): boolean {
  return /^(?:https?:\/\/[^/#?]*\/[^#?]*\.git(?:[#?]|$)|git:\/\/|ssh:\/\/|[\w-]+@[\w.-]+:)/.test(source);
}
