// What BuildKit refuses about the arguments of an instruction: how many they are, and of what form.
import { isKeyword } from '../../../model/dockerfile/keywords.js';
import type { Span } from '../../../text/span.js';
import { readHeredoc } from '../heredoc.js';
import type { Statement } from '../statement.js';
import { expand, noVariables } from '../variables/expand.js';
import { isOldForm } from '../words.js';
import { isDigest, isGit, isWeb } from './flags.js';
import { keywordAt, placeOf, type Report, replaceBy, reportUnknown, shorten, textOf } from './report.js';

/** These cannot be empty; RUN, CMD and ENTRYPOINT can. */
const atLeastOne: ReadonlySet<string> = new Set(
  'ARG ENV EXPOSE HEALTHCHECK LABEL MAINTAINER ONBUILD SHELL STOPSIGNAL USER VOLUME WORKDIR'.split(' '),
);

export function checkArguments(statement: Statement, spans: readonly Span[], report: Report): void {
  const { keyword, json, line, rest } = statement;
  if (json?.onlyStrings === false) {
    report(placeOf(line, rest), `'${keyword}' has an array with something else than strings.`);
  } else if (spans.length === 0 && atLeastOne.has(keyword)) {
    report(keywordAt(statement), `'${keyword}' needs an argument.`);
  } else checks[keyword]?.(statement, spans, report);
}

type Check = (statement: Statement, spans: readonly Span[], report: Report) => void;

const checks: Readonly<Record<string, Check>> = {
  ADD: checkSources,
  ARG: checkNames,
  COPY: checkSources,
  ENV: checkPairs,
  EXPOSE: checkPorts,
  FROM: checkFrom,
  HEALTHCHECK: checkHealthcheck,
  LABEL: checkPairs,
  SHELL: checkShell,
  STOPSIGNAL: checkSignal,
  VOLUME: checkVolumes,
};

function checkFrom(statement: Statement, spans: readonly Span[], report: Report): void {
  const { line } = statement;
  const [image, as, name] = spans;
  if (image === undefined) {
    report(keywordAt(statement), "'FROM' needs an image.");
    return;
  }
  checkImage(statement, image, report);
  if (spans.length === 1) return;
  const last = spans.at(-1) ?? image;
  if (as === undefined || name === undefined || spans.length > 3 || !/^as$/i.test(textOf(line, as))) {
    const from = as ?? image;
    report(line.part(from.start, last.end), "'FROM' takes an image, or an image, AS and a stage name.");
  } else if (!/^[a-z][a-z0-9\-_.]*$/i.test(textOf(line, name))) {
    report(placeOf(line, name), `'${shorten(textOf(line, name))}' is no name for a stage.`);
  }
}

const component = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
const reference = new RegExp(
  `^${component}(?:/${component})*(?::\\w[\\w.-]{0,127})?(?:@[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,})?$`,
);

/** What the builder makes of a word, quotes and escapes taken away; undefined where a variable decides. */
function literalOf({ line, escape }: Statement, span: Span): string | undefined {
  return expand(line.slice(span.start, span.end), escape, noVariables)?.value;
}

/** What no registry takes as a name, where no variable decides. */
function checkImage(statement: Statement, span: Span, report: Report): void {
  const { line } = statement;
  const text = literalOf(statement, span);
  if (text === undefined || isReference(text)) return;
  const at = placeOf(line, span);
  const lower = lowerPath(text);
  if (text === '') report(at, "'FROM' has an empty name.");
  else if (lower !== text && isReference(lower)) {
    report(at, `'${shorten(text)}' is no name of an image: these have small letters.`, replaceBy(at, lower));
  } else report(at, `'${shorten(text)}' is no name of an image.`);
}

function isReference(text: string): boolean {
  if (/^[a-f0-9]{64}$/.test(text)) return false;
  const slash = text.indexOf('/');
  const host = slash < 0 ? '' : text.slice(0, slash);
  // A first part with a dot, a colon or a capital letter is the registry.
  const at = text.indexOf('@');
  if (at >= 0 && !isDigest(text.slice(at + 1))) return false;
  if (host !== 'localhost' && !/[.:A-Z]/.test(host)) return reference.test(text);
  const isHost =
    /^(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*|\[[a-fA-F0-9:]+\])(?::\d+)?$/.test(
      host,
    );
  return isHost && reference.test(text.slice(slash + 1));
}

/** Tags and digests may have capital letters. */
function lowerPath(text: string): string {
  const at = text.indexOf('@');
  const colon = text.indexOf(':', text.lastIndexOf('/', at < 0 ? undefined : at) + 1);
  const end = colon < 0 ? at : at < 0 ? colon : Math.min(at, colon);
  return end < 0 ? text.toLowerCase() : text.slice(0, end).toLowerCase() + text.slice(end);
}

function checkSources(statement: Statement, spans: readonly Span[], report: Report): void {
  const { keyword, line, json } = statement;
  if (spans.length < 2) {
    report(keywordAt(statement), `'${keyword}' needs a source and a destination.`);
    return;
  }
  const words = json?.items.map(({ value }) => value.value) ?? spans.map((span) => textOf(line, span));
  const last = spans.at(-1);
  if (last !== undefined && readHeredoc(words.at(-1) ?? '') !== undefined) {
    report(placeOf(line, last), `'${keyword}' cannot write to a heredoc: a path has to follow it.`);
  }
  if (keyword !== 'COPY') return;
  spans.slice(0, -1).forEach((span, index) => {
    const word = (json === undefined ? literalOf(statement, span) : words[index]) ?? '';
    if (isWeb(word) || isGit(word))
      report(placeOf(line, span), `'COPY' does not fetch '${shorten(word)}': 'ADD' does.`);
  });
}

