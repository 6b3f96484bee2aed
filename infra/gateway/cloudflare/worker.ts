import type { WithHoles } from '../../plan/resource.ts';
import type { Text } from '../../plan/hole.ts';
import { createHash } from 'node:crypto';
import type { WorkersCustomDomainArgs } from '@pulumi/cloudflare/workersCustomDomain.js';
import type { WorkersScriptArgs } from '@pulumi/cloudflare/workersScript.js';
import type { WorkersScriptSubdomainArgs } from '@pulumi/cloudflare/workersScriptSubdomain.js';
import type { WorkersScriptBinding } from '@pulumi/cloudflare/types/input.js';
import { compatibilityDate, workerBindings, type WorkerBindings } from '../bindings.ts';
import { hostsOf } from '../hosts.ts';
import { routesOf } from '../routes.ts';
import { placeOf, type CloudflareOptions } from './options.ts';

/** Returns the bindings of the Worker, with origin URLs by binding name. */
export function edgeBindings({ gateway, originOf }: CloudflareOptions): WorkerBindings {
  const { rateLimit, cors, trustedHeaders } = gateway;
  const hosts = hostsOf(gateway, []);
  const routes = routesOf(gateway, originOf, false);
  return workerBindings({ routes, rateLimit, cors, hosts, trustedHeaders }, 'cf-connecting-ip');
}

/** Returns the script of the Worker. `services` has the id of the VPC service behind each origin binding. */
export function scriptArgs(
  options: CloudflareOptions,
  bindings: WorkerBindings,
  services: Record<string, Text>,
): WithHoles<WorkersScriptArgs> {
  return {
    accountId: placeOf(options.gateway).account,
    scriptName: options.name,
    mainModule: 'worker.js',
    content: options.script,
    compatibilityDate,
    bindings: bindingArgs(options, bindings, services),
    // No invocation logs, which would store every URL with its query.
    observability: { enabled: true, logs: { enabled: true, invocationLogs: false } },
  };
}

/** Disables the Worker's address at workers.dev, where the rules of the zone do not apply. */
export function subdomainArgs({ name, gateway }: CloudflareOptions): WithHoles<WorkersScriptSubdomainArgs> {
  return {
    accountId: placeOf(gateway).account,
    scriptName: name,
    enabled: false,
    previewsEnabled: false,
  };
}

/** Returns a custom domain, for which Cloudflare also creates the DNS record and the certificate. */
export function domainArgs(
  { name, gateway }: CloudflareOptions,
  hostname: string,
): WithHoles<WorkersCustomDomainArgs> {
  const { account, zone } = placeOf(gateway);
  return { accountId: account, zoneId: zone, hostname, service: name };
}

function bindingArgs(
  { name, signingKey }: CloudflareOptions,
  { variables, limiters, cache }: WorkerBindings,
  services: Record<string, Text>,
): WithHoles<WorkersScriptBinding>[] {
  return [
    ...Object.entries(variables).map(([variable, value]) => ({
      name: variable,
      type: 'json',
      json: JSON.stringify(value),
    })),
    ...Object.entries(services).map(([origin, serviceId]) => ({
      name: origin,
      type: 'vpc_service',
      serviceId,
    })),
    ...Object.entries(limiters).map(([limiter, { requests, period }]) => ({
      name: limiter,
      type: 'ratelimit',
      namespaceId: namespaceOf(`${name}/${requests}/${period}`),
      simple: { limit: requests, period },
    })),
    ...(cache ? [{ name: 'CACHE', type: 'plain_text', text: 'default' }] : []),
    ...(signingKey === undefined ? [] : [{ name: 'SIGNING_KEY', type: 'secret_text', text: signingKey }]),
  ];
}

/**
 * Returns an integer that is unique to this gateway and limit: Workers of one account share counters by this number.
 */
function namespaceOf(text: string): string {
  return String(createHash('sha256').update(text).digest().readUInt32BE() || 1);
}
