// What a place in a file belongs to, in words that stay when lines move.

/** A thing that people have a name for: a Kubernetes object, a Compose service, a build stage. */
export interface Resource {
  /** `Deployment`, `service`, `stage`. */
  readonly kind: string;
  /** That of a Kubernetes object which names one. */
  readonly namespace: string | undefined;
  /** Of a build stage without a name: the image that it is built from. Empty where there is no name. */
  readonly name: string;
}

export interface Address {
  /** Undefined for a place outside all of them. */
  readonly resource: Resource | undefined;
  /**
   * The way to the place: keys with dots between them, list items by their `name` and never by their number. A keyword
   * in a Dockerfile.
   */
  readonly path: string;
}

/** A resource as people write it: `shop/Deployment/web`, `service/web`. */
export function resourceName({ kind, namespace, name }: Resource): string {
  return namespace === undefined ? `${kind}/${name}` : `${namespace}/${kind}/${name}`;
}

/** An address in one line: `service/web services.web.privileged`. Empty where nothing has a name. */
export function addressName({ resource, path }: Address): string {
  if (resource === undefined) return path;
  return path === '' ? resourceName(resource) : `${resourceName(resource)} ${path}`;
}
