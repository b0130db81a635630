// Stages whose tools are those of BusyBox, which know fewer options than others of the same name.
import { imageName } from '../image-reference.js';
import type { Stage } from './stage.js';

/** Whether the image that a stage is built on at last has BusyBox for its tools, or may have: a variable names it. */
export function hasBusyBox(stage: Stage): boolean {
  const image = stage.bottomImage;
  if (image.kind !== 'known') return true;
  const { value } = image;
  return /^(?:alpine|busybox)$/.test(imageName(value)) || /alpine|busybox/.test(value.tag ?? '');
}
