// A service of a Compose project as it will run, as a table in a hover.

import { folderOf } from '../model/paths.js';
import { quoted } from '../model/quoted.js';
import { originText } from '../service/compose-view.js';
import { placeNames } from '../service/effective-compose.js';
import type { EffectiveService, Isolation } from '../service/effective-service.js';
import type { Place } from '../text/span.js';
import type { LintedDocument } from './documents.js';
import { describeTable } from './hover-table.js';
import { escaped, lineLink, plainText } from './markdown.js';
import { uriOf } from './uris.js';

/** More words of a verdict are only counted. */
const maxWords = 4;

export function describeService(service: EffectiveService, target: LintedDocument, isMarkdown: boolean): string {
  const name = namingIn(target, isMarkdown);
  return describeTable(
    {
      title: 'Effective service',
      verdict: verdict(service),
      columns: ['From'],
      rows: service.values.map(({ field, value, origin }) => ({
        field,
        value,
        cells: [origin === undefined ? '' : inFormat(originText(origin, name), isMarkdown)],
      })),
      notSet: service.notSet,
    },
    isMarkdown,
  );
}

/** A place as it is named in the hover, with a link to it where that is possible. */
function namingIn({ document, linted, root, path }: LintedDocument, isMarkdown: boolean): (place: Place) => string {
  const names = placeNames(linted, folderOf(path));
  return (place) => {
    const name = names.place(place);
    if (!isMarkdown) return plainText(name);
    const uri = place.file === path ? document.uri : uriOf(root.space, place.file);
    const line = names.lines(place.file)?.positionAt(place.span.start).line;
    return line === undefined ? escaped(name) : lineLink(escaped(name), uri, line);
  };
}

/** Our own words name keys as Markdown does. */
function inFormat(text: string, isMarkdown: boolean): string {
  return isMarkdown ? text : text.replaceAll('`', '');
}

/** Without Markdown. */
function verdict({ name, project, isolation, isProvided }: EffectiveService): string {
  const subject = `service ${quoted(name)} of project ${quoted(project)}`;
  if (isProvided) return `${subject} is run by a provider, and is no container.`;
  if (isolation === undefined) return `${subject} as far as it can be told.`;
  const { opened, asRoot, isUncertain } = isolation;
  const limits = isUncertain ? ' as far as can be told' : '';
  if (opened.length > 0) return `${subject} is open to its host: ${listed(opened)}.`;
  const user = asRoot ? 'runs as root and ' : '';
  return `${subject} ${user}keeps the isolation of a container${limits}, ${hardening(isolation)}.`;
}

function hardening({ hardened }: Isolation): string {
  return hardened.length === 0 ? 'and nothing hardens it' : `hardened by ${listed(hardened)}`;
}

function listed(words: readonly string[]): string {
  const shown = words.slice(0, maxWords).map((word) => plainText(word.slice(0, 60)));
  return words.length > maxWords ? `${shown.join(', ')} and ${words.length - maxWords} more` : shown.join(', ');
}
