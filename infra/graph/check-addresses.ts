import type { Finding } from '../stack/finding.ts';
import { kindOf } from '../data/index.ts';
import { poolerOf } from '../data/pooler/pooler.ts';
import { namesOfPart, variablesOf } from '../data/variables.ts';
import { namedPorts } from '../stack/ports.ts';
import { isCode, type Service, type Stack } from '../stack/schema.ts';
import type { Path } from '../stack/tree.ts';
import { writtenPort } from './opened-ports.ts';
import type { ProvidedReference, Template } from './types.ts';

/** A variable of a service with its resolved template. */
export interface AddressTemplate {
  path: Path;
  template: Template;
}

const hostNames = namesOfPart('host');
const portNames = namesOfPart('port');
const publicNames = ['PUBLIC_DOMAIN', 'RAILWAY_PUBLIC_DOMAIN'];
const standardPorts: Record<string, number> = { http: 80, ws: 80, https: 443, wss: 443 };

/** Finds variables that combine the host of a service with a port on which it does not listen. */
export function checkAddresses(templates: AddressTemplate[], stack: Stack): Finding[] {
  return templates.flatMap(({ path, template }) =>
    template.flatMap((piece, index): Finding[] => {
      if (typeof piece === 'string' || piece.kind !== 'provided' || !hostNames.includes(piece.name))
        return [];
      const service = stack.services[piece.service];
      // The port of an external server is part of its secret URL.
      if (service?.port === undefined || (!isCode(service) && service.external)) return [];
      const further = isCode(service) ? namedPorts(service).map(({ port }) => port) : [];
      const server = { name: piece.service, port: portAt(service, piece.name) ?? service.port, further };
      const problem =
        wrongPort(server, template.slice(index + 1), stack) ?? missingPort(server, template, index);
      return problem === undefined ? [] : [{ path, ...problem }];
    }),
  );
}

/** Warns about `https://${{web.PUBLIC_DOMAIN}}`, for environments whose gateway serves only http. */
export function checkPublicSchemes(templates: AddressTemplate[]): Finding[] {
  return templates.flatMap(({ path, template }) =>
    template.flatMap((piece, index): Finding[] => {
      if (typeof piece === 'string' || piece.kind !== 'provided' || !publicNames.includes(piece.name))
        return [];
      const scheme = schemeBefore(template, index);
      if (scheme !== 'https' && scheme !== 'wss') return [];
      const message = `the gateway serves only http in this environment, so ${scheme}:// addresses do not work; write \${{${piece.service}.PUBLIC_URL}}, which has the right scheme`;
      return [{ path, message, warning: true }];
    }),
  );
}

interface Server {
  name: string;
  port: number;
  /** Its named ports. */
  further: number[];
}

type Found = Pick<Finding, 'message' | 'warning'>;

/** Finds `${{api.HOST}}:3002`, or the port of another service after the host. */
function wrongPort({ name, port, further }: Server, after: Template, stack: Stack): Found | undefined {
  const [text, next] = after;
  if (typeof text !== 'string') return undefined;
  const isReference = text === ':' && typeof next === 'object' && next.kind === 'provided';
  const written = isReference ? portOf(next, stack) : writtenPort(text);
  const ports = [port, ...further];
  if (written === undefined || ports.includes(written)) return undefined;
  return { message: `${JSON.stringify(name)} listens only on ${ports.join(' and ')}, not on ${written}` };
}

/**
 * Returns the port that belongs to a variable with a host or a port of a service. With a pooler, this is the port of the
 * pooler, except for `DIRECT_HOST` and `DIRECT_PORT`.
 */
function portAt(service: Service, variable: string): number | undefined {
  if (isCode(service)) return service.port;
  const isDirect = variablesOf(kindOf(service))[variable]?.direct === true;
  return (isDirect ? undefined : poolerOf(service)) ?? service.port;
}

/** Returns the number that a reference to a port has; undefined for other references. */
function portOf({ service, name }: ProvidedReference, { services }: Stack): number | undefined {
  const config = services[service];
  if (config === undefined || portNames.includes(name)) return config && portAt(config, name);
  return isCode(config) ? namedPorts(config).find(({ variable }) => variable === name)?.port : undefined;
}

/** Finds `http://${{api.HOST}}/v1`. At the end of a variable it is a warning, since the program may append the port. */
function missingPort({ name, port }: Server, template: Template, index: number): Found | undefined {
  const standard = standardPorts[schemeBefore(template, index) ?? ''];
  const after = template[index + 1];
  const isEnd = after === undefined || (typeof after === 'string' && /^[,;\s]/.test(after));
  const isPath = typeof after === 'string' && /^[/?#]/.test(after);
  if (standard === undefined || standard === port || !(isEnd || isPath)) return undefined;
  const message = `leads to port ${standard}, but ${JSON.stringify(name)} listens on ${port}; add ":\${{${name}.PORT}}"`;
  return { message, ...(isEnd && { warning: true }) };
}

/** Returns the scheme before a piece of a template: `http` for `http://user@`. */
function schemeBefore(template: Template, index: number): string | undefined {
  const text = template.slice(0, index).map((piece) => (typeof piece === 'string' ? piece : 'x'));
  return /([a-z]+):\/\/(?:[^\s/,@]*@)?$/i.exec(text.join(''))?.[1]?.toLowerCase();
}
