// A service of a Compose project as it will run, for rules about what only Compose has.
import type { Place } from '../../text/span.js';
import type { Located, Slot } from '../located.js';
import type { Parted } from '../parted.js';
import type { Container, Workload } from '../workload.js';
import type { BuiltImage } from './built-image.js';
import type { ComposeFields } from './fields.js';
import type { ServiceMount } from './mount.js';
import type { RefusedAddress } from './refused-address.js';

export interface ComposeService extends Parted {
  readonly name: string;
  /** Its key, where what is missing in it is reported: in the file that the others are merged onto. */
  readonly nameAt: Place;
  /** False where something else completes it (an override alone, an `extends` that cannot be followed). */
  readonly complete: boolean;
  readonly workload: Workload;
  /** Undefined where a provider runs it, and no container. */
  readonly container: Container | undefined;
  /** The image that is built for it; undefined where none is, or its Dockerfile is not known. */
  readonly built: BuiltImage | undefined;
  /** All of its keys. */
  readonly fields: ComposeFields;
  /** The profiles that it belongs to; none: it always runs. Undefined where they cannot be told. */
  readonly profiles: readonly string[] | undefined;
  /** Everything that `volumes` mounts, whatever it is. Where two have one target, the later one. */
  readonly mounts: readonly ServiceMount[];
  readonly securityOptions: Located<readonly Located<SecurityOption>[]>;
  readonly devices: readonly ServiceDevice[];
  /** What `ports` names the host by where that is no address; the entries are in no list of published ports. */
  readonly refusedAddresses: readonly RefusedAddress[];
  /** The networks that it names itself; without any it is in the network `default`, unless it has a `network_mode`. */
  readonly networks: readonly ServiceNetwork[];
  /** What `depends_on` names. */
  readonly dependencies: readonly Dependency[];
  /** Values of fragments that are merged in by `<<`, and hidden by a key of the service. */
  readonly hidden: readonly HiddenValue[];
  /** The hooks `post_start`, `pre_stop` and `pre_start`. */
  readonly hooks: readonly LifecycleHook[];
}

export interface HiddenValue {
  readonly key: string;
  /** The key of the service. */
  readonly keyAt: Place;
  /** What is merged in, with the same key in it. */
  readonly fragment: ComposeFields;
}

/** An item of `security_opt`. Of a name that is there twice, the last one is in force (but for `label`). */
export interface SecurityOption {
  /** As it is written; undefined where a variable decides the value. */
  readonly text: string | undefined;
  /** `seccomp`, `apparmor`, `label`, `no-new-privileges`, `systempaths`. */
  readonly name: string;
  /** What stands behind the first `=`, or `:` where there is none; undefined where nothing does, or it cannot be told. */
  readonly value: string | undefined;
}

/** An entry of `devices`. */
export interface ServiceDevice {
  /** The whole entry: the scalar of the short form, or the map of the long one. */
  readonly at: Place;
  readonly slot: Slot;
  readonly form: 'short' | 'long';
  /** The path on the host, cleaned; or the name of a CDI device (`vendor.com/class=name`). */
  readonly source: Located<string>;
  readonly kind: 'path' | 'cdi' | 'unknown';
  /** Of `r`, `w` and `m`; absent: all of them. */
  readonly permissions: Located<string>;
}

export interface ServiceNetwork {
  readonly name: string;
  /** Located at the item or key that names it. */
  readonly named: Located<string>;
}

export interface Dependency {
  /** Located at the item or key that names the service. */
  readonly service: Located<string>;
  /** Absent: `service_started`. */
  readonly condition: Located<string>;
  /** Absent: true. */
  readonly required: Located<boolean>;
}

export interface LifecycleHook {
  readonly key: 'post_start' | 'pre_stop' | 'pre_start';
  readonly fields: ComposeFields;
}
