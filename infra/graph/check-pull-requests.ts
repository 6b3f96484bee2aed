import type { Finding } from '../stack/finding.ts';
import { suggest } from '../stack/nearest.ts';
import { isCode, type Stack } from '../stack/schema.ts';

/** Checks what the environments of pull requests may take from this one. */
export function checkPullRequests({ pullRequests, policy, services, gateway }: Stack): Finding[] {
  if (pullRequests === undefined) return [];
  const path = ['pullRequests'];
  const findings: Finding[] = [];
  if (policy.stage === 'production') {
    const message =
      'must be left out in production: code of a pull request would get settings and secrets of production';
    findings.push({ path, message, ofKey: true });
  }
  const find = (at: Omit<Finding, 'message'>, name: string) => {
    const service = Object.hasOwn(services, name) ? services[name] : undefined;
    const message = `there is no service ${JSON.stringify(name)}; ${suggest(name, Object.keys(services))}`;
    if (service === undefined) findings.push({ ...at, message, cause: ['services', name] });
    return service;
  };
  for (const name of Object.keys(pullRequests.seed)) {
    const at = { path: [...path, 'seed', name], ofKey: true };
    const service = find(at, name);
    if (service === undefined || isCode(service)) continue;
    const message = `${JSON.stringify(name)} runs no commands; name a service that uses it`;
    findings.push({ ...at, message });
  }
  for (const [index, name] of pullRequests.share.entries()) {
    const at = { path: [...path, 'share', index] };
    const service = find(at, name);
    if (service === undefined) continue;
    const why = isCode(service)
      ? service.port === undefined && 'has no port, so no other service uses it'
      : 'holds data, and migrations of a pull request would change them; name a service that uses it';
    if (why) findings.push({ ...at, message: `${JSON.stringify(name)} ${why}` });
  }
  const serves = gateway?.domain !== undefined;
  if (serves && pullRequests.domain === undefined) {
    const message = `needs "domain": ${gateway.domain} is the address of this environment alone`;
    findings.push({ path, message, ofKey: true });
  }
  if (!serves && pullRequests.domain !== undefined) {
    const message = 'has no effect: the gateway of this environment has no domain';
    findings.push({ path: [...path, 'domain'], message, warning: true });
  }
  return findings;
}
