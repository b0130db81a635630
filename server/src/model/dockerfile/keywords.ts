/** The instructions that there are (BuildKit, `frontend/dockerfile/command`). */
export const keywords: readonly string[] = [
  'ADD',
  'ARG',
  'CMD',
  'COPY',
  'ENTRYPOINT',
  'ENV',
  'EXPOSE',
  'FROM',
  'HEALTHCHECK',
  'LABEL',
  'MAINTAINER',
  'ONBUILD',
  'RUN',
  'SHELL',
  'STOPSIGNAL',
  'USER',
  'VOLUME',
  'WORKDIR',
];

const known: ReadonlySet<string> = new Set(keywords);

/** Whether a word in capitals is an instruction, wherever it stands. */
export function isKeyword(word: string): boolean {
  return known.has(word);
}
