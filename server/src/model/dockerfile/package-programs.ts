// The command lines of package managers: their sub-commands, and their options that take a value. As the manuals have them
// in November 2026: apt 3.1, apk-tools 3.0, dnf 5.2 and 4.24, microdnf 3.10, yum 3.4 and 4, tdnf 3.5, zypper 1.14, pip 25.3,
// uv 0.9, pipx 1.8, npm 11, yarn 1.22 and 4.11, pnpm 10, gem 3.7 and go 1.25.

export type PackageManager = 'apt' | 'apk' | 'yum' | 'dnf' | 'zypper' | 'pip' | 'npm' | 'yarn' | 'pnpm' | 'gem' | 'go';

/**
 * What a sub-command does. `update` refreshes the index and nothing else; `upgrade` makes newer what is there, all of it
 * where no package is named; `download` gets packages without installing them; `other` is anything else.
 */
export type PackageAction = 'install' | 'update' | 'upgrade' | 'remove' | 'clean' | 'download' | 'other';

/** Options whose value is the next word, where none stands in the same one. */
export interface ValuedOptions {
  /** Letters of short ones. */
  readonly short: string;
  /** With their dashes. */
  readonly long: ReadonlySet<string>;
}

export interface PackageProgram {
  readonly manager: PackageManager;
  /** By sub-command; one of two words (`dnf group install`) has a blank between them. */
  readonly actions: ReadonlyMap<string, PackageAction>;
  /** First words of sub-commands that have two. */
  readonly groups: ReadonlySet<string>;
  readonly valued: ValuedOptions;
  /** The same in front of the sub-command, where other options stand there. */
  readonly valuedBefore: ValuedOptions;
  /** What it does without a sub-command. */
  readonly bare: PackageAction | undefined;
  /** Whether words behind a single dash are options as a whole, never bundles of letters. */
  readonly hasWordOptions: boolean;
  /** How the name of a file looks, besides a path. */
  readonly file: RegExp;
}

interface Written {
  /** Sub-commands; a slash stands for the blank of one that has two words. */
  readonly actions: readonly (readonly [PackageAction, string])[];
  readonly short?: string;
  readonly long?: string;
  readonly before?: { readonly short: string; readonly long: string };
  readonly bare?: PackageAction;
  readonly hasWordOptions?: boolean;
  readonly file?: RegExp;
}

const noFile = /^$/;

function program(manager: PackageManager, written: Written): PackageProgram {
  const actions = new Map<string, PackageAction>();
  const groups = new Set<string>();
  for (const [action, names] of written.actions) {
    for (const name of names.split(' ')) {
      actions.set(name.replace('/', ' '), action);
      const slash = name.indexOf('/');
      if (slash > 0) groups.add(name.slice(0, slash));
    }
  }
  const valued = { short: written.short ?? '', long: new Set(written.long?.split(' ')) };
  const { before } = written;
  return {
    manager,
    actions,
    groups,
    valued,
    valuedBefore: before === undefined ? valued : { short: before.short, long: new Set(before.long.split(' ')) },
    bare: written.bare,
    hasWordOptions: written.hasWordOptions === true,
    file: written.file ?? noFile,
  };
}

const apt = program('apt', {
  actions: [
    ['install', 'install reinstall build-dep'],
    ['update', 'update'],
    ['upgrade', 'upgrade dist-upgrade full-upgrade safe-upgrade dselect-upgrade'],
    ['remove', 'remove purge autoremove auto-remove autopurge'],
    ['clean', 'clean autoclean auto-clean dist-clean distclean'],
    ['download', 'download source changelog'],
    [
      'other',
      'check indextargets satisfy search show list policy edit-sources moo why why-not markauto unmarkauto hold',
    ],
  ],
  short: 'cotaP',
  long: '--config-file --option --target-release --default-release --host-architecture --build-profiles --planner --solver --with-source --error-on',
  file: /\.deb$/,
});

