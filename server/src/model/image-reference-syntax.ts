// Whether engines take a text for the name of an image (distribution/reference 0.6, `ParseNormalizedNamed`).
import { isRegistryHost } from './image-reference.js';

const host = /^(?:[a-z\d](?:[a-z\d-]*[a-z\d])?(?:\.[a-z\d-]+)*|\[[\da-f:]+\])(?::\d+)?$/i;
const part = /^[a-z\d]+(?:(?:\.|__?|-+)[a-z\d]+)*$/;
const tagForm = /^\w[\w.-]{0,127}$/;
const digestForm = /^[a-z][a-z\d]*(?:[+._-][a-z][a-z\d]*)*:[\da-f]{32,}$/i;

/** Whether a text can be the name of an image. */
export function isImageName(text: string): boolean {
  const at = text.indexOf('@');
  const digest = at < 0 ? undefined : text.slice(at + 1);
  const named = at < 0 ? text : text.slice(0, at);
  const colon = named.indexOf(':', named.lastIndexOf('/') + 1);
  const tag = colon < 0 ? undefined : named.slice(colon + 1);
  const parts = (colon < 0 ? named : named.slice(0, colon)).split('/');
  const first = parts[0] ?? '';
  if (parts.length > 1 && isRegistryHost(first)) {
    if (!host.test(first)) return false;
    parts.shift();
  }
  if (text.length > 1000 || !parts.every((each) => part.test(each))) return false;
  return (tag === undefined || tagForm.test(tag)) && (digest === undefined || digestForm.test(digest));
}
