import type { Tree } from '../stack/tree.ts';
import { dataKinds, type DataType } from '../data/index.ts';
import type { DataKind, Part } from '../data/kind.ts';
import { variablesOf } from '../data/variables.ts';
import type { Fact } from './facts.ts';
import { isSecretValue, type Secrets } from './secrets.ts';
import { sharedValuesIn } from './shared-values.ts';

/** A service as the values of others address it. */
export interface Server {
  /** Name in the stack file. */
  name: string;
  /** The type of a data server. */
  type?: DataType | undefined;
  port?: number | undefined;
  /** The port of the machine at which the imported system publishes it; undefined for a service without a route here. */
  published?: number | undefined;
  /** The variables with the addresses of further ports, by port. */
  addresses?: ReadonlyMap<string, string>;
  /** Names of its accounts and its database in the imported file, each with the variable that replaces the text. */
  texts: readonly { name: string; text: string; variable: string; from: Tree }[];
}

export interface Names {
  /** Servers by the host name that the imported file uses. */
  servers: Map<string, Server>;
  secrets: Secrets;
  /** The shared variables. */
  variables: ReadonlyMap<string, Fact<string>>;
}

/** A text with addresses: the value of a variable, or the content of a file. */
interface Owner {
  name: string;
  /** Name of the service, for the names of secrets; undefined for a shared variable. */
  service: string | undefined;
}

interface Variable extends Owner {
  from: Tree;
  /** The values of the variables with which it belongs together, by name. */
  others: ReadonlyMap<string, string>;
}

