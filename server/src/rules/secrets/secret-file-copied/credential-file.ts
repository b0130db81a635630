// Files that hold a credential, by their names.

/** How sure a name is: `certain` files are made for credentials, `possible` ones hold something else as often. */
export type CredentialFile = 'certain' | 'possible';

/** Base names that tell by themselves. */
const certainNames: ReadonlySet<string> = new Set([
  '.dockercfg',
  '.env',
  '.git-credentials',
  '.netrc',
  '.pgpass',
  '.vault-token',
  '_netrc',
  'credentials.json',
  'id_dsa',
  'id_ecdsa',
  'id_ed25519',
  'id_rsa',
  'kubeconfig',
  'service-account.json',
]);

/** They often name no more than the address of a registry. */
const possibleNames: ReadonlySet<string> = new Set(['.npmrc', '.pypirc']);

/** Directories of programs that keep credentials, and the one file in them that does. */
const certainPaths =
  /(?:^|\/)(?:\.docker\/config\.json|\.aws\/credentials|\.kube\/config|\.(?:aws|gnupg|kube|ssh)|\.config\/gcloud|\.azure)$/;

/** `.env.production`, `.env*`, but not what shows how such a file is written. */
const environmentFile = /^\.env(?:[.-][\w.-]+|\*|\.\*)$/;
const sample = /(?:^|[._-])(?:default|defaults|dist|dummy|example|sample|template|tmpl|tpl|types?)(?:[._-]|$)/i;

const keyStore = /\.(?:jks|kdbx|keystore|p12|pfx)$/i;
const privateKey = /\.(?:key|ppk)$/i;
const pem = /\.pem$/i;

/** Keys that others check signatures with. */
const publicKey = /(?:^|[^a-z])(?:apt|gpg|pgp|pub|public|release|repo|rpm|signing|yum)(?:[^a-z]|$)/i;
/** Certificates, and stores of them. */
const certificate =
  /(?:^|[^a-z])(?:ca|cacerts?|certs?|certificates?|chain|dh|dhparams?|fullchain|trust|truststore)(?:[^a-z]|$)/i;
const saysPrivate = /key(?!store)|priv/i;

/** Where lies what is tried out. */
const testPath = /(?:^|\/)(?:examples?|fixtures?|mocks?|samples?|testdata|tests?|__tests__)\//i;

/** Whether the file of a path holds a credential, as far as its name tells; undefined where it does not. */
export function credentialFile(path: string): CredentialFile | undefined {
  const trimmed = withoutSlashes(path);
  const name = trimmed.slice(trimmed.lastIndexOf('/') + 1);
  if (sample.test(name) || testPath.test(trimmed)) return undefined;
  if (certainNames.has(name) || environmentFile.test(name) || certainPaths.test(trimmed)) return 'certain';
  if (possibleNames.has(name)) return 'possible';
  if (publicKey.test(name)) return undefined;
  if (privateKey.test(name)) return 'certain';
  if (keyStore.test(name)) return certificate.test(name) ? undefined : 'certain';
  if (!pem.test(name)) return undefined;
  if (saysPrivate.test(name)) return 'certain';
  return certificate.test(name) ? undefined : 'possible';
}

function withoutSlashes(path: string): string {
  let end = path.length;
  while (end > 1 && path[end - 1] === '/') end--;
  return path.slice(0, end);
}
