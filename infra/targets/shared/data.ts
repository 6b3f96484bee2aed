/** A store of a service's data, which outlives `down`. */
export interface Store {
  service: string;
  /** A description for messages: `volume rota-docker-db`. */
  what: string;
}

/** A resource in the state of an environment. */
export interface StateResource {
  urn: string;
  type: string;
  outputs: Record<string, unknown>;
}

/** Returns `api` for `urn:pulumi:dev::railhead::railhead:process:Service::api`. */
export function nameOf(urn: string): string {
  return urn.slice(urn.lastIndexOf('::') + 2);
}

/** Returns `api` for `urn:pulumi:dev::railhead::railhead:index:Service::api`; undefined if it is the URN of no component. */
export function componentOf(urn: string): string | undefined {
  return /::railhead:index:\w+::(.+)$/.exec(urn)?.[1];
}

/** Whether a type is that of a component, the stack or a provider: these exist in the state only. */
export function isOfStateOnly(type: string): boolean {
  return /^(railhead:index|pulumi):/.test(type);
}

/** Describes where a target finds the data of an environment. */
export interface DataPlace {
  /** Absolute path of the project. */
  root: string;
  environment: string;
  /** Returns the identity of the data. The first result is cached. */
  identity: () => Promise<DataIdentity>;
  /** Returns the resources that are in the state now. */
  resources: () => Promise<StateResource[]>;
}

export interface DataIdentity {
  /** Stack name under which the data are kept. */
  stack: string;
  /** The project that the environment belongs to; undefined before its first `up`. */
  owner: string | undefined;
}

/** Access to the data of an environment. */
export interface Data {
  /** Returns all existing stores, sorted by service. */
  list(): Promise<Store[]>;
  /**
   * Removes the data of a stopped environment; can be run again after an interrupted removal. Throws UserError if
   * services run. Absent if the data are protected resources: Pulumi destroys them with the others after they are
   * unprotected.
   */
  remove?(): Promise<void>;
}

export function sortStores(stores: Store[]): Store[] {
  const key = ({ service, what }: Store) => `${service}\n${what}`;
  return stores.toSorted((one, other) => (key(one) < key(other) ? -1 : 1));
}
