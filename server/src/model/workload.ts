// The narrow waist: what a Compose service and a Kubernetes pod have in common. A field is admitted if a rule about it
// can be written without asking where it came from.
import type { MappedText } from '../text/mapped-text.js';
import type { Place } from '../text/span.js';
import type { Capability } from './capability.js';
import type { EnvironmentVariable } from './environment.js';
import type { ImageReference } from './image-reference.js';
import type { Located, Slot } from './located.js';
import type { ContainerUser } from './user.js';

export type Orchestrator = 'compose' | 'kubernetes';

/** A pod, wherever its template lives, or a Compose service. */
export interface Workload {
  readonly format: Orchestrator;
  /** What people call it: `service`, `Deployment`, `CronJob` … */
  readonly kind: string;
  readonly name: string;
  /** Where a finding about something missing goes: the service key, or the name of the object. */
  readonly nameAt: Place;
  /**
   * False for a fragment that something else completes (an override, a patch): nothing may be called missing there.
   */
  readonly complete: boolean;
  readonly os: 'linux' | 'windows';
  readonly containers: readonly Container[];
  readonly hostNetwork: Located<boolean>;
  readonly hostPid: Located<boolean>;
  readonly hostIpc: Located<boolean>;
  /** True where the processes run in a user namespace of their own, so that root is no root of the host. */
  readonly ownUserNamespace: Located<boolean>;
  /** The pod-wide user that containers inherit; absent in Compose. */
  readonly defaultUser: Located<ContainerUser>;
  /** The pod-wide seccomp profile that containers inherit; absent in Compose. */
  readonly defaultSeccompProfile: Located<SeccompProfile>;
  readonly hostMounts: readonly HostMount[];
  /** Whether it stays reachable as before when it leaves the host's network: it publishes ports or joins networks. */
  readonly reachableWithoutHostNetwork: boolean;
  /** Where other services of the file say that they are in the network of this one. */
  readonly networkSharers: readonly Place[];
}

export type ContainerRole = 'main' | 'init' | 'sidecar' | 'ephemeral';

/** A container with its effective values: what it inherits from its pod is already in them. */
export interface Container {
  readonly format: Orchestrator;
  readonly role: ContainerRole;
  readonly name: string;
  /** The token that findings about something missing are anchored at. */
  readonly nameAt: Place;
  readonly complete: boolean;
  readonly os: 'linux' | 'windows';
  readonly ownUserNamespace: Located<boolean>;
  /** The image; absent where the service is built here, also when `image` names the result. */
  readonly image: Located<ImageReference>;
  readonly privileged: Located<boolean>;
  readonly user: Located<ContainerUser>;
  /** Kubernetes `runAsNonRoot`; absent in Compose. */
  readonly requiresNonRoot: Located<boolean>;
  readonly addedCapabilities: Located<readonly Located<Capability>[]>;
  readonly droppedCapabilities: Located<readonly Located<Capability>[]>;
  readonly seccompProfile: Located<SeccompProfile>;
  readonly privilegeEscalation: Located<PrivilegeEscalation>;
  readonly environment: readonly EnvironmentVariable[];
  readonly publishedPorts: readonly PublishedPort[];
}

export interface SeccompProfile {
  readonly text: string;
  readonly type: 'unconfined' | 'runtime-default' | 'localhost' | 'other';
  /** The profile that confines again, in the words of the place it is written at; undefined where removing it does. */
  readonly confined: string | undefined;
  /** True for an annotation of a pod, false for a field. */
  readonly annotated: boolean;
  /** True where the cluster no longer reads it: the annotations, from Kubernetes 1.27 on. */
  readonly obsolete: boolean;
}

/** What a container says of programs that give more privileges than their parent has (`setuid`, file capabilities). */
export interface PrivilegeEscalation {
  readonly allowed: boolean;
  /** The value that forbids it, in the words of the place it is written at; undefined where removing it does. */
  readonly forbidden: string | boolean | undefined;
}

/** A path of the host that is made visible inside a container. */
export interface HostMount {
  /** How it is written, in a word for messages: `volume`, `hostPath`, `driver_opts`, `use_api_socket`. */
  readonly written: 'volume' | 'hostPath' | 'driver_opts' | 'use_api_socket' | 'PersistentVolume';
  /** The name of the volume in the file, where it has one. */
  readonly name: string | undefined;
  /**
   * The host path, cleaned: `//`, `/./`, trailing slashes and `..` resolved, `\` kept on Windows paths. A relative path
   * stays relative (it starts with `./` or `../`), a home path keeps its `~`.
   */
  readonly source: Located<string>;
  readonly sourceText: MappedText | undefined;
  /** True where every use of it is read-only; unknown where one of them cannot be told. */
  readonly readOnly: boolean | 'unknown';
  /** The whole entry: the list item or the pair that asks for it. */
  readonly slot: Slot;
  /** Whether taking `slot` away leaves a file that works, i.e. nothing else refers to the volume. */
  readonly removable: boolean;
}

/** A range of port numbers, both ends included. */
export interface PortRange {
  readonly from: number;
  readonly to: number;
}

export interface PublishedPort {
  /** The whole entry: the scalar of the short form, or the map of the long one. */
  readonly at: Place;
  readonly slot: Slot;
  readonly form: 'short' | 'long';
  /**
   * The host address as written, without brackets; absent where none is, `unknown` where a variable without default
   * decides. Empty where only its colon is written (`:8080:80`, `${IP:-}:8080:80`): a text put at its place fills it in.
   */
  readonly hostAddress: Located<string>;
  /** `random` where the engine picks a free port (also one out of a range for a single container port). */
  readonly hostPorts: PortRange | 'random' | 'unknown';
  /** Where no host port is written: the port of the container, in the short form the whole entry. */
  readonly hostPortsAt: Place;
  readonly containerPorts: PortRange | 'unknown';
  /** Without the protocol. */
  readonly containerPortsAt: Place;
  readonly protocol: string;
}
