import * as z from 'zod';
import type { Check } from '../../shared/check.ts';
import { lastLine } from '../../shared/preflight.ts';
import { argoGroup } from '../argo.ts';
import type { Kubectl } from '../kubectl.ts';
import type { Kind } from '../needs.ts';

const resources = z.object({ resources: z.array(z.object({ name: z.string() })) });
const deployments = z.object({
  items: z.array(z.object({ status: z.object({ readyReplicas: z.number().default(0) }) })),
});

/** The label of the controller in its own manifests and in its Helm chart. */
const controller = 'app.kubernetes.io/name=argo-rollouts';

const name = 'Argo Rollouts';
const mend =
  'helm upgrade --install argo-rollouts argo-rollouts --repo https://argoproj.github.io/argo-helm -n argo-rollouts --create-namespace';

/** Checks that the cluster has Argo Rollouts, if a service of the stack has a canary. */
export async function checkArgo(kubectl: Kubectl, kinds: Kind[]): Promise<Check[]> {
  const wanted = kinds.filter(({ group }) => group === argoGroup).map(({ resource }) => resource);
  if (wanted.length === 0) return [];
  const served = await kubectl('get', '--raw', `/apis/${argoGroup}/v1alpha1`);
  const flags = ['--all-namespaces', `--selector=${controller}`, '--output=json'];
  const running = await kubectl('get', 'deployments', ...flags);
  return [
    describeArgo(
      wanted,
      served.code === 0 ? served.stdout : undefined,
      running.code === 0 ? { list: running.stdout } : { problem: lastLine(running.problem) },
    ),
  ];
}

/**
 * Checks the answers of the API server.
 *
 * @param served the kinds of Argo's API group; undefined if it is not served
 * @param running the Deployments of the controller, or why they cannot be listed
 */
export function describeArgo(
  wanted: string[],
  served: string | undefined,
  running: { list: string } | { problem: string },
): Check {
  // Other programs of Argo serve the same group without these kinds.
  const known =
    served === undefined ? [] : resources.parse(JSON.parse(served)).resources.map(({ name }) => name);
  const missing = wanted.filter((resource) => !known.includes(resource));
  if (missing.length > 0) {
    const list = missing.map((resource) => `${resource}.${argoGroup}`).join(' and ');
    return { name, found: `the cluster does not serve ${list}, which a canary needs`, mend };
  }
  if ('problem' in running) return { name, found: `its controller was not checked: ${running.problem}` };
  const { items } = deployments.parse(JSON.parse(running.list));
  if (items.length === 0) {
    return { name, found: `no controller runs: no Deployment has the label ${controller}`, mend };
  }
  if (items.every(({ status }) => status.readyReplicas === 0)) {
    const look = `kubectl get pods --all-namespaces --selector=${controller}`;
    return { name, found: 'no pod of its controller is ready', mend: look };
  }
  return { name, found: 'its controller runs' };
}