const address =
  /\b([a-z][a-z0-9+.-]*):\/\/(?:([^\s/:@,]*)(?::([^\s/@,]*))?@)?([\w.-]+)(?::(\d+))?(\/[^\s?#,;"'`<>]*)?(?=[\s,?#;"'`<>)\]}|]|$)/gi;

/** Returns the value of a variable with references in place of the addresses and accounts of other services, and of secrets. */
export function rewrite(value: string, variable: Variable, names: Names): string {
  const parts = wholeText(value, variable, names) ?? withAddresses(value, variable, names);
  const isSecret =
    isSecretValue(variable.name, parts) || isSecretValue(variable.name, withoutReferences(parts));
  return isSecret ? names.secrets.reference(variable.name, parts) : parts;
}

/** Puts references in place of addresses. The host of one can be the value of a shared variable. */
function withAddresses(value: string, variable: Variable, names: Names): string {
  const rewritten = (text: string) =>
    text.replace(address, (...match: string[]) => rewriteAddress(match, variable, names));
  const whole = sharedValuesIn(value, names.variables);
  const became = rewritten(whole);
  return became === whole ? rewritten(value) : became;
}

/** Returns the content of a mounted file with references in place of the addresses and accounts of other services. */
export function rewriteContent(content: string, variable: Owner, names: Names): string {
  for (const server of isSecretReference.test(content) ? names.servers.values() : []) {
    const found = server.texts.find(({ text }) => text === content);
    if (found !== undefined && server.name !== variable.service) return reference(server, found.variable);
  }
  return content
    .replace(address, (...match: string[]) => rewriteAddress(match, variable, names))
    .replace(hostAndPort, (whole, host: string, port: string) => {
      const server = names.servers.get(host);
      const isKnown = String(server?.port) === port || server?.addresses?.has(port) === true;
      return isKnown && server !== undefined && server.name !== variable.service
        ? hostPort(server, port)
        : whole;
    });
}

const isSecretReference = /^\$\{\{secret\.\w+\}\}$/;
const hostAndPort = /(?<![\w./@:$-])([\w-]+):(\d+)(?![\w.:-])/g;

/** Returns a value without its references to variables; empty for the address of a service, which contains no secret. */
function withoutReferences(value: string): string {
  const isAddress = /\$\{\{(?!\s*(shared|secrets?)\s*\.)/.test(value);
  return isAddress ? '' : value.replace(/\$\{\{[^{}]*\}\}/g, '');
}

/** Handles a value that is a host, a host with its port, or the name or password of an account. */
function wholeText(value: string, variable: Variable, { servers }: Names): string | undefined {
  const { name, service } = variable;
  const [, host = '', port] = /^([\w.-]+)(?::(\d+))?$/.exec(value) ?? [];
  const server = servers.get(host);
  if (
    server !== undefined &&
    server.name !== service &&
    (port !== undefined || /HOST|SERVER|ADDR|NODE|BROKER|ENDPOINT/i.test(name))
  ) {
    return port === undefined ? reference(server, 'HOST') : hostPort(server, port);
  }
  for (const [host, server] of servers) {
    const found = server.texts.find((text) => isAccount(text, value, variable, host));
    if (found !== undefined && server.name !== service) return reference(server, found.variable);
  }
  return undefined;
}

const account = /PASS|AUTH|USER|KEY|SECRET|DATABASE|DB_?NAME|(^|_)DB$|NAME$/i;

/** Whether a variable contains the name or the password of an account. One line of a file can be that of both services. */
function isAccount(
  { name: own, text, variable: part, from }: Server['texts'][number],
  value: string,
  variable: Variable,
  host: string,
): boolean {
  const { name } = variable;
  if (from === variable.from) return true;
  if (value === '' || text !== value || !account.test(name) || !fits(part, name)) return false;
  return belongsTo([own, part, host], host, variable);
}

/**
 * Whether the name of a variable starts as that of the server does, or as a variable with its host: an account of mail often has the
 * same name as that of the database.
 */
function belongsTo(own: readonly string[], host: string, { name, others }: Variable): boolean {
  const start = name.replace(
    /_?(ACCESS_?KEY|ADMIN|ROOT|SUPER|USER|PASS|AUTH|SECRET|KEY|DATABASE|DB|NAME).*$/i,
    '',
  );
  const startsSame = (text: string) =>
    text.replaceAll('-', '_').toLowerCase().startsWith(start.toLowerCase());
  if (own.some(startsSame)) return true;
  const isThere = new RegExp(`(?<![\\w-])${host.replace(/\W/g, '\\$&')}(?![\\w-])`);
  return [...others].some(([other, value]) => startsSame(other) && isThere.test(value));
}

/** Whether a variable of this name asks for a part: the same text often is a user, a password and a database. */
function fits(part: string, name: string): boolean {
  const kinds = [/PASS|SECRET|AUTH/i, /USER|KEY/i];
  const kindOf = (text: string) => kinds.findIndex((kind) => kind.test(text));
  return kindOf(part) === kindOf(name);
}

/** What Railway and Fly append to the name of a service for its private address. */
export const privateDomain = /(\.railway)?\.internal$|\.flycast$/;

/** In the address of a published port, where people's browsers find the machine. */
const ownMachine = /^(localhost|127\.0\.0\.1)$/;

function rewriteAddress(match: string[], variable: Owner, names: Names): string {
  const [whole = '', scheme = '', user, password, host = '', port, path = ''] = match;
  if (scheme === 'http' && user === undefined && ownMachine.test(host)) {
    const found = [...names.servers.values()].find(({ published }) => published === Number(port ?? 80));
    return found === undefined ? whole : `${reference(found, 'PUBLIC_URL')}${path}`;
  }
  const server = names.servers.get(host) ?? names.servers.get(host.replace(privateDomain, ''));
  if (server === undefined || server.name === variable.service) return whole;
  if (server.type !== undefined) return dataAddress(scheme, path, server, dataKinds[server.type]);
  const login = user === undefined ? '' : `${loginOf(user, password, variable, names)}@`;
  const isOwnPort = server.port !== undefined && (port ?? standardPorts[scheme]) === String(server.port);
  if (login === '' && scheme === 'http' && (isOwnPort || port === undefined))
    return `${reference(server, 'URL')}${path}`;
  return `${scheme}://${login}${port === undefined ? reference(server, 'HOST') : hostPort(server, port)}${path}`;
}

const standardPorts: Record<string, string> = { http: '80', https: '443' };

function loginOf(user: string, password: string | undefined, { name }: Owner, { secrets }: Names): string {
  if (password === undefined) return user;
  if (password === '' || password.includes('${{')) return `${user}:${password}`;
  return `${user}:${secrets.reference(`${name}_PASSWORD`, password)}`;
}

/** The address of a data server; that of a driver, such as `postgresql+asyncpg`, in its parts. */
function dataAddress(scheme: string, path: string, server: Server, kind: DataKind): string {
  const part = (wanted: Part['part']) => reference(server, variableOf(kind, wanted));
  const whole = variableOf(kind, 'url') === '' ? part('endpoint') : part('url');
  const own = server.texts.find(({ variable }) => variable === variableOf(kind, 'database'))?.text;
  const isOther =
    kind.hasDatabase && own !== undefined && own !== '' && /^\/[\w-]+$/.test(path) && path !== `/${own}`;
  const schemes = [kind.scheme, ...kind.otherSchemes];
  const rest = kind.hasDatabase || /^\/0?$/.test(path) ? '' : path;
  if (schemes.includes(scheme) && !isOther) return `${whole}${rest}`;
  const address = `${part('host')}:${part('port')}`;
  if (!schemes.includes(scheme.split('+')[0] ?? '')) return `${scheme}://${address}${path}`;
  const end = kind.hasDatabase && !isOther ? `/${part('database')}` : isOther ? path : rest;
  return `${scheme}://${part('user')}:${part('password')}@${address}${end}`;
}

/** Returns the name under which a server provides a part of its address to services: that of its own kind if it has one. */
export function variableOf(kind: DataKind, wanted: Part['part']): string {
  const [login] = Object.keys(kind.logins);
  const isWanted = (part: Part) => part.part === wanted && (!('login' in part) || part.login === login);
  const found = [kind.variables, variablesOf(kind)].flatMap((variables) => Object.entries(variables));
  return found.find(([, part]) => isWanted(part))?.[0] ?? '';
}

function hostPort(server: Server, port: string): string {
  const address = server.addresses?.get(port);
  if (address !== undefined) return reference(server, address);
  const isOwn = server.port === undefined || String(server.port) === port;
  return `${reference(server, 'HOST')}:${isOwn ? reference(server, 'PORT') : port}`;
}

function reference({ name }: Server, variable: string): string {
  return `\${{${name}.${variable}}}`;
}
