import { Deployment } from '@pulumi/kubernetes/apps/v1/deployment.js';
import { StatefulSet } from '@pulumi/kubernetes/apps/v1/statefulSet.js';
import { CustomResource } from '@pulumi/kubernetes/apiextensions/customResource.js';
import { HorizontalPodAutoscaler } from '@pulumi/kubernetes/autoscaling/v2/horizontalPodAutoscaler.js';
import { CronJob } from '@pulumi/kubernetes/batch/v1/cronJob.js';
import { Job } from '@pulumi/kubernetes/batch/v1/job.js';
import { ConfigMap } from '@pulumi/kubernetes/core/v1/configMap.js';
import { PersistentVolumeClaim } from '@pulumi/kubernetes/core/v1/persistentVolumeClaim.js';
import { Secret } from '@pulumi/kubernetes/core/v1/secret.js';
import { Service } from '@pulumi/kubernetes/core/v1/service.js';
import { ServiceAccount } from '@pulumi/kubernetes/core/v1/serviceAccount.js';
import { PodDisruptionBudget } from '@pulumi/kubernetes/policy/v1/podDisruptionBudget.js';
import type { Input, Resource } from '@pulumi/pulumi';
import type { CodeNode, ServiceGraph } from '../../graph/types.ts';
import { fillVariables, type Lookup } from '../../graph/values.ts';
import type { CodeService } from '../../stack/schema.ts';
import { standingEnvironment } from '../../containers/environment.ts';
import { cronJobArgs } from './cron-job.ts';
import { deploymentArgs } from './deployment.ts';
import { disruptionBudgetArgs } from './disruption.ts';
import { partVariables } from './environment.ts';
import { literals } from './literal.ts';
import type { ServiceImage } from './images.ts';
import { scaledObjectArgs } from './keda.ts';
import { preDeployArgs, preDeployTimeout } from './pre-deploy.ts';
import { deployRollout } from './rollout.ts';
import { autoscalerArgs, scalerOf } from './scaling.ts';
import { dataOptions, metadata, type Scope } from './scope.ts';
import { revisionOf, secretArgs } from './secret.ts';
import { serviceAccountArgs } from './service-account.ts';
import { serviceArgs } from './service.ts';
import { progressDeadline, type Program } from './serving.ts';
import { statefulSetArgs } from './stateful-set.ts';
import { volumeArgs } from './volume.ts';

/** What every object of the environment is made from. */
export interface DeployContext {
  scope: Scope;
  graph: ServiceGraph;
  lookup: Lookup;
  /** See `revisionOf`. */
  revisionKey: Input<string>;
}

/** Creates a code service with its secondary resources. Returns the resource that exists once the service runs. */
export function deployWorkload(
  context: DeployContext,
  service: CodeNode,
  image: ServiceImage,
  dependsOn: Resource[],
): Resource {
  const { scope } = context;
  const { name, config } = service;
  const program = deployEnvironment(context, service, image);
  const account = new ServiceAccount(name, serviceAccountArgs(scope, name));
  const ready = [...dependsOn, account];
  const before = [...ready, ...deployPreDeploy(context, service, image, ready)];
  const { cron } = config;
  if (cron !== undefined) {
    return new CronJob(name, cronJobArgs(scope, name, { ...config, cron }, program), { dependsOn: before });
  }
  return deployServing(context, name, config, program, before);
}

function deployEnvironment(
  { scope, graph, lookup, revisionKey }: DeployContext,
  { name, variables }: CodeNode,
  { reference }: ServiceImage,
): Program {
  const { plain, secret } = partVariables(graph, variables);
  const environment = {
    plain: fillVariables(literals(plain), lookup),
    secret: fillVariables(secret, lookup),
  };
  if (Object.keys(environment.secret).length === 0) return { image: reference, environment };
  const { metadata: made } = new Secret(name, secretArgs(scope, name, environment.secret));
  const revision = revisionOf(revisionKey, environment.secret);
  return { image: reference, environment, secret: { name: made.name, revision } };
}

function deployPreDeploy(
  { scope, graph, lookup }: DeployContext,
  { name, config, variables, preDeployVariables }: CodeNode,
  image: ServiceImage,
  dependsOn: Resource[],
): Resource[] {
  if (config.preDeploy === undefined) return [];
  const { plain, secret } = partVariables(graph, { ...variables, ...preDeployVariables });
  const place = metadata(scope, name, 'predeploy', `${name}-predeploy`);
  const data = { ...standingEnvironment, ...fillVariables(plain, lookup) };
  const stringData = fillVariables(secret, lookup);
  const variablesOf = {
    configMap: new ConfigMap(place.name, { metadata: place, data }).metadata.name,
    secret: new Secret(place.name, { metadata: place, type: 'Opaque', stringData }).metadata.name,
  };
  const program = { command: config.preDeploy.command, image, variables: variablesOf };
  const args = preDeployArgs(scope, name, config, program);
  // The old Job goes first: after a rollout that failed it would stand in the way of the way back, which has its name.
  const job = new Job(name, args, { dependsOn, deleteBeforeReplace: true });
  return [deployRollout(scope, { kind: 'Job', service: name, args, timeout: preDeployTimeout + 60 }, job)];
}

function deployServing(
  context: DeployContext,
  name: string,
  config: CodeService,
  program: Program,
  before: Resource[],
): Resource {
  const { scope } = context;
  const { port } = config;
  const dependsOn = [...before];
  if (port !== undefined) dependsOn.push(new Service(name, serviceArgs(scope, name, port)));
  const timeout = progressDeadline(config);
  if (config.volume !== undefined) {
    const { size } = config.volume;
    dependsOn.push(new PersistentVolumeClaim(name, volumeArgs(scope, name, size.text), dataOptions));
    const args = statefulSetArgs(scope, name, config, program);
    const set = new StatefulSet(name, args, { dependsOn });
    return deployRollout(scope, { kind: 'StatefulSet', service: name, args, timeout }, set);
  }
  if (config.replicas.min >= 2) new PodDisruptionBudget(name, disruptionBudgetArgs(scope, name));
  const args = deploymentArgs(scope, name, config, program);
  const deployment = new Deployment(name, args, { dependsOn });
  deployScaler(context, name, config, deployment);
  return deployRollout(scope, { kind: 'Deployment', service: name, args, timeout }, deployment);
}

function deployScaler(
  { scope, graph }: DeployContext,
  name: string,
  { replicas }: CodeService,
  deployment: Resource,
): void {
  const options = { dependsOn: [deployment] };
  switch (scalerOf(replicas)) {
    case 'hpa':
      new HorizontalPodAutoscaler(name, autoscalerArgs(scope, name, replicas), options);
      break;
    case 'keda':
      new CustomResource(name, scaledObjectArgs(scope, graph, name, replicas), options);
      break;
    case 'none':
  }
}
