import { connectionsOf } from '../data/index.ts';
import { isCode, type Service, type Stack } from '../stack/schema.ts';
import { variableKey, type Meaning, type Unknown } from './meaning.ts';
import { providedBy, type Provided } from './provided.ts';
import { hasVolume, railwayNames, runtimeNames } from './railway.ts';

/** The variables of a service that references can use. */
export interface Offer {
  /** Resolves a name; undefined if it does not exist. `inside`: whether the reference is in the service itself. */
  find(name: string, inside: boolean): Meaning | Unknown | undefined;
  names(inside: boolean): string[];
}

/** Returns a function that finds a service's offer: declared variables first, then Railway's, then provided ones. */
export function describeOffer(stack: Stack, environment: string): (service: string) => Offer | undefined {
  const routed = new Set(stack.gateway?.routes.map(({ to }) => to));

  const offers = new Map(
    Object.entries(stack.services).map(([name, service]) => [name, offerOf(name, service)]),
  );
  return (service) => offers.get(service);

  function offerOf(owner: string, service: Service): Offer {
    const declared = isCode(service) ? service.variables : {};
    const provided = providedBy(service);
    const literals = railwayNames(stack, environment, owner);
    const lack = (offer: Provided, inside: boolean) =>
      missing(offer, owner, {
        port: service.port !== undefined,
        volume: hasVolume(service),
        route: routed.has(owner),
        self: inside,
        connections: !isCode(service) && connectionsOf(service) !== undefined,
      });
    return {
      find(name, inside) {
        if (own(declared, name) !== undefined) {
          return { kind: 'variable', key: variableKey(owner, name) };
        }
        const literal = own(literals, name);
        if (literal !== undefined) {
          return { kind: 'text', text: literal };
        }
        if (runtimeNames.includes(name)) {
          const message = `${name} differs per replica or rollout; each replica reads its own from its environment`;
          return { kind: 'unknown', message };
        }
        const offer = own(provided, name);
        return offer && (lack(offer, inside) ?? { kind: 'provided', service: owner, name });
      },
      names(inside) {
        const offered = Object.entries(provided).filter(([, offer]) => lack(offer, inside) === undefined);
        return [...Object.keys(declared), ...offered.map(([name]) => name)];
      },
    };
  }
}

/** Returns why a service does not provide a variable; undefined if it does. */
function missing(
  { needs }: Provided,
  owner: string,
  has: Record<NonNullable<Provided['needs']>, boolean>,
): Unknown | undefined {
  if (needs === undefined || has[needs]) return undefined;
  const quoted = JSON.stringify(owner);
  switch (needs) {
    case 'port': {
      const message = `${quoted} has no "port", so it cannot be reached`;
      return { kind: 'unknown', message, cause: ['services', owner, 'port'] };
    }
    case 'volume': {
      const message = `${quoted} has no "volume"`;
      return { kind: 'unknown', message, cause: ['services', owner, 'volume'] };
    }
    case 'route': {
      const message = `no gateway route leads to ${quoted}, so it has no public address`;
      return { kind: 'unknown', message, cause: ['gateway', 'routes'] };
    }
    case 'self':
      return { kind: 'unknown', message: `this key is for ${quoted} alone; others use IDENTITY_PUBLIC_KEY` };
    case 'connections': {
      const message = `${quoted} is an external server; add "connections" to it, the number that it accepts`;
      return { kind: 'unknown', message, cause: ['services', owner, 'connections'] };
    }
  }
}

function own<Value>(map: Record<string, Value>, key: string): Value | undefined {
  return Object.hasOwn(map, key) ? map[key] : undefined;
}
