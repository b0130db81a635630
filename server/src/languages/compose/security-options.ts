// `security_opt`: a list of options for the engine, of which the last one of a name is in force.
import type { SecurityOption } from '../../model/compose/service.js';
import type { Located } from '../../model/located.js';
import type { PrivilegeEscalation, SeccompProfile } from '../../model/workload.js';
import type { Place } from '../../text/span.js';
import type { YamlValue } from '../yaml/document.js';
import { type Decode, locate, located } from '../yaml/locate.js';
import { hole } from './interpolation.js';
import { absent, type ComposeValues, isReset, listItems } from './values.js';

const yes = /^(?:1|t|T|TRUE|true|True)$/;
const no = /^(?:0|f|F|FALSE|false|False)$/;
const noNewPrivileges = 'no-new-privileges';

/** All items of `security_opt`. */
export function readSecurityOptions(
  values: ComposeValues,
  service: YamlValue,
  nameAt: Place,
): Located<readonly Located<SecurityOption>[]> {
  const known = values.decode(({ value: text }) => securityOption(text));
  const decode: Decode<SecurityOption> = (item) => known(item) ?? nameAlone(values.withHoles(item)?.value);
  return locate(service, ['security_opt'], nameAt, (value) =>
    value.node?.kind === 'sequence' && !isReset(value)
      ? { value: listItems(value).map((item) => located(item, decode)) }
      : undefined,
  );
}

/** The engine looks for `=` first, then for `:` (moby, `parseSecurityOpt`). */
function securityOption(text: string): SecurityOption {
  const equals = text.indexOf('=');
  const separator = equals < 0 ? text.indexOf(':') : equals;
  return separator < 0
    ? { text, name: text, value: undefined }
    : { text, name: text.slice(0, separator), value: text.slice(separator + 1) };
}

/** `seccomp:${PROFILE}`: the name is known although the value is not. */
function nameAlone(text: string | undefined): { readonly value: SecurityOption } | undefined {
  const { name } = securityOption(text?.split(hole, 1)[0] ?? '');
  const isWhole = text !== undefined && name !== '' && /[:=]/.test(text.charAt(name.length));
  return isWhole ? { value: { text: undefined, name, value: undefined } } : undefined;
}

/** The seccomp profile that is in force. */
export function readSeccompProfile(values: ComposeValues, service: YamlValue, nameAt: Place): Located<SeccompProfile> {
  return readOption(values, service, nameAt, 'seccomp', (text, earlier) => {
    const profile = text ?? '';
    const type = profile === 'unconfined' ? 'unconfined' : profile === 'builtin' ? 'runtime-default' : 'localhost';
    // Without it the one before would be in force.
    const wouldConfine = valueIn(earlier.at(-1) ?? '') !== 'unconfined';
    return {
      text: profile,
      type,
      confined: wouldConfine ? undefined : 'seccomp:builtin',
      annotated: false,
      obsolete: false,
    };
  });
}

/** What `no-new-privileges` says. The engine reads its value with Go's `strconv.ParseBool`; none at all means true. */
export function readPrivilegeEscalation(
  values: ComposeValues,
  service: YamlValue,
  nameAt: Place,
): Located<PrivilegeEscalation> {
  return readOption(values, service, nameAt, noNewPrivileges, (text, earlier) => {
    if (text === undefined || yes.test(text)) return { allowed: false, forbidden: undefined };
    if (!no.test(text)) return undefined;
    // The items of the list have to differ: where an earlier one forbids it already, this one only has to go.
    const isForbidden = earlier.some((item) => item === noNewPrivileges || yes.test(valueIn(item) ?? ''));
    return { allowed: true, forbidden: isForbidden ? undefined : `${noNewPrivileges}:true` };
  });
}

/**
 * The last option of a name. `decode` gets its value, undefined where none is written, and the whole texts of those of
 * this name that come before.
 */
function readOption<T>(
  values: ComposeValues,
  service: YamlValue,
  nameAt: Place,
  name: string,
  decode: (text: string | undefined, earlier: readonly string[]) => T | undefined,
): Located<T> {
  const options = locate(service, ['security_opt'], nameAt, (value) =>
    value.node?.kind === 'sequence' && !isReset(value) ? { value: listItems(value) } : undefined,
  );
  if (options.kind !== 'known') return options;
  const candidates = options.value.filter((option) => mayBe(name, values.withHoles(option)?.value));
  const item = candidates.at(-1);
  if (item === undefined) return absent(service, nameAt, 'security_opt');
  const earlier = candidates.slice(0, -1).flatMap((option) => values.known(option)?.value ?? []);
  return located(item, (option) => {
    const text = values.known(option)?.value;
    const value = text === undefined ? undefined : decode(valueIn(text), earlier);
    return value === undefined ? undefined : { value };
  });
}

/** Whether an option has this name, or might have it once its variables are known. */
function mayBe(name: string, text: string | undefined): boolean {
  if (text === undefined) return true;
  const known = text.split(hole, 1)[0] ?? '';
  const key = known.split(/[:=]/, 1)[0] ?? '';
  return key === name || (known === key && known !== text && name.startsWith(key));
}

function valueIn(option: string): string | undefined {
  const separator = option.search(/[:=]/);
  return separator < 0 ? undefined : option.slice(separator + 1);
}
