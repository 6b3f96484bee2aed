import type { PlannedResource } from '../../../plan/planned.ts';
import type { ServerPlan } from '../../shared/data-server.ts';
import { planWatched } from '../rollout.ts';
import { dataOptions, metadata, type PlanScope, type Scope } from '../scope.ts';
import { revisionOf, secretArgs } from '../secret.ts';
import { serviceAccountArgs } from '../service-account.ts';
import { serviceArgs } from '../service.ts';
import { types } from '../types.ts';
import { volumeArgs } from '../volume.ts';
import { dataStatefulSetArgs, startTimeout } from './stateful-set.ts';

/**
 * Plans a data server with its disk, its files and its address. A change of the files, or of the administrator's password,
 * restarts it.
 */
export function planDataServer(
  scope: PlanScope,
  name: string,
  { config, container, secrets: ofServer, adminPassword, pooler }: ServerPlan,
  dependsOn: PlannedResource[],
): PlannedResource {
  const { resources } = scope;
  const scripts = { ...container.scripts, ...(pooler && { [pooler.config.name]: pooler.config.content }) };
  const secrets = { ...ofServer, ...(pooler && { [pooler.users.name]: pooler.users.content }) };
  const hasScripts = Object.keys(scripts).length > 0;
  const files = [
    resources.add(name, types.secret, name, secretArgs(scope, name, secrets)),
    ...(hasScripts
      ? [resources.add(name, types.configMap, name, { metadata: metadata(scope, name), data: scripts })]
      : []),
  ];
  const revision = revisionOf(adminPassword, { ...scripts, ...secrets });
  const args = dataStatefulSetArgs(scope, name, config, container, revision, pooler);
  const set = resources.prepare(name, types.statefulSet, name, args);
  return planWatched(scope, { kind: 'StatefulSet', service: name, workload: set, timeout: startTimeout }, [
    ...dependsOn,
    ...files,
    resources.add(name, types.serviceAccount, name, serviceAccountArgs(scope, name, config)),
    resources.add(name, types.claim, name, volumeArgs(scope, name, config, config.storage.text), dataOptions),
    resources.add(name, types.service, name, dataServiceArgs(scope, name, container.port, pooler)),
  ]);
}

/**
 * The one pod is at its address before it is ready. The nodes learn of a ready pod a moment later than Pulumi does, and a
 * `preDeploy` that asks within that moment would be refused.
 */
function dataServiceArgs(scope: Scope, name: string, port: number, pooler: ServerPlan['pooler']) {
  const named = pooler === undefined ? [] : [{ name: 'pooler', port: pooler.port }];
  const { metadata, spec } = serviceArgs(scope, name, port, named);
  return { metadata, spec: { ...spec, publishNotReadyAddresses: true } };
}