const apk = program('apk', {
  actions: [
    ['install', 'add'],
    ['update', 'update'],
    ['upgrade', 'upgrade'],
    ['remove', 'del'],
    ['clean', 'cache/clean cache/purge'],
    ['download', 'fetch cache/download cache/sync'],
    ['other', 'fix info list dot policy search index stats manifest verify audit version query extract mkndx mkpkg'],
  ],
  short: 'tpX',
  long: '--virtual --root --repository --arch --cache-dir --cache-max-age --keys-dir --repositories-file --progress-fd --timeout --wait',
  file: /\.apk$/,
});

const rpm: Written = {
  actions: [
    [
      'install',
      'install localinstall groupinstall reinstall downgrade swap builddep build-dep install-n install-na install-nevra group/install groups/install module/install env/install environment/install debuginfo-install do',
    ],
    ['update', 'makecache'],
    [
      'upgrade',
      'update upgrade upgrade-minimal update-minimal distro-sync distrosync dist-sync dsync localupdate groupupdate update-to upgrade-to system-upgrade module/update group/upgrade group/update upgrade-n upgrade-nevra',
    ],
    [
      'remove',
      'remove erase autoremove autoerase groupremove group/remove groups/remove module/remove remove-n history/undo',
    ],
    ['clean', 'clean'],
    ['download', 'download reposync'],
    [
      'other',
      'check-update check-upgrade info list search repolist repoquery provides whatprovides config-manager copr deplist versionlock mark updateinfo check shell versionlock group/list group/info groups/list groups/info module/enable module/disable module/reset module/switch-to module/list module/info module/provides history/list',
    ],
  ],
  short: 'xcdeR',
  long: '--exclude --excludepkgs --config --debuglevel --errorlevel --randomwait --releasever --repo --repoid --enablerepo --enable-repo --disablerepo --disable-repo --setopt --installroot --disableplugin --disable-plugin --enableplugin --enable-plugin --forcearch --advisory --advisories --comment --downloaddir --destdir --from-repo --color --rpmverbosity --sec-severity --secseverity --cve --cves --bz --bzs --repofrompath --disableexcludes --disableexcludepkgs --arch',
  file: /\.rpm$/,
};

const zypper = program('zypper', {
  actions: [
    ['install', 'install in source-install si install-new-recommends inr verify ve'],
    ['update', 'refresh ref refresh-services refs'],
    ['upgrade', 'update up dist-upgrade dup patch'],
    ['remove', 'remove rm'],
    ['clean', 'clean cc purge-kernels'],
    ['download', 'download'],
    [
      'other',
      'addrepo ar removerepo rr renamerepo nr modifyrepo mr repos lr addservice as modifyservice ms removeservice rs services ls search se info if list-updates lu list-patches lp patch-check pchk patches pch packages pa patterns pt products pd what-provides wp addlock al removelock rl locks ll cleanlocks cl versioncmp vcmp targetos tos licenses source-download needs-rebooting ps shell sh help',
    ],
  ],
  short: 'tr',
  long: '--type --repo --from --solver-focus --capability-file --bz --bugzilla --cve --issue -g --category --severity --date --download',
  before: {
    short: 'cDCRp',
    long: '--config --userdata --reposd-dir --solv-cache-dir --pkg-cache-dir --raw-cache-dir --cache-dir --root --installroot --plus-repo --plus-content --color --releasever --table-style',
  },
  file: /\.rpm$/,
});

const pip = program('pip', {
  actions: [
    ['install', 'install'],
    ['remove', 'uninstall'],
    ['clean', 'cache/purge cache/remove'],
    ['download', 'download wheel'],
    [
      'other',
      'list show freeze check config/set config/unset config/list debug hash search index cache/dir cache/info',
    ],
  ],
  short: 'rceiftCbdw',
  long: '--requirement --constraint --build-constraint --editable --index-url --extra-index-url --find-links --target --root --prefix --src --platform --python-version --implementation --abi --upgrade-strategy --config-settings --global-option --build-option --install-option --no-binary --only-binary --report --group --progress-bar --python --log --keyring-provider --proxy --retries --timeout --exists-action --trusted-host --cert --client-cert --cache-dir --use-feature --use-deprecated --wheel-dir --dest --root-user-action --requirements-from-script --uploaded-prior-to',
  file: /\.(?:whl|zip|tar\.gz|tgz|tar\.bz2|tar\.xz)$/,
});

