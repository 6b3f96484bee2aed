import { StatefulSet } from '@pulumi/kubernetes/apps/v1/statefulSet.js';
import { ConfigMap } from '@pulumi/kubernetes/core/v1/configMap.js';
import { PersistentVolumeClaim } from '@pulumi/kubernetes/core/v1/persistentVolumeClaim.js';
import { Secret } from '@pulumi/kubernetes/core/v1/secret.js';
import { Service } from '@pulumi/kubernetes/core/v1/service.js';
import { ServiceAccount } from '@pulumi/kubernetes/core/v1/serviceAccount.js';
import type { Input, Resource } from '@pulumi/pulumi';
import type { DataService } from '../../../data/index.ts';
import type { DataContainer } from '../../../containers/data-container.ts';
import { deployRollout } from '../rollout.ts';
import { dataOptions, metadata, type Scope } from '../scope.ts';
import { revisionOf, secretArgs } from '../secret.ts';
import { serviceAccountArgs } from '../service-account.ts';
import { serviceArgs } from '../service.ts';
import { volumeArgs } from '../volume.ts';
import { dataStatefulSetArgs, startTimeout } from './stateful-set.ts';

/**
 * A data server with its disk, its files and its address. A change of the files or of `key`, one of its passwords,
 * starts it anew.
 */
export function deployDataServer(
  scope: Scope,
  name: string,
  config: DataService,
  container: DataContainer,
  key: Input<string>,
  dependsOn: Resource[],
): Resource {
  const { scripts, secrets } = container;
  const hasScripts = Object.keys(scripts).length > 0;
  const files = [
    new Secret(name, secretArgs(scope, name, secrets)),
    ...(hasScripts ? [new ConfigMap(name, { metadata: metadata(scope, name), data: scripts })] : []),
  ];
  const revision = revisionOf(key, { ...scripts, ...secrets });
  const args = dataStatefulSetArgs(scope, name, config, container, revision);
  const set = new StatefulSet(name, args, {
    dependsOn: [
      ...dependsOn,
      ...files,
      new ServiceAccount(name, serviceAccountArgs(scope, name)),
      new PersistentVolumeClaim(name, volumeArgs(scope, name, config.storage.text), dataOptions),
      new Service(name, dataServiceArgs(scope, name, container.port)),
    ],
  });
  return deployRollout(scope, { kind: 'StatefulSet', service: name, args, timeout: startTimeout }, set);
}

/**
 * The one pod is at its address before it is ready. The nodes learn of a ready pod a moment later than Pulumi does, and a
 * `preDeploy` that asks within that moment would be refused.
 */
export function dataServiceArgs(scope: Scope, name: string, port: number) {
  const { metadata, spec } = serviceArgs(scope, name, port);
  return { metadata, spec: { ...spec, publishNotReadyAddresses: true } };
}
