// `source:target:options` as an entry in long form (compose-go, format/volume.go).
import type { Effective, EffectiveEntry, EffectiveMap, Origin } from '../../../model/compose/effective.js';

const propagations: ReadonlySet<string> = new Set(['shared', 'rshared', 'slave', 'rslave', 'private', 'rprivate']);

export function shortVolume(text: string, origin: Origin, known: boolean): EffectiveMap {
  const scalar = (value: string | boolean): Effective => ({ kind: 'scalar', value, known, origin });
  const map = (entries: readonly EffectiveEntry[]): EffectiveMap => ({ kind: 'map', entries, origin });
  const [first = '', second, ...others] = piecesOf(text);
  if (second === undefined) {
    return map([
      { key: 'type', value: scalar('volume') },
      { key: 'target', value: scalar(first) },
    ]);
  }
  const words = others.join(':').split(',');
  const isBind = /^(?:[./~]|\\\\|[A-Za-z]:)/.test(first);
  const propagation = words.findLast((word) => propagations.has(word));
  const selinux = words.findLast((word) => word === 'z' || word === 'Z');
  const bind: EffectiveEntry[] = [
    ...(isBind ? [{ key: 'create_host_path', value: scalar(true) }] : []),
    ...(propagation === undefined ? [] : [{ key: 'propagation', value: scalar(propagation) }]),
    ...(selinux === undefined ? [] : [{ key: 'selinux', value: scalar(selinux) }]),
  ];
  const volume: EffectiveEntry[] = words.includes('nocopy') ? [{ key: 'nocopy', value: scalar(true) }] : [];
  return map([
    { key: 'type', value: scalar(isBind ? 'bind' : 'volume') },
    { key: 'source', value: scalar(first) },
    { key: 'target', value: scalar(second) },
    ...(words.includes('ro') ? [{ key: 'read_only', value: scalar(true) }] : []),
    ...(bind.length > 0 ? [{ key: 'bind', value: map(bind) }] : []),
    ...(isBind ? [] : [{ key: 'volume', value: map(volume) }]),
  ]);
}

/** Cut at colons outside of variables that are not known, and behind the letter of a Windows drive. */
function piecesOf(text: string): readonly string[] {
  const pieces: string[] = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text[i];
    if (unit === '{') depth++;
    else if (unit === '}') depth--;
    else if (unit === ':' && depth === 0 && !(i === start + 1 && /[A-Za-z]/.test(text[start] ?? ''))) {
      pieces.push(text.slice(start, i));
      start = i + 1;
    }
  }
  pieces.push(text.slice(start));
  return pieces;
}