const uvOptions =
  '--requirement --requirements --constraint --constraints --override --overrides --exclude --excludes --build-constraint --build-constraints --editable --index --default-index --index-url --extra-index-url --find-links --index-strategy --keyring-provider --python --python-version --python-platform --target --prefix --extra --group --config-setting --config-settings --config-settings-package --link-mode --cache-dir --no-binary --only-binary --refresh-package --reinstall-package --upgrade-package --resolution --prerelease --fork-strategy --exclude-newer --torch-backend --allow-insecure-host --directory --project --config-file --color --with --with-requirements --with-editable --package --no-group --only-group --no-extra --no-build-package --no-binary-package --no-install-package --tag --branch --rev';

const uv = program('pip', {
  actions: [
    ['install', 'pip/install tool/install add'],
    ['upgrade', 'tool/upgrade'],
    ['remove', 'pip/uninstall tool/uninstall remove'],
    ['clean', 'cache/clean cache/prune'],
    [
      'other',
      'pip/sync pip/compile pip/list pip/show pip/freeze pip/check pip/tree tool/run tool/list tool/dir tool/update-shell sync lock run venv build publish init export tree python/install python/pin version self/update cache/dir',
    ],
  ],
  short: 'rcebifpPCw',
  long: uvOptions,
  file: /\.(?:whl|zip|tar\.gz|tgz|tar\.bz2|tar\.xz)$/,
});

const pipx = program('pip', {
  actions: [
    ['install', 'install inject install-all'],
    ['upgrade', 'upgrade upgrade-all reinstall reinstall-all'],
    ['remove', 'uninstall uninstall-all uninject'],
    ['other', 'run runpip list ensurepath completions environment pin unpin'],
  ],
  short: 'ir',
  long: '--suffix --python --preinstall --pip-args --index-url --requirement --backend',
  file: /\.(?:whl|zip|tar\.gz|tgz)$/,
});

const npmOptions =
  '--registry --prefix --cache --loglevel --omit --include --only --workspace --userconfig --globalconfig --save-prefix --tag --fetch-timeout --fetch-retries --fetch-retry-mintimeout --fetch-retry-maxtimeout --network-timeout --maxsockets --install-strategy --script-shell --cpu --os --libc --before --proxy --https-proxy --noproxy --cafile --location --scope --depth --node-options --git';

const npm = program('npm', {
  actions: [
    ['install', 'install i in ins inst insta instal isnt isnta isntal isntall add ci clean-install ic install-clean'],
    ['upgrade', 'update up upgrade udpate'],
    ['remove', 'uninstall un remove rm r unlink prune'],
    ['clean', 'cache/clean'],
    ['download', 'pack'],
    [
      'other',
      'run run-script test start stop publish config set get exec init create audit rebuild link ls list view info version dedupe login logout whoami cache/verify cache/add cache/ls install-test it install-ci-test cit',
    ],
  ],
  short: 'Cw',
  long: npmOptions,
  file: /\.t(?:ar\.)?gz$/,
});

