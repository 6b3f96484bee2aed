import { openKeysIn } from './secret-parts.ts';
import type { Sides } from './sides.ts';
import type { Snapshot } from './snapshot.ts';

export type SideName = 'before' | 'after';

/**
 * The secrets that only the other side uses. A literal of this side can be the value of one of them. Passwords that Railhead
 * generates are not among them: they never stood in a stack file.
 */
interface Gained {
  /** Whether one of them is used by no service of this side. */
  isNew: boolean;
  /** The services that use such a secret. */
  services: ReadonlySet<string>;
  /** By service: the variables that contain a secret on the other side. */
  names: ReadonlyMap<string, ReadonlySet<string>>;
}

const found = new WeakMap<Sides, Record<SideName, Gained>>();

/** Returns what the other side of a comparison uses as secrets. */
export function gainedSecrets(sides: Sides, side: SideName): Gained {
  const known = found.get(sides) ?? {
    before: compare(sides.before, sides.after),
    after: compare(sides.after, sides.before),
  };
  found.set(sides, known);
  return known[side];
}

function compare(own: Snapshot | undefined, other: Snapshot | undefined): Gained {
  const [used, others] = [usesOf(own), usesOf(other)];
  const everywhere = secretsOf(...used.values());
  const services = [...others].filter(([name, variables]) => {
    const uses = used.get(name);
    // A service that only the other side has can be one of this side under another name.
    const known = uses === undefined ? everywhere : secretsOf(uses);
    return [...variables.values()].flat().some((secret) => !known.has(secret));
  });
  return {
    isNew: [...secretsOf(...others.values())].some((secret) => !everywhere.has(secret)),
    services: new Set(services.map(([name]) => name)),
    names: new Map([...others].map(([name, variables]) => [name, new Set(variables.keys())])),
  };
}

/** The secrets in the variables of a service, by the name of the variable. */
type Uses = ReadonlyMap<string, readonly string[]>;

function secretsOf(...uses: Uses[]): Set<string> {
  return new Set(uses.flatMap((variables) => [...variables.values()].flat()));
}

function usesOf(side: Snapshot | undefined): Map<string, Uses> {
  return new Map(
    Object.entries(side?.services ?? {}).map(([service, { variables }]) => {
      const uses = Object.entries(variables).map(([path, { value }]): [string, string[]] => [
        path.slice(path.lastIndexOf('.') + 1),
        openKeysIn(value),
      ]);
      return [service, new Map(uses.filter(([, secrets]) => secrets.length > 0))];
    }),
  );
}
