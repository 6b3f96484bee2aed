import { toLabel } from '../init/names.ts';
import { portVariable } from '../stack/ports.ts';
import type { ImportedService, Vocabulary } from './facts.ts';
import { write, type Rule } from './rule.ts';

/** Ports besides the main one. One without a name in the file is called by its number. */
export const morePorts: Rule<Vocabulary['morePorts']> = ({ value }, place) =>
  value.map((port) => {
    const { published, from } = port;
    const name = portName(port);
    if (published !== undefined) write(['publish', name], published, from, place);
    return [from, write(['ports', name], port.port, from, place)];
  });

/** Returns the variables with the address of each further port, by its number. */
export function addressesOf({ facts }: ImportedService): Map<string, string> {
  const ports = facts.morePorts?.value ?? [];
  return new Map(ports.map((port) => [String(port.port), portVariable(portName(port), 'ADDRESS')]));
}

/** Returns the name of a port in `ports`. */
export function portName({ name = '', port }: { name?: string | undefined; port: number }): string {
  return /[a-z]/i.test(name) ? toLabel(name, 15) : `port-${port}`;
}
