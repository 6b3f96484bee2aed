import * as z from 'zod';
import type { ServiceGraph } from '../../../graph/types.ts';
import type { Check } from '../../shared/check.ts';
import { lastLine } from '../../shared/preflight.ts';
import { parseOutput, type Kubectl } from '../kubectl.ts';

const issuers = z.object({
  items: z.array(
    z.object({
      metadata: z.object({ name: z.string() }),
      status: z
        .object({
          conditions: z
            .array(z.object({ type: z.string(), status: z.string(), message: z.string().default('') }))
            .default([]),
        })
        .optional(),
    }),
  ),
});

const name = 'ClusterIssuer';

/**
 * Checks that the cluster has the ClusterIssuer that the Ingress of the gateway names. With an unknown one, cert-manager creates
 * no certificate, and only its log says why.
 */
export async function checkIssuer(kubectl: Kubectl, { gateway }: ServiceGraph): Promise<Check[]> {
  const issuer = gateway?.ingress?.issuer;
  if (issuer === undefined) return [];
  const { code, stdout, problem } = await kubectl('get', 'clusterissuers.cert-manager.io', '--output=json');
  // The check of the API groups reports that cert-manager is missing.
  if (code !== 0 && /doesn't have a resource type/.test(problem)) return [];
  // A user without the right to list issuers can still name one.
  if (code !== 0) return [{ name, found: `not checked: ${lastLine(problem)}` }];
  return [describeIssuer(parseOutput(stdout), issuer)];
}

/** @param answer the list of ClusterIssuers */
export function describeIssuer(answer: unknown, issuer: string): Check {
  const { items } = issuers.parse(answer);
  const own = items.find(({ metadata }) => metadata.name === issuer);
  if (own === undefined) {
    const all = items.map(({ metadata }) => metadata.name).join(', ') || 'none';
    const found = `the cluster has no ${issuer}, which \`gateway.ingress.issuer\` names; it has ${all}`;
    return { name, found, mend: 'kubectl get clusterissuers' };
  }
  // An issuer that cannot issue now does not affect a certificate that exists.
  const unready = own.status?.conditions.find(({ type, status }) => type === 'Ready' && status !== 'True');
  return {
    name,
    found: unready === undefined ? issuer : `${issuer}, which is not ready: ${unready.message}`,
  };
}
