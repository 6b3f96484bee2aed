import { poolerOf } from '../data/pooler/pooler.ts';
import { suggest } from '../stack/nearest.ts';
import { namedPorts, portVariables, publishedPorts } from '../stack/ports.ts';
import { routeAddress } from '../stack/route-address.ts';
import { isCode, type CodeService, type Stack } from '../stack/schema.ts';
import type { Path } from '../stack/tree.ts';
import type { Finding } from '../stack/finding.ts';
import { checkPullRequests } from './check-pull-requests.ts';
import { runtimeNames } from './railway.ts';

/**
 * Checks between services, which the schema cannot make.
 *
 * @param sharesAddress whether all services have the address of one machine
 */
export function checkStack(stack: Stack, sharesAddress: boolean): Finding[] {
  return [
    ...checkPorts(stack, sharesAddress),
    ...checkPublished(stack),
    ...checkRoutes(stack),
    ...checkNames(stack),
    ...checkPullRequests(stack),
  ];
}

/**
 * Checks that the ports of an address are unique. Each container has its own address: only the gateway and published ports
 * share the address of the machine.
 */
function checkPorts(stack: Stack, sharesAddress: boolean): Finding[] {
  const findings: Finding[] = [];
  const claimOn = (owners: Map<number, string>) => (port: number, owner: string, path: Path) => {
    const other = owners.get(port);
    if (other === undefined) {
      owners.set(port, owner);
    } else {
      findings.push({ path, message: `${port} is also ${other}; choose another` });
    }
  };
  const publish = claimOn(new Map());
  for (const [name, service] of Object.entries(stack.services)) {
    // An external server listens elsewhere.
    if (!isCode(service) && service.external !== undefined) continue;
    const owner = JSON.stringify(name);
    const claim = sharesAddress ? publish : claimOn(new Map());
    if (service.port !== undefined) claim(service.port, `the port of ${owner}`, ['services', name, 'port']);
    if (!isCode(service)) {
      const pooler = poolerOf(service);
      if (pooler !== undefined)
        claim(pooler, `the port of the pooler of ${owner}`, ['services', name, 'pooler']);
      continue;
    }
    for (const { name: key, port } of namedPorts(service)) {
      claim(port, `the port "${key}" of ${owner}`, ['services', name, 'ports', key]);
    }
    for (const { name: key, port, published } of publishedPorts(service)) {
      // The same number on both sides is one address on machines with a single loopback address.
      if (sharesAddress && published === port) continue;
      publish(published, `the published port "${key}" of ${owner}`, ['services', name, 'publish', key]);
    }
  }
  if (stack.gateway) {
    publish(stack.gateway.port, 'the port of the gateway', ['gateway', 'port']);
  }
  return findings;
}

/** Checks that each published port is one of the service. */
function checkPublished({ services }: Stack): Finding[] {
  return Object.entries(services).flatMap(([service, config]) => {
    if (!isCode(config) || config.port === undefined) return [];
    const known = ['main', ...namedPorts(config).map(({ name }) => name)];
    return Object.keys(config.publish ?? {})
      .filter((name) => !known.includes(name))
      .map((name): Finding => {
        const message = `there is no port ${JSON.stringify(name)} in "ports"; ${suggest(name, known)}`;
        return { path: ['services', service, 'publish', name], message, ofKey: true };
      });
  });
}

function checkRoutes(stack: Stack): Finding[] {
  const findings: Finding[] = [];
  const paths = new Set<string>();
  for (const [index, { host, path, to, port }] of (stack.gateway?.routes ?? []).entries()) {
    const at = (key: string): Path => ['gateway', 'routes', index, key];
    const address = routeAddress({ host, path });
    if (paths.has(address)) {
      findings.push({ path: at('path'), message: `${JSON.stringify(address)} already has a route` });
    }
    paths.add(address);
    if (host?.startsWith('*.') && stack.gateway?.provider === 'cloudflare') {
      const message = `${JSON.stringify(host)} is a wildcard, for which Cloudflare makes no custom domain; write a route for each host`;
      findings.push({ path: at('host'), message });
    }
    const service = Object.hasOwn(stack.services, to) ? stack.services[to] : undefined;
    if (service === undefined) {
      const message = `there is no service ${JSON.stringify(to)}; ${suggest(to, Object.keys(stack.services))}`;
      findings.push({ path: at('to'), message, cause: ['services', to] });
    } else if (!isCode(service)) {
      findings.push({
        path: at('to'),
        message: `${JSON.stringify(to)} is a data server; it does not speak HTTP`,
      });
    } else if (service.port === undefined) {
      findings.push({
        path: at('to'),
        message: `${JSON.stringify(to)} has no "port" to route to`,
        cause: ['services', to, 'port'],
      });
    } else if (port !== undefined) {
      const message = wrongRoutePort(service, to, port);
      if (message !== undefined) {
        findings.push({ path: at('port'), message, cause: ['services', to, 'ports', port] });
      }
    }
  }
  return findings;
}

/** Returns why a route cannot lead to a named port; undefined if it can. */
function wrongRoutePort(service: CodeService, to: string, port: string): string | undefined {
  const named = namedPorts(service);
  const found = named.find(({ name }) => name === port);
  if (found?.protocol === 'http') return undefined;
  const quoted = JSON.stringify(port);
  if (found !== undefined) {
    return `${quoted} of ${JSON.stringify(to)} is a TCP port; write it as { port: ${found.port}, protocol: http } if it speaks HTTP`;
  }
  const known = named.filter(({ protocol }) => protocol === 'http').map(({ name }) => name);
  const hint = known.length > 0 ? suggest(port, known) : 'it has no port with "protocol: http"';
  return `there is no port ${quoted} in "ports" of ${JSON.stringify(to)}; ${hint}`;
}

const ofShell = 'is a name that a shell drops; use letters, digits and "_", or an "image" or "dockerfile"';

/**
 * Rejects variables that every target sets: `PORT`, which belongs to `port`, those of named ports, and those that differ per replica.
 * Also rejects names that the shell of `start` would drop.
 */
function checkNames(stack: Stack): Finding[] {
  return Object.entries(stack.services).flatMap(([service, config]) => {
    const variables = isCode(config) ? config.variables : {};
    const finding = (name: string, message: string): Finding[] =>
      Object.hasOwn(variables, name) ? [{ path: ['services', service, 'variables', name], message }] : [];
    const ofPorts = isCode(config) ? namedPorts(config) : [];
    const runsInShell = isCode(config) && config.kind === 'source' && config.dockerfile === undefined;
    const dropped = runsInShell ? Object.keys(variables).filter((name) => /[.-]/.test(name)) : [];
    return [
      ...dropped.map((name) => ({
        path: ['services', service, 'variables', name],
        message: ofShell,
        ofKey: true,
      })),
      ...finding('PORT', 'is set for each replica; set "port" of the service instead'),
      ...runtimeNames.flatMap((name) => finding(name, 'is set for each replica; leave it out')),
      ...ofPorts.flatMap(({ name }) =>
        portVariables(name).flatMap((variable) =>
          finding(variable, `belongs to the port "${name}"; rename the variable or the port`),
        ),
      ),
    ];
  });
}
