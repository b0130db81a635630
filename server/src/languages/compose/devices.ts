// The entries of `devices`: `host[:container[:permissions]]`, a CDI name, or a map.
import { cleanHostPath } from '../../model/clean-host-path.js';
import type { ServiceDevice } from '../../model/compose/service.js';
import type { Located } from '../../model/located.js';
import type { MappedText } from '../../text/mapped-text.js';
import { placeOf, slotOf, type YamlValue } from '../yaml/document.js';
import { composeFields } from './fields.js';
import { hole } from './interpolation.js';
import { firstKeyAt } from './mounts.js';
import { type ComposeValues, field, isShort, listItems } from './values.js';

export function readDevices(values: ComposeValues, service: YamlValue): readonly ServiceDevice[] {
  return listItems(field(service, 'devices')).flatMap((item): readonly ServiceDevice[] => {
    const base = { at: placeOf(item), slot: slotOf(item) };
    if (item.node?.kind === 'map') {
      const fields = composeFields(values, item, firstKeyAt(item));
      const source = fields.string('source');
      const permissions = fields.string('permissions');
      return [{ ...base, form: 'long', source: cleaned(source), kind: kindOf(source), permissions }];
    }
    const text = values.withHoles(item);
    if (text === undefined || !isShort(text)) return [];
    return [{ ...base, form: 'short', ...shortForm(text, item) }];
  });
}

function shortForm(text: MappedText, item: YamlValue): Pick<ServiceDevice, 'source' | 'kind' | 'permissions'> {
  const { value } = text;
  const colon = value.indexOf(':');
  const source = located(text, 0, colon < 0 ? value.length : colon, item);
  const last = value.lastIndexOf(':');
  const isPermission = /^[rwm]{1,3}$/.test(value.slice(last + 1));
  const permissions: Located<string> =
    colon >= 0 && isPermission
      ? located(text, last + 1, value.length, item)
      : value.includes(hole)
        ? { kind: 'unknown', at: placeOf(item), via: item.via, slot: slotOf(item) }
        : { kind: 'absent', at: placeOf(item), slot: slotOf(item) };
  return { source: cleaned(source), kind: kindOf(source), permissions };
}

function located(text: MappedText, start: number, end: number, item: YamlValue): Located<string> {
  const value = text.value.slice(start, end);
  const base = { at: text.part(start, end), via: item.via, slot: slotOf(item) };
  return value.includes(hole) ? { kind: 'unknown', ...base } : { kind: 'known', value, ...base };
}

function cleaned(source: Located<string>): Located<string> {
  return source.kind === 'known' && kindOf(source) === 'path'
    ? { ...source, value: cleanHostPath(source.value) }
    : source;
}

/** A CDI name is `vendor/class=name` (container-device-interface, SPEC.md). */
function kindOf(source: Located<string>): ServiceDevice['kind'] {
  if (source.kind !== 'known') return 'unknown';
  return /^[A-Za-z][\w.-]*\/[\w.-]+=/.test(source.value) ? 'cdi' : 'path';
}