function checkNames({ line }: Statement, spans: readonly Span[], report: Report): void {
  for (const span of spans) {
    if (textOf(line, span).startsWith('=')) report(placeOf(line, span), "'ARG' has a value without a name.");
  }
}

function checkPairs(statement: Statement, spans: readonly Span[], report: Report): void {
  const { line, keyword } = statement;
  if (isOldForm(statement, spans)) {
    if (spans.length < 2) report(keywordAt(statement), `'${keyword}' needs a name and a value.`);
    return;
  }
  for (const span of spans) {
    const word = textOf(line, span);
    if (isKeyword(word) && startsLine(statement, span)) {
      report(placeOf(line, span), `'${word}' is read as a part of ${keyword}: the line above it goes on.`);
      return;
    }
    if (word.startsWith('=')) report(placeOf(line, span), `'${keyword}' has a value without a name.`);
    else if (!word.includes('=')) report(placeOf(line, span), `'${shorten(word)}' has no '=': it must be name=value.`);
  }
}

/** Whether a word begins a later line of an instruction, without a blank in front. */
function startsLine({ line }: Statement, { start, end }: Span): boolean {
  return start > 0 && line.part(start - 1, start).span.end < line.part(start, end).span.start;
}

const protocols: readonly string[] = ['tcp', 'udp', 'sctp'];

/** Numbers out of range and mappings are matters of rules. */
function checkPorts(statement: Statement, spans: readonly Span[], report: Report): void {
  const { line } = statement;
  for (const span of spans) {
    const written = textOf(line, span);
    const text = literalOf(statement, span);
    // Blanks that do not part words elsewhere part ports.
    if (text === undefined || text === '' || text.includes(':') || /[^\S\t\v\f\r ]/.test(text)) continue;
    const slash = text.indexOf('/');
    const protocol = slash < 0 ? '' : text.slice(slash + 1);
    if (protocol !== '' && !protocols.includes(protocol.toLowerCase())) {
      const start = span.start + written.indexOf('/') + 1;
      reportUnknown(
        report,
        text === written ? line.part(start, start + protocol.length) : placeOf(line, span),
        protocol,
        protocols,
        'protocol of a port',
      );
    } else if (!/^\+?\d+(?:-\+?\d+)?$/.test(slash < 0 ? text : text.slice(0, slash))) {
      report(placeOf(line, span), `'${shorten(text)}' is no port: '80', '53/udp' and '8000-8010' are.`);
    }
  }
}

function checkHealthcheck(statement: Statement, _spans: readonly Span[], report: Report): void {
  const { line, subcommand, rest, json } = statement;
  if (subcommand === undefined) return;
  const name = textOf(line, subcommand).toUpperCase();
  const hasMore = rest.start < rest.end;
  if (name === 'NONE' && hasMore && json?.items.length !== 0) {
    report(placeOf(line, rest), "'HEALTHCHECK NONE' takes no arguments.");
  } else if (name === 'CMD' && (!hasMore || json?.items.length === 0)) {
    report(placeOf(line, subcommand), "'HEALTHCHECK CMD' needs a command.");
  } else if (name !== 'NONE' && name !== 'CMD') {
    report(placeOf(line, subcommand), "'HEALTHCHECK' takes CMD with a command, or NONE.");
  }
}

function checkShell(statement: Statement, _spans: readonly Span[], report: Report): void {
  const { json, line, rest } = statement;
  if (json !== undefined) return;
  const isBegun = line.value[rest.start] === '[';
  report(
    placeOf(line, rest),
    isBegun ? "This is no JSON array as it stands: 'SHELL' needs one." : "'SHELL' needs its arguments as a JSON array.",
  );
}

const signals: ReadonlySet<string> = new Set(
  (
    'ABRT ALRM BUS CHLD CLD CONT FPE HUP ILL INT IO IOT KILL PIPE POLL PROF PWR QUIT SEGV STKFLT STOP SYS TERM TRAP TSTP ' +
    'TTIN TTOU URG USR1 USR2 VTALRM WINCH XCPU XFSZ RTMIN RTMAX'
  ).split(' '),
);

function checkSignal(statement: Statement, _spans: readonly Span[], report: Report): void {
  const { line, rest } = statement;
  const text = literalOf(statement, rest);
  if (text === undefined) return;
  const name = text.toUpperCase().replace(/^SIG/, '');
  const isNumber = /^[-+]?\d+$/.test(text) && Number(text) !== 0;
  const isRealTime = /^RTMIN\+(?:[1-9]|1[0-5])$|^RTMAX-(?:[1-9]|1[0-4])$/.test(name);
  if (isNumber || isRealTime || signals.has(name)) return;
  report(placeOf(line, rest), `'${shorten(text)}' is no signal: 'SIGTERM', 'SIGQUIT' and '15' are.`);
}

function checkVolumes({ line, json }: Statement, spans: readonly Span[], report: Report): void {
  spans.forEach((span, index) => {
    const text = json === undefined ? textOf(line, span) : json.items[index]?.value.value.trim();
    if (text === '' || text === '""' || text === "''") report(placeOf(line, span), "'VOLUME' has an empty path.");
  });
}