const yarn = program('yarn', {
  actions: [
    ['install', 'install add global/add workspaces/focus'],
    ['upgrade', 'upgrade up global/upgrade upgrade-interactive'],
    ['remove', 'remove global/remove autoclean'],
    ['clean', 'cache/clean cache/clear'],
    [
      'other',
      'build run test start dev lint config set/version set/resolution cache/dir cache/list global/bin global/dir global/list workspaces/run workspaces/foreach workspaces/info workspaces/list workspace why list info pack publish version versions exec node dlx create init link unlink plugin/import plugin/list plugin/remove plugin/runtime rebuild dedupe constraints help audit outdated check bin login logout policies/set-version import licenses',
    ],
  ],
  long: '--cwd --registry --cache-folder --preferred-cache-folder --modules-folder --global-folder --link-folder --prefix --mutex --network-timeout --network-concurrency --child-concurrency --proxy --https-proxy --use-yarnrc --emoji --otp --mode --inline-builds',
  bare: 'install',
  file: /\.t(?:ar\.)?gz$/,
});

const pnpm = program('pnpm', {
  actions: [
    ['install', 'install i add ci'],
    ['upgrade', 'update up upgrade'],
    ['remove', 'remove rm uninstall un prune'],
    ['clean', 'store/prune cache/delete'],
    ['download', 'fetch'],
    [
      'other',
      'run test start build exec dlx create init deploy rebuild link unlink list ls why config store/path store/status store/add setup env pack publish audit patch import self-update',
    ],
  ],
  short: 'CF',
  long: '--dir --filter --filter-prod --registry --prefix --store-dir --cache-dir --virtual-store-dir --modules-dir --global-dir --global-bin-dir --loglevel --reporter --network-concurrency --child-concurrency --node-linker --lockfile-dir --save-prefix --package-import-method --cpu --os --libc --allow-build --fetch-timeout --fetch-retries',
  file: /\.t(?:ar\.)?gz$/,
});

const gem = program('gem', {
  actions: [
    ['install', 'install i'],
    ['upgrade', 'update'],
    ['remove', 'uninstall'],
    ['clean', 'cleanup'],
    ['download', 'fetch unpack'],
    [
      'other',
      'build push list query search sources specification environment env pristine check contents dependency which owner cert yank rdoc server help',
    ],
  ],
  short: 'vinspPBguw',
  long: '--version --install-dir --bindir --source --platform --trust-policy --build-root --file --document --http-proxy --without --config-file',
  file: /\.gem$/,
});

const go = program('go', {
  actions: [
    ['install', 'install get'],
    ['clean', 'clean'],
    ['download', 'mod/download'],
    [
      'other',
      'build run test vet generate env fmt list tool version work/init work/use work/sync mod/tidy mod/init mod/vendor mod/verify mod/edit mod/graph mod/why help fix doc bug telemetry',
    ],
  ],
  long: '-C -p -asmflags -buildmode -buildvcs -compiler -covermode -coverpkg -gccgoflags -gcflags -installsuffix -ldflags -mod -modfile -overlay -pgo -pkgdir -tags -toolexec -exec -o',
  hasWordOptions: true,
});

const yum = program('yum', rpm);
const dnf = program('dnf', rpm);

/** By the base name of the program. Those of Python are many: see {@link findProgram}. */
export const packagePrograms: ReadonlyMap<string, PackageProgram> = new Map([
  ['apt', apt],
  ['apt-get', apt],
  ['aptitude', apt],
  ['apk', apk],
  ['yum', yum],
  ['dnf', dnf],
  ['dnf-3', dnf],
  ['dnf4', dnf],
  ['dnf5', dnf],
  ['microdnf', dnf],
  ['tdnf', dnf],
  ['zypper', zypper],
  ['pip', pip],
  ['pip2', pip],
  ['pip3', pip],
  ['uv', uv],
  ['pipx', pipx],
  ['npm', npm],
  ['yarn', yarn],
  ['yarnpkg', yarn],
  ['pnpm', pnpm],
  ['gem', gem],
  ['go', go],
]);

/** The program of pip, under whatever name it is called. */
export const pipProgram: PackageProgram = pip;

/** With these apt only tells what it would do (apt-get(8) of 2026). */
export const aptDryRunOptions: readonly string[] = [
  '-s',
  '--simulate',
  '--just-print',
  '--dry-run',
  '--recon',
  '--no-act',
  '--print-uris',
];
