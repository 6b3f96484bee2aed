import { hashValues } from '../../artifacts/command.ts';
import type { GraphService } from '../../graph/types.ts';
import type { Pin } from '../../releases/schema.ts';

/** An environment that gets artifacts of another one. */
interface Destination {
  name: string;
  services: readonly GraphService[];
}

/**
 * Returns a warning for each artifact that was built with other values than the destination has. A promotion builds nothing, so
 * a frontend keeps the public address of the first environment. Values are not shown, since one can be a password.
 */
export function buildVariableWarnings(pins: Readonly<Record<string, Pin>>, to: Destination): string[] {
  return Object.entries(pins).flatMap(([name, { buildVariables = {} }]) => {
    const service = to.services.find((each) => each.name === name);
    const own = hashValues((service?.form === 'code' && service.buildValues) || {});
    const others = Object.entries(buildVariables).filter(([variable, hash]) => own[variable] !== hash);
    if (others.length === 0) return [];
    const variables = others.map(([variable]) => variable).join(', ');
    return [
      `${name} was built with another value of ${variables} than ${to.name} has, and keeps it: a promotion builds nothing. Let the code read the value when it runs, or give both environments the same value.`,
    ];
  });
}
