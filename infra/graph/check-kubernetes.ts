import type { Finding } from '../stack/finding.ts';
import { isCode, type Stack } from '../stack/schema.ts';

/** Reports settings of objects that no cluster creates: those of an external data server. */
export function checkKubernetes({ services }: Stack): Finding[] {
  return Object.entries(services).flatMap(([name, service]) => {
    if (isCode(service) || service.external === undefined || service.kubernetes === undefined) return [];
    const message = 'must be left out with "external": a cluster creates nothing for that server';
    return [{ path: ['services', name, 'kubernetes'], message }];
  });
}
