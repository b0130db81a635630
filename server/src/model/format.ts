/** The three formats that rules judge. */
export type Format = 'dockerfile' | 'compose' | 'kubernetes';

/** What a file was recognised as; `config` is Plimsoll's own configuration file. */
export type FileKind = Format | 'config';
