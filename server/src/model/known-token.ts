// Texts with the shape of a known kind of key or token: prefixes, alphabets and lengths as their makers gave them in 2026.

interface Shape {
  /** With its article, for messages. */
  readonly what: string;
  /** Global. */
  readonly pattern: RegExp;
  /** True for kinds of which some are made to be published: the name tells. */
  readonly maybePublic?: boolean;
}

const shapes: readonly Shape[] = [
  {
    what: 'a private key',
    // With its end where that is there, else with the head alone.
    pattern:
      /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?:(?: BLOCK)?-----[^-]{0,20000}-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----)?/g,
  },
  { what: 'an age key', pattern: /(?<!\w)AGE-SECRET-KEY-1[0-9A-Z]{58}(?!\w)/g },
  { what: 'an AWS access key', pattern: /(?<![A-Z0-9])(?:AKIA|ASIA)[A-Z2-7]{16}(?![A-Z0-9])/g },
  { what: 'an Azure storage key', pattern: /(?<=AccountKey=)[A-Za-z0-9+/]{86}==/g },
  { what: 'a GitHub token', pattern: /(?<!\w)(?:gh[oprsu]_[A-Za-z0-9]{36}|github_pat_\w{22,93})(?!\w)/g },
  { what: 'a GitLab token', pattern: /(?<!\w)gl(?:pat|dt|rt|ptt|soat|agent)-[\w-]{20,64}/g },
  { what: 'a Slack token', pattern: /(?<!\w)xox[abeoprs]-[A-Za-z0-9-]{10,200}/g },
  { what: 'a Slack webhook', pattern: /(?<=hooks\.slack\.com\/services\/)T\w{8,12}\/B\w{8,12}\/\w{24}(?!\w)/g },
  { what: 'a Stripe key', pattern: /(?<!\w)[rs]k_live_[A-Za-z0-9]{16,200}/g },
  { what: 'an npm token', pattern: /(?<!\w)npm_[A-Za-z0-9]{36}(?!\w)/g },
  { what: 'a PyPI token', pattern: /(?<!\w)pypi-AgEIcHlwaS5vcmc[\w-]{50,1000}/g },
  { what: 'a Docker token', pattern: /(?<!\w)dckr_[a-z]at_[\w-]{27,40}/g },
  { what: 'a SendGrid key', pattern: /(?<!\w)SG\.[\w-]{22}\.[\w-]{43}(?![\w-])/g },
  { what: 'a Twilio API key', pattern: /(?<!\w)SK[0-9a-f]{32}(?!\w)/g },
  { what: 'a DigitalOcean token', pattern: /(?<!\w)do[opr]_v1_[0-9a-f]{64}(?!\w)/g },
  { what: 'a Hugging Face token', pattern: /(?<!\w)hf_[A-Za-z]{34}(?!\w)/g },
  { what: 'an Anthropic key', pattern: /(?<!\w)sk-ant-[a-z0-9]{5}-[\w-]{80,120}/g },
  { what: 'an OpenAI key', pattern: /(?<!\w)sk-(?:[a-z]{1,10}-)?[\w-]{20,100}T3BlbkFJ[\w-]{20,100}/g },
  { what: 'a Vault token', pattern: /(?<!\w)hv[bs]\.[\w-]{90,300}/g },
  { what: 'a Grafana token', pattern: /(?<!\w)glsa_[A-Za-z0-9]{32}_[0-9a-f]{8}(?!\w)/g },
  { what: 'a New Relic key', pattern: /(?<!\w)NRAK-[A-Z0-9]{27}(?!\w)/g },
  { what: 'a Google API key', pattern: /(?<!\w)AIza[\w-]{35}(?![\w-])/g, maybePublic: true },
  {
    what: 'a JSON web token',
    pattern: /(?<![\w-])eyJ[\w-]{8,2000}\.eyJ[\w-]{8,4000}\.[\w-]{8,1000}/g,
    maybePublic: true,
  },
];

/** Stands in every text that may hold such a key or token: a cheap test, made before anything else. Global. */
export const tokenSign =
  /PRIVATE KEY|AGE-SECRET|AKIA|ASIA|AccountKey=|gh[oprsu]_|github_pat_|gl(?:pat|dt|rt|ptt|soat|agent)-|xox[abeoprs]-|hooks\.slack\.com|[rs]k_live_|npm_|pypi-|dckr_|SG\.|(?<!\w)SK[0-9a-f]|do[opr]_v1_|hf_|sk-|hv[bs]\.|glsa_|NRAK-|AIza|eyJ/g;

export interface KnownToken {
  /** With its article: "a GitHub token". */
  readonly what: string;
  /** Whether some of its kind are made to be published. */
  readonly maybePublic: boolean;
  /** In the text, in UTF-16 units. */
  readonly start: number;
  readonly end: number;
}

/** The keys and tokens in a text in order of their kinds; those that are filled up, counted up or called examples left out. */
export function knownTokens(text: string): readonly KnownToken[] {
  if (text.search(tokenSign) < 0) return [];
  return shapes.flatMap(({ what, pattern, maybePublic = false }) =>
    [...text.matchAll(pattern)].flatMap((match) => {
      const start = match.index;
      return isDummy(match[0]) ? [] : [{ what, maybePublic, start, end: start + match[0].length }];
    }),
  );
}

/** Filled with one character, counted up, or said to be an example. */
function isDummy(token: string): boolean {
  return (
    /([A-Za-z0-9])\1{7}|example|0123456789|1234567890|placeholder|redacted|changeme|your[-_]?(?:token|key|secret)/i.test(
      token,
    ) || /abcdefgh|ABCDEFGH|eyJzdWIiOiIxMjM0NTY3ODkwI/.test(token)
  );
}
