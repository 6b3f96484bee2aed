/** What holds data of a service and outlives `down`. */
export interface Store {
  service: string;
  /** For people: `volume rota-docker-db`. */
  what: string;
}

/** A resource in the state of an environment. */
export interface StateResource {
  urn: string;
  type: string;
  outputs: Record<string, unknown>;
}

/** Where a target looks for the data of an environment. */
export interface DataPlace {
  /** Absolute path of the clone. */
  root: string;
  environment: string;
  /** Name of the stack that the data are kept under; the first answer holds. */
  stack: () => Promise<string>;
  /** What the state holds now. */
  resources: () => Promise<StateResource[]>;
}

/** The data of an environment. */
export interface Data {
  /** All that is there now, in the order of its services. */
  list(): Promise<Store[]>;
  /**
   * Removes it once nothing runs any more; after a removal that was killed, the rest. Throws UserError. Absent where the
   * data are protected resources, which Pulumi destroys with the rest when they are not protected any more.
   */
  remove?(): Promise<void>;
}

export function sortStores(stores: Store[]): Store[] {
  const key = ({ service, what }: Store) => `${service}\n${what}`;
  return stores.toSorted((one, other) => (key(one) < key(other) ? -1 : 1));
}
