// Where images came from once: registries and publishers that bring out nothing new.
import type { ImageReference } from './image-reference.js';

export interface RetiredRegistry {
  /** Of the repository, in whole path parts; empty for all of the registry. */
  readonly beginning: string;
  /** Goes on after the name of the image; at most 40 characters. */
  readonly fault: string;
  /** The host that has the same images under the same names. */
  readonly successor?: string;
  /** True where only images with a version went away. */
  readonly versionsOnly?: true;
}

/**
 * By registry; the date of each fact and its source stand beside it. A host or publisher that still brings out something
 * does not belong here, e.g. `quay.io/coreos`, where etcd is.
 */
const retiredRegistries: ReadonlyMap<string, readonly RetiredRegistry[]> = new Map<string, readonly RetiredRegistry[]>([
  // Nothing new since 2023-04-03: kubernetes.io/blog/2023/02/06/k8s-gcr-io-freeze-announcement
  ['k8s.gcr.io', [{ beginning: '', fault: 'is from a registry frozen in 2023', successor: 'registry.k8s.io' }]],
  // What k8s.gcr.io was a name of, frozen with it: same page.
  ...['us.gcr.io', 'eu.gcr.io', 'asia.gcr.io'].map((host): [string, readonly RetiredRegistry[]] => [
    host,
    [{ beginning: 'k8s-artifacts-prod', fault: 'is from a registry frozen in 2023' }],
  ]),
  // What k8s.gcr.io was a name of until 2020-07-24: "k8s.gcr.io Vanity Domain Flip" on the list kubernetes-announce.
  [
    'gcr.io',
    ['google_containers', 'google-containers'].map((beginning) => ({
      beginning,
      fault: 'is from a registry frozen in 2020',
    })),
  ],
  [
    'quay.io',
    [
      // Moved to quay.io/prometheus-operator in 2020: CHANGELOG of prometheus-operator.
      { beginning: 'coreos/prometheus-operator', fault: 'has had no new version since 2020' },
      { beginning: 'coreos/prometheus-config-reloader', fault: 'has had no new version since 2020' },
      // Moved to registry.k8s.io/kube-state-metrics in 2021: its release v2.0.0.
      { beginning: 'coreos/kube-state-metrics', fault: 'has had no new version since 2021' },
      // Moved to docker.io/flannel in 2022: README of flannel.
      { beginning: 'coreos/flannel', fault: 'has had no new version since 2022' },
      // Moved to k8s.gcr.io/ingress-nginx in July 2020: release 0.34.0 of ingress-nginx.
      { beginning: 'kubernetes-ingress-controller', fault: 'has had no new version since 2020' },
    ],
  ],
  [
    'docker.io',
    [
      // Versions moved to bitnamilegacy from 2025-08-28 on, where nothing is updated; what is left here is tagged
      // `latest`: github.com/bitnami/containers/issues/83267
      { beginning: 'bitnamilegacy', fault: 'is from an archive closed in 2025' },
      { beginning: 'bitnami', fault: 'lost its versions in 2025', versionsOnly: true },
    ],
  ],
  // Replaced by ghcr.io: docs.github.com, "Migrating to the Container registry from the Docker registry"
  ['docker.pkg.github.com', [{ beginning: '', fault: 'is from a registry replaced by ghcr.io' }]],
]);

/** The registry or publisher of an image, if it is retired. */
export function retiredRegistryOf({ registry, repository, tag }: ImageReference): RetiredRegistry | undefined {
  return retiredRegistries
    .get(registry)
    ?.find(
      ({ beginning, versionsOnly }) =>
        begins(repository, beginning) && (versionsOnly !== true || (tag !== undefined && tag !== 'latest')),
    );
}

function begins(repository: string, beginning: string): boolean {
  return beginning === '' || repository === beginning || repository.startsWith(`${beginning}/`);
}
