import type { ImportedService } from '../facts.ts';
import { placeOnly } from '../ledger.ts';
import { say } from '../say.ts';

/** Variables that name the port of the program itself: PORT is read elsewhere, and others, such as DB_PORT, can be that of a server. */
const general = ['HTTP', 'SERVER', 'LISTEN', 'APP', 'WEB', 'API', 'SERVICE'];

/** Takes the port of a service that chooses it itself from a variable of its own, such as HTTP_PORT. */
export function takeOwnPort(service: ImportedService): void {
  const { image, port } = service.facts;
  if (service.ownPort === undefined || port !== undefined || service.variables.has('PORT')) return;
  const program = /([^/:@]+)([:@].*)?$/.exec(image?.value ?? '')?.[1] ?? '';
  const names = [...general, service.name, program].map(
    (name) => `${name.toUpperCase().replace(/\W/g, '_')}_PORT`,
  );
  const found = [...service.variables].filter(
    ([name, { value }]) => names.includes(name) && /^\d{1,5}$/.test(value),
  );
  const [first] = found;
  if (first !== undefined && found.length === 1)
    say(service, 'port', Number(first[1].value), placeOnly(first[1].from));
}
