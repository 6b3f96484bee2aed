import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { argoGroup } from '../../infra/targets/kubernetes/argo.ts';
import { checkArgo } from '../../infra/targets/kubernetes/canary/preflight.ts';
import { kubectl, tryKubectl } from './cluster.ts';
import { addDefinitions } from './custom-resources.ts';
import { applyObject } from './inside.ts';
import { patience } from './system.ts';

/** Folder with the program `rollouts-controller` and Argo's definitions, `crds/*.yaml`, for a cluster that does not have them. */
const folder = process.env.RAILHEAD_ARGO_ROLLOUTS;

/** Returns the reason why a test that needs Argo Rollouts cannot run. */
export async function lacksArgo(): Promise<string | undefined> {
  if (folder !== undefined) {
    const program = join(folder, 'rollouts-controller');
    return existsSync(program) ? undefined : `RAILHEAD_ARGO_ROLLOUTS has no ${program}`;
  }
  const kinds = ['rollouts', 'analysistemplates'].map((resource) => ({ group: argoGroup, resource }));
  const [check] = await checkArgo(tryKubectl, kinds);
  if (check?.mend === undefined) return undefined;
  return `Argo Rollouts, ${check.found}: install it, or set RAILHEAD_ARGO_ROLLOUTS`;
}

/**
 * Installs the definitions and starts the controller, unless the cluster has its own. Returns what stops the controller and
 * deletes the definitions that the cluster did not have.
 */
export async function startArgo(namespace: string): Promise<() => Promise<void>> {
  if (folder === undefined) return () => Promise.resolve();
  const removeDefinitions = await addDefinitions(join(folder, 'crds/*.yaml'));
  const where = ['--kubeconfig', process.env.KUBECONFIG ?? '', '--namespace', namespace, '--namespaced'];
  const own = ['--metricsPort=0', '--healthzPort=0', '--leader-elect=false'];
  const controller = spawn(join(folder, 'rollouts-controller'), [...where, ...own], { stdio: 'ignore' });
  await once(controller, 'spawn');
  const ended = once(controller, 'exit');
  return async () => {
    controller.kill();
    await ended;
    await removeDefinitions();
  };
}

/**
 * Makes the controller of `startArgo` known to the checks of `up`, which look for its Deployment: it runs on this machine. Returns what
 * deletes the Deployment.
 */
export async function announceArgo(namespace: string, image: string): Promise<() => Promise<void>> {
  if (folder === undefined) return () => Promise.resolve();
  const name = `argo-rollouts-${namespace}`;
  const labels = { 'app.kubernetes.io/name': 'argo-rollouts', 'app.kubernetes.io/instance': name };
  const containers = [{ name: 'outside', image, command: ['node', '-e', 'setInterval(() => {}, 1000)'] }];
  await applyObject({
    ...{ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name, namespace: 'default', labels } },
    spec: {
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers, terminationGracePeriodSeconds: 0 } },
    },
  });
  await kubectl('rollout', 'status', `deployment/${name}`, '--namespace=default', `--timeout=${patience}s`);
  return async () => void (await kubectl('delete', 'deployment', name, '--namespace=default'));
}
