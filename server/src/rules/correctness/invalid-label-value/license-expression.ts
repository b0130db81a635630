// Expressions of the SPDX specification, Annex "SPDX license expressions": `MIT`, `Apache-2.0 OR (GPL-2.0-only WITH …)`.
import { licenseExceptions, licenseIds } from '../../../standards/spdx.js';

export function isLicenseExpression(text: string): boolean {
  const words = text.match(/[()]|[^\s()]+/g) ?? [];
  let open = 0;
  // After a licence an operator has to come, and the other way round.
  let wantsLicense = true;
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? '';
    if (word === '(') {
      if (!wantsLicense) return false;
      open++;
    } else if (word === ')') {
      if (wantsLicense || --open < 0) return false;
    } else if (wantsLicense) {
      if (!isLicense(word)) return false;
      wantsLicense = false;
    } else if (/^with$/i.test(word)) {
      if (!isException(words[++i] ?? '')) return false;
    } else if (/^(?:and|or)$/i.test(word)) wantsLicense = true;
    else return false;
  }
  return !wantsLicense && open === 0;
}

function isLicense(word: string): boolean {
  if (/^(?:DocumentRef-[\w.-]+:)?LicenseRef-[\w.-]+$/i.test(word)) return true;
  const id = word.toLowerCase();
  return licenseIds.has(id) || (id.endsWith('+') && licenseIds.has(id.slice(0, -1)));
}

function isException(word: string): boolean {
  return licenseExceptions.has(word.toLowerCase()) || /^(?:DocumentRef-[\w.-]+:)?AdditionRef-[\w.-]+$/i.test(word);
}
