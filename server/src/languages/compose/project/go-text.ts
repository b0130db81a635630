// How Go writes a plain scalar of YAML where a text is wanted: `0x50` is 80, `1.50` is 1.5, `True` is true.
import { isNull, type YamlScalar } from '../../yaml/node.js';
import { plainInteger } from '../../yaml/scalar.js';

export function goText(node: YamlScalar): string {
  // What has a tag is taken as it stands.
  if (node.tag !== undefined) return node.value;
  if (isNull(node)) return '';
  const { value } = node;
  const integer = plainInteger(node);
  if (/^0b[01]{1,52}$/.test(value)) return String(Number(value));
  if (integer !== undefined) return Number.isSafeInteger(integer) ? String(integer) : value;
  if (/^(?:true|false)$/i.test(value))
    return /^(?:true|True|TRUE|false|False|FALSE)$/.test(value) ? value.toLowerCase() : value;
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return `${value} 00:00:00 +0000 UTC`;
  if (/^[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?$/.test(value)) return goNumber(Number(value));
  return value;
}

/** The shortest text of a number; with an exponent where that is below -4 or above 5 (Go's verb `%v`, strconv 'g'). */
function goNumber(number: number): string {
  const [digits = '', exponent = '0'] = number.toExponential().split('e');
  const power = Number(exponent);
  if (number === 0 || (power >= -4 && power < 6)) {
    return String(number);
  }
  return `${digits}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
}
