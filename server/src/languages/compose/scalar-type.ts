// The types that the YAML reader of Compose (go-yaml 3, `resolve.go`) gives scalars.
import type { ScalarType } from '../../model/compose/fields.js';
import type { YamlScalar } from '../yaml/node.js';

/** Without underscores. */
const number =
  /^[-+]?(?:0b[01]+|0o[0-7]+|0x[\da-fA-F]+|(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?|\.(?:inf|Inf|INF))$|^\.(?:nan|NaN|NAN)$/;

/** Undefined where a tag of its own decides. */
export function scalarType({ style, tag, value }: YamlScalar): ScalarType | undefined {
  if (style !== 'plain' || tag === '!!str') return 'text';
  if (tag !== undefined) return undefined;
  // Nearly all: no other one begins so.
  if (/^[A-EG-SU-Za-eg-su-z_]/.test(value)) return 'text';
  if (/^(?:true|True|TRUE|false|False|FALSE)$/.test(value)) return 'boolean';
  // Behind a point they are not dropped.
  const digits = value.startsWith('.') ? value : value.replaceAll('_', '');
  return /^[-+.\d]/.test(value) && number.test(digits) ? 'number' : 'text';
}
