// A project whose every text tries to be more than text in a report.

/** The names of services, in the order of the findings. */
const hostileNames: readonly string[] = [
  '<script>alert(1)</script>',
  ']]> --> </style></title></failure> & "double" \'single\'',
  '::error::owned%0A::warning::%25',
  '\u0001\u202e',
  '<img src=x onerror=alert(1)>',
];

/** As messages have them: the engine takes out of a name what nobody can see. */
export const shownNames: readonly string[] = hostileNames.with(3, '\ufffd\ufffd');

/** Of the finding about the last service, which is ignored. */
const hostileReason = '<b>reason</b> ]]> javascript:alert(1) \u202e\uffff';
/** As markup may have it. */
export const shownReason = '<b>reason</b> ]]> javascript:alert(1) <U+202E>\ufffd';

/** What stands behind what is marked. */
const comment = '# </code></pre> \u009b\u2028\u202e\ufdd0\u{1ffff}';
export const shownComment = '# </code></pre> <U+009B><U+2028><U+202E>\ufffd\ufffd';

export const hostileCompose = `services:
${hostileNames
  .map((name, index) => {
    const isLast = index === hostileNames.length - 1;
    const end = isLast ? `# plimsoll: ignore[privileged] ${hostileReason}` : comment;
    return `  ${JSON.stringify(name)}:\n    image: "javascript:1"\n    privileged: true ${end}\n`;
  })
  .join('')}`;

/** A path that no system minds but Windows. */
export const hostileFile = 'a&b "<i>" \'c\',d:e%0A\u001b\u202e\uffff/compose.yaml';
/** As a terminal may have it. */
export const shownFile = 'a&b "<i>" \'c\',d:e%0A␛<U+202E>\uffff/compose.yaml';
/** As markup may have it. */
export const markupFile = shownFile.replace('\uffff', '\ufffd');
