// What BuildKit refuses about `RUN --mount` and `RUN --device`.
import type { MappedText } from '../../../text/mapped-text.js';
import type { Place } from '../../../text/span.js';
import { isBoolean } from './directives.js';
import { type Report, reportUnknown, shorten } from './report.js';

interface Option {
  readonly at: Place;
  /** In small letters, as BuildKit takes it. */
  readonly name: string;
  readonly nameAt: Place;
  /** Undefined where there is no `=`. */
  readonly value: string | undefined;
  readonly valueAt: Place;
  /** Whether a variable decides what it is. */
  readonly open: boolean;
}

const options: ReadonlySet<string> = new Set(
  'type from source target readonly id sharing required size mode uid gid src dst destination ro rw readwrite env'.split(
    ' ',
  ),
);
const types = ['bind', 'cache', 'tmpfs', 'secret', 'ssh'];
const sharings = ['shared', 'private', 'locked'];
/** These can stand without a value. */
const switches: ReadonlySet<string> = new Set(['readonly', 'ro', 'readwrite', 'rw', 'required']);

const mustBeFilled: ReadonlySet<string> = new Set([...switches, 'type', 'sharing', 'size', 'mode', 'uid', 'gid']);

export function checkMount(value: MappedText, at: Place, report: Report): void {
  if (value.value === '') {
    report(at, "'--mount' is empty: it needs options, like 'type=cache,target=/x'.");
    return;
  }
  // A quote makes one option of what has a comma, which nobody needs.
  if (value.value.includes('"')) return;
  const all = optionsOf(value);
  for (const option of all) if (!checkOption(option, report)) return;
  checkTogether(all, at, report);
}

