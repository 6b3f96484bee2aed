import { gatewayArtifact } from '../../artifacts/programs.ts';
import { environmentName } from '../../changes/causes.ts';
import { routeOf } from '../../changes/route-key.ts';
import type { ServiceChange, SourcePlace } from '../../changes/model.ts';
import { code, type Phrase, prose, say } from '../phrase.ts';

export interface Pair {
  before?: string | undefined;
  after?: string | undefined;
}

/** `stacks/rota.yaml:18` */
export function position({ file, line }: SourcePlace): Phrase {
  return code(`${file}:${line}`);
}

/** ` (stacks/rota.yaml:18)`, or nothing without a place. */
export function at(place: SourcePlace | undefined): Phrase {
  return place === undefined ? [] : say` (${position(place)})`;
}

/** The path of a field, or a route of the gateway: `route /docs/*`. */
export function fieldName(path: string): Phrase {
  const found = routeOf(path);
  if (found === undefined) return code(path);
  const { route, field } = found;
  return field === undefined ? say`route ${route}` : say`route ${route} ${field}`;
}

/** `2 → 3`. A side that does not exist is `not set`. */
export function sides({ before, after }: Pair): Phrase {
  return say`${side(before)} → ${side(after)}`;
}

/** What a new service has, what a removed one had, or both sides. */
export function sidesOf(pair: Pair, change: ServiceChange['change']): Phrase {
  if (change === 'new' && pair.before === undefined) return side(pair.after);
  return change === 'removed' && pair.after === undefined ? side(pair.before) : sides(pair);
}

export function side(value: string | undefined): Phrase {
  return value === undefined ? ['not set'] : value === '' ? ['empty'] : code(value);
}

/** Returns the sizes that change, with their names. */
export function entriesOf(size: ServiceChange['size']): [string, Pair][] {
  return Object.entries(size).filter((entry): entry is [string, Pair] => entry[1] !== undefined);
}

/** Returns whether a change belongs to a service. The gateway and resources of the environment are shown like services. */
export function isService({ service }: ServiceChange): boolean {
  return service !== gatewayArtifact && service !== environmentName;
}

interface Named {
  hash: string;
  subject: string;
  dirty?: true | undefined;
}

/** `commit abc1234567 “Subject of the commit” with uncommitted changes`. Files that are not committed have no hash. */
export function commitName({ hash, subject, dirty }: Named): Phrase {
  if (hash === '') return ['the working tree'];
  const title = subject === '' ? [] : say` “${prose(subject)}”`;
  const changes = dirty ? [' with uncommitted changes'] : [];
  return say`commit ${hash.slice(0, 10)}${title}${changes}`;
}
