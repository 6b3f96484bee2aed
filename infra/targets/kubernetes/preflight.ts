import * as z from 'zod';
import type { ServiceGraph } from '../../graph/types.ts';
import { checkDisk, lastLine } from '../shared/preflight.ts';
import { checkPinnedImages } from '../shared/pinned-images.ts';
import type { Check } from '../shared/check.ts';
import type { PreflightContext } from '../shared/target.ts';
import { checkArgo } from './canary/preflight.ts';
import { checkIssuer } from './gateway/issuer.ts';
import { clusterFlags, kubectlOf, parseOutput, type Kubectl } from './kubectl.ts';
import { isIssued, neededKinds, readsUsage, type Kind } from './needs.ts';
import { checkRights } from './rights.ts';
import { namespaceName } from './scope.ts';
import { checkStorage } from './storage.ts';

const version = z.object({ serverVersion: z.object({ gitVersion: z.string() }).optional() });
const groups = z.object({ groups: z.array(z.object({ name: z.string() })) });

/** The add-ons of a cluster that serve further API groups, with the commands that install them. */
const addOns = [
  {
    group: 'keda.sh',
    name: 'KEDA',
    mend: 'helm upgrade --install keda keda --repo https://kedacore.github.io/charts -n keda --create-namespace',
  },
  {
    group: 'monitoring.coreos.com',
    name: 'Prometheus',
    mend: 'helm upgrade --install monitoring kube-prometheus-stack --repo https://prometheus-community.github.io/helm-charts -n monitoring --create-namespace',
  },
  {
    group: 'gateway.networking.k8s.io',
    name: 'Gateway API',
    mend: 'kubectl apply --server-side -f https://github.com/kubernetes-sigs/gateway-api/releases/latest/download/standard-install.yaml',
  },
];

const certManager = {
  group: 'cert-manager.io',
  name: 'cert-manager',
  mend: 'helm upgrade --install cert-manager oci://quay.io/jetstack/charts/cert-manager -n cert-manager --create-namespace --set crds.enabled=true',
};

const metricsServer = {
  group: 'metrics.k8s.io',
  name: 'metrics-server',
  mend: 'kubectl apply -f https://github.com/kubernetes-sigs/metrics-server/releases/latest/download/components.yaml',
};

/**
 * Checks with kubectl that the cluster answers and has everything that the stack needs, all at the same time. Rollouts
 * are watched with kubectl too.
 */
export async function preflightKubernetes(
  graph: ServiceGraph,
  { root, environment }: PreflightContext,
): Promise<Check[]> {
  const kubectl = kubectlOf(root, environment);
  const { code, stdout, problem } = await kubectl('version', '--output=json');
  const name = 'Cluster';
  if (code === null && /ENOENT/.test(problem)) {
    return [{ name, found: 'the `kubectl` command is not on the PATH', mend: 'kubectl version --client' }];
  }
  const { serverVersion } = version.catch({}).parse(parseOutput(stdout));
  if (code !== 0 || serverVersion === undefined) {
    const flags = clusterFlags(root, environment);
    const ask = ['kubectl', 'cluster-info', ...flags].join(' ');
    return [
      {
        name,
        found: `${lastLine(problem)} Set KUBECONFIG or choose a context, then try again.`,
        mend: ask,
      },
    ];
  }
  const kinds = neededKinds(graph);
  const checks = await Promise.all([
    checkAddOns(kubectl, kinds, graph),
    checkArgo(kubectl, kinds),
    checkStorage(kubectl, graph),
    checkIssuer(kubectl, graph),
    checkRights(kubectl, namespaceName(graph), kinds),
    checkDisk(root),
    checkPinnedImages({ root, environment }, false),
  ]);
  return [{ name, found: `Kubernetes ${serverVersion.gitVersion}` }, ...checks.flat()];
}

async function checkAddOns(kubectl: Kubectl, kinds: Kind[], graph: ServiceGraph): Promise<Check[]> {
  const { code, stdout, problem } = await kubectl('get', '--raw', '/apis');
  if (code !== 0) return [{ name: 'APIs', found: `not checked: ${lastLine(problem)}` }];
  return describeAddOns(parseOutput(stdout), kinds, readsUsage(graph), isIssued(graph));
}

/**
 * Checks that the cluster serves the needed API groups.
 *
 * @param answer the API server's list below `/apis`
 * @param usage true if a service scales by CPU or memory
 * @param issued true if cert-manager issues the certificate of the gateway
 */
export function describeAddOns(answer: unknown, kinds: Kind[], usage: boolean, issued = false): Check[] {
  const known = groups.parse(answer).groups.map(({ name }) => name);
  const wanted = addOns.filter(({ group }) => kinds.some((kind) => kind.group === group));
  const further = [...(usage ? [metricsServer] : []), ...(issued ? [certManager] : [])];
  return [...wanted, ...further].map(({ group, name, mend }) =>
    known.includes(group)
      ? { name, found: `serves ${group}` }
      : { name, found: `the cluster does not serve ${group}, which this stack needs`, mend },
  );
}
