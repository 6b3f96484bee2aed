import { secretsIn } from './shown.ts';
import type { Sides } from './sides.ts';
import type { Snapshot } from './snapshot.ts';

export type SideName = 'before' | 'after';

/** What one side knows of the secrets that only the other side uses: there, a literal of this side can be one of them. */
interface Gained {
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
  const services = [...others].filter(([name, variables]) => {
    const known = new Set([...(used.get(name)?.values() ?? [])].flat());
    return [...variables.values()].flat().some((secret) => !known.has(secret));
  });
  return {
    services: new Set(services.map(([name]) => name)),
    names: new Map([...others].map(([name, variables]) => [name, new Set(variables.keys())])),
  };
}

/** Returns the secrets in the variables of each service, by the name of the variable. */
function usesOf(side: Snapshot | undefined): Map<string, Map<string, string[]>> {
  return new Map(
    Object.entries(side?.services ?? {}).map(([service, { variables }]) => {
      const uses = Object.entries(variables).map(([path, { value }]): [string, string[]] => [
        path.slice(path.lastIndexOf('.') + 1),
        secretsIn(value),
      ]);
      return [service, new Map(uses.filter(([, secrets]) => secrets.length > 0))];
    }),
  );
}