function optionsOf(value: MappedText): readonly Option[] {
  const text = value.value;
  const found: Option[] = [];
  for (let start = 0; start <= text.length; ) {
    const comma = text.indexOf(',', start);
    const end = comma < 0 ? text.length : comma;
    const equals = text.slice(start, end).indexOf('=');
    const nameEnd = equals < 0 ? end : start + equals;
    const valueStart = equals < 0 ? end : nameEnd + 1;
    const at = value.part(start, end);
    found.push({
      at,
      name: text.slice(start, nameEnd).toLowerCase(),
      nameAt: value.part(start, nameEnd),
      value: equals < 0 ? undefined : text.slice(valueStart, end),
      valueAt: valueStart < end ? value.part(valueStart, end) : at,
      open: /["'$\\`]/.test(text.slice(valueStart, end)),
    });
    start = end + 1;
  }
  return found;
}

/** Whether it is one that BuildKit reads. */
function checkOption(option: Option, report: Report): boolean {
  const { name, value, at, nameAt, valueAt } = option;
  if (!options.has(name)) {
    if (name === '') report(at, "An option of '--mount' is empty.");
    else reportUnknown(report, nameAt, name, options, 'option of a mount');
    return false;
  }
  if (value === undefined) {
    if (switches.has(name)) return true;
    report(at, `The option '${name}' of '--mount' needs a value.`);
    return false;
  }
  if (name === 'from' && /\$./.test(value)) {
    report(valueAt, "The option 'from' takes no variables: name a stage, and let its FROM take them.");
    return false;
  }
  if (option.open) return true;
  if (value === '' && mustBeFilled.has(name)) {
    report(at, `The option '${name}' of '--mount' is empty.`);
    return false;
  }
  if (name === 'type' && !types.includes(value.toLowerCase())) {
    reportUnknown(report, valueAt, value, types, 'type of a mount');
    return false;
  }
  if (name === 'sharing' && !sharings.includes(value.toLowerCase())) {
    reportUnknown(report, valueAt, value, sharings, 'way to share a cache');
    return false;
  }
  const wanted = wantedOf(name, value);
  if (wanted === undefined) return true;
  report(valueAt, `'${shorten(value)}' is nothing for the option '${name}': it takes ${wanted}.`);
  return false;
}

/** What the value should have been; undefined where it is good. */
function wantedOf(name: string, value: string): string | undefined {
  if (switches.has(name)) return isBoolean(value) ? undefined : 'true or false';
  if (name === 'mode')
    return /^[0-7]+$/.test(value) && Number.parseInt(value, 8) < 2 ** 32 ? undefined : 'an octal number';
  if (name === 'uid' || name === 'gid') return /^\d+$/.test(value) && Number(value) < 2 ** 32 ? undefined : 'a number';
  if (name === 'size')
    return /^(?:\d+(?:\.\d*)?|\.\d+) ?(?:b|[kmgtp](?:i?b)?)?$/i.test(value) ? undefined : "a size like '64m'";
  return undefined;
}

/** What one option allows of the others. Whether `size` and `required` fit is judged by the type in front of them. */
function checkTogether(all: readonly Option[], at: Place, report: Report): void {
  if (all.some(({ name, open }) => name === 'type' && open)) return;
  const type = all.findLast(({ name }) => name === 'type')?.value?.toLowerCase() ?? 'bind';
  const misfit = misfitOf(all, type);
  if (misfit !== undefined) {
    report(misfit.nameAt, `The option '${misfit.name}' is not for mounts of the type '${misfit.type}'.`);
    return;
  }
  const [source, target, id] = [last(all, 'source', 'src'), last(all, 'target', 'dst', 'destination'), last(all, 'id')];
  if (type === 'secret') {
    if (isFilled(source) && isFilled(id)) {
      report(source.nameAt, "A secret has 'id' or 'source', not both: they mean the same.");
    } else if (![source, target, id].some(isFilled)) {
      report(at, "A secret needs its 'id': nobody knows which one is meant.");
    }
  } else if (type !== 'ssh' && target?.value === '/') {
    // Without a target it is the working directory, which may be a good one.
    report(target.valueAt, "The 'target' of a mount cannot be '/': nothing of the image would be left.");
  }
}

interface Misfit {
  readonly name: string;
  readonly nameAt: Place;
  readonly type: string;
}

/** Options that only mounts of other types have. */
const notFor: Readonly<Record<string, readonly string[]>> = {
  bind: ['mode', 'uid', 'gid', 'sharing'],
  cache: [],
  secret: ['from', 'sharing'],
  ssh: ['source', 'src', 'sharing'],
  tmpfs: ['mode', 'uid', 'gid', 'sharing'],
};

function misfitOf(all: readonly Option[], type: string): Misfit | undefined {
  let soFar = 'bind';
  for (const { name, value, nameAt } of all) {
    if (name === 'type') soFar = value?.toLowerCase() ?? soFar;
    const isMisfit = name === 'size' ? soFar !== 'tmpfs' : name === 'required' && soFar !== 'secret' && soFar !== 'ssh';
    if (isMisfit) return { name, nameAt, type: soFar };
  }
  const misfit = all.find((option) => notFor[type]?.includes(option.name) === true && isFilled(option));
  return misfit === undefined ? undefined : { name: misfit.name, nameAt: misfit.nameAt, type };
}

function last(all: readonly Option[], ...names: readonly string[]): Option | undefined {
  return all.findLast(({ name }) => names.includes(name));
}

function isFilled(option: Option | undefined): option is Option {
  return option !== undefined && option.value !== '' && option.value !== undefined;
}

/** `vendor.com/class=name,required` or with `name=`. */
export function checkDevice(value: MappedText, at: Place, report: Report): void {
  if (value.value === '') {
    report(at, "'--device' is empty: it needs the name of a device.");
    return;
  }
  if (value.value.includes('"')) return;
  let hasName = false;
  for (const option of optionsOf(value)) {
    const { name } = option;
    if (name === 'required') {
      if (option.value === undefined || option.open || isBoolean(option.value)) continue;
      report(option.valueAt, "The option 'required' takes true or false.");
      return;
    }
    if (hasName) {
      if (name === 'name') report(option.at, 'The device has a name already.');
      else reportUnknown(report, option.nameAt, name, ['name', 'required'], 'option of a device');
      return;
    }
    hasName = true;
  }
}
