/**
 * A path of the host as it is compared: `//`, `/./`, trailing slashes and `..` are resolved. A relative path begins with
 * `./` or `../`, a home path keeps its `~`, a Windows path (drive, `\` or pipe) loses no more than a slash at its end.
 */
export function cleanHostPath(text: string): string {
  if (/^(?:[A-Za-z]:|\\|\/\/\.\/pipe\/)/.test(text)) return text.length > 3 ? text.replace(/[\\/]$/, '') : text;
  const isAbsolute = text.startsWith('/');
  const isHome = /^~[^/]*(?:\/|$)/.test(text);
  const [first = '', ...rest] = text.split('/');
  const kept: string[] = [];
  for (const part of isHome ? rest : [first, ...rest]) {
    if (part === '' || part === '.') continue;
    if (part !== '..') kept.push(part);
    else if (kept.length > 0 && kept.at(-1) !== '..') kept.pop();
    else if (!isAbsolute) kept.push('..');
  }
  const clean = kept.join('/');
  if (isAbsolute) return `/${clean}`;
  if (isHome) return clean === '' ? first : `${first}/${clean}`;
  return kept[0] === '..' ? clean : `./${clean}`;
}
