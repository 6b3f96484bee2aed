import { outputOf, type Text } from '../../plan/hole.ts';
import type { PlannedResource } from '../../plan/planned.ts';
import { types } from './types.ts';
import type { CodeNode, ServiceGraph } from '../../graph/types.ts';
import { fillVariables, type Lookup } from '../../plan/template.ts';
import { namedPorts, publishedPorts } from '../../stack/ports.ts';
import { hasOwnVolume, ownVolumes } from '../../stack/volumes.ts';
import { runsOnce, type CodeService } from '../../stack/schema.ts';
import { standingEnvironment } from '../../containers/environment.ts';
import { judgeMargin } from './canary/analysis.ts';
import { planTriedOut } from './canary/plan.ts';
import { triedOut } from './canary/tried-out.ts';
import { cronJobArgs } from './cron-job.ts';
import { deploymentArgs } from './deployment.ts';
import { disruptionBudgetArgs } from './disruption.ts';
import { partVariables } from './environment.ts';
import { contentsOf, fillFiles, planFiles, type PodFiles } from './files.ts';
import { literals } from './literal.ts';
import type { ServiceImage } from './images.ts';
import { scaledObjectArgs } from './keda.ts';
import { onceArgs, preDeployArgs, preDeployTimeout, type PreDeployProgram } from './pre-deploy.ts';
import { planRollout, planWatched, type Watched } from './rollout.ts';
import { autoscalerArgs, scalerOf } from './scaling.ts';
import { dataOptions, metadata, type PlanScope } from './scope.ts';
import { revisionOf, secretArgs } from './secret.ts';
import { serviceAccountArgs } from './service-account.ts';
import { publishedServiceArgs, serviceArgs } from './service.ts';
import { progressDeadline, type Program } from './serving.ts';
import { statefulSetArgs } from './stateful-set.ts';
import { volumeArgs } from './volume.ts';

/** What every object of the environment is made from. */
export interface WorkloadContext {
  scope: PlanScope;
  graph: ServiceGraph;
  lookup: Lookup;
  /** See `revisionOf`. */
  revisionKey: Text;
  /** The image with the programs that measure a canary. Absent if no service has one. */
  meter: Text | undefined;
}

/** Plans a code service with its secondary resources. Returns the resource that exists once the service runs. */
export function planWorkload(
  context: WorkloadContext,
  service: CodeNode,
  image: ServiceImage,
  dependsOn: PlannedResource[],
): PlannedResource {
  const { scope } = context;
  const { name, config } = service;
  const account = scope.resources.add(
    name,
    types.serviceAccount,
    name,
    serviceAccountArgs(scope, name, config),
  );
  const ready = [...dependsOn, account];
  if (runsOnce(config)) return planOnce(context, service, image, ready);
  const program = planEnvironment(context, service, image);
  const before = [...ready, ...planPreDeploy(context, service, image, program.files, ready)];
  const { cron } = config;
  if (cron !== undefined) {
    const args = cronJobArgs(scope, name, { ...config, cron }, program);
    return scope.resources.add(name, types.cronJob, name, args, { dependsOn: before });
  }
  return planServing(context, name, config, program, before);
}

function planEnvironment(
  { scope, graph, lookup, revisionKey }: WorkloadContext,
  { name, variables, files: mounted }: CodeNode,
  { reference }: ServiceImage,
): Program {
  const { plain, secret } = partVariables(graph, variables);
  const environment = {
    plain: fillVariables(literals(plain), lookup),
    secret: fillVariables(secret, lookup),
  };
  const files = fillFiles(graph, mounted, lookup);
  const values = { ...environment.secret, ...contentsOf(files.secret) };
  const secretName = planSecret(scope, name, values);
  return {
    image: reference,
    environment,
    ...(secretName !== undefined && {
      secret: { name: secretName, revision: revisionOf(revisionKey, values) },
    }),
    files: planFiles(scope, name, files, secretName),
  };
}

/** Plans the Secret of a service and returns its name; undefined if the service has no secret value. */
function planSecret(scope: PlanScope, service: string, values: Record<string, Text>): Text | undefined {
  if (Object.keys(values).length === 0) return undefined;
  const made = scope.resources.add(service, types.secret, service, secretArgs(scope, service, values));
  return outputOf(made, 'metadata.name');
}

function planPreDeploy(
  context: WorkloadContext,
  service: CodeNode,
  image: ServiceImage,
  files: PodFiles | undefined,
  dependsOn: PlannedResource[],
): PlannedResource[] {
  const { name, config, variables, preDeployVariables } = service;
  const { preDeploy } = config;
  if (preDeploy === undefined) return [];
  const all = { ...variables, ...preDeployVariables };
  const { command } = preDeploy;
  return [
    planJob(context, service, 'predeploy', all, dependsOn, (variables) =>
      preDeployArgs(context.scope, name, config, { command, image, variables, files }),
    ),
  ];
}

function planOnce(
  context: WorkloadContext,
  service: CodeNode,
  image: ServiceImage,
  dependsOn: PlannedResource[],
): PlannedResource {
  const { scope, graph, lookup } = context;
  const { name, config, variables } = service;
  const mounted = fillFiles(graph, service.files, lookup);
  const files = planFiles(scope, name, mounted, planSecret(scope, name, contentsOf(mounted.secret)));
  return planJob(context, service, 'once', variables, dependsOn, (variables) =>
    onceArgs(scope, name, config, { image, variables, files }),
  );
}

/** Plans a Job and what holds its variables. Returns the resource that waits for its end. */
function planJob(
  { scope, graph, lookup }: WorkloadContext,
  { name, config }: CodeNode,
  component: 'predeploy' | 'once',
  variables: CodeNode['variables'],
  dependsOn: PlannedResource[],
  argsOf: (variables: PreDeployProgram['variables']) => ReturnType<typeof onceArgs>,
): PlannedResource {
  const { plain, secret } = partVariables(graph, variables);
  const { resources } = scope;
  const nameOf = (resource: PlannedResource) => outputOf(resource, 'metadata.name');
  const place = metadata(scope, name, component, `${name}-${component}`);
  const data = { ...standingEnvironment(config), ...fillVariables(plain, lookup) };
  const stringData = fillVariables(secret, lookup);
  const variablesOf = {
    configMap: nameOf(resources.add(name, types.configMap, place.name, { metadata: place, data })),
    secret: nameOf(
      resources.add(name, types.secret, place.name, { metadata: place, type: 'Opaque', stringData }),
    ),
  };
  const args = argsOf(variablesOf);
  // The old Job goes first: after a rollout that failed it would stand in the way of the way back, which has its name.
  const job = resources.add(name, types.job, name, args, { dependsOn, deleteBeforeReplace: true });
  const timeout = preDeployTimeout + 60;
  const isService = component === 'once';
  return planRollout(scope, { kind: 'Job', service: name, workload: job, timeout, isService });
}

function planServing(
  context: WorkloadContext,
  name: string,
  config: CodeService,
  program: Program,
  before: PlannedResource[],
): PlannedResource {
  const { scope } = context;
  const { resources } = scope;
  const { port } = config;
  const tried = triedOut(config);
  const dependsOn = [...before];
  if (port !== undefined) {
    // The port with this name is that of the meter, but in the pods of an earlier Deployment that of the service.
    const main = tried === undefined ? port : 'main';
    const args = serviceArgs(scope, name, port, namedPorts(config), main);
    dependsOn.push(resources.add(name, types.service, name, args));
    const published = publishedPorts(config);
    if (published.length > 0) {
      const args = publishedServiceArgs(scope, name, published, main);
      resources.add(name, types.service, args.metadata.name, args);
    }
  }
  const timeout = progressDeadline(config);
  if (hasOwnVolume(config)) {
    for (const { id, size } of ownVolumes(name, config)) {
      const claim = volumeArgs(scope, name, config, size.text, { name: id });
      dependsOn.push(resources.add(name, types.claim, id, claim, dataOptions));
    }
    const args = statefulSetArgs(scope, name, config, program);
    const set = resources.prepare(name, types.statefulSet, name, args);
    return planWatched(scope, { kind: 'StatefulSet', service: name, workload: set, timeout }, dependsOn);
  }
  if (config.replicas.min >= 2) {
    resources.add(name, types.disruptionBudget, name, disruptionBudgetArgs(scope, name));
  }
  if (tried !== undefined) {
    const { meter } = context;
    if (meter === undefined) throw new Error('the release has no image that measures a canary');
    const { workload, before } = planTriedOut(scope, name, config, { ...program, meter }, tried);
    const longest = timeout + tried.canary.analysis.for + judgeMargin;
    const watched: Watched = { kind: 'Rollout', service: name, workload, timeout: longest };
    const rollout = planWatched(scope, watched, [...dependsOn, ...before]);
    planScaler(context, name, config, workload);
    return rollout;
  }
  const args = deploymentArgs(scope, name, config, program);
  const deployment = resources.prepare(name, types.deployment, name, args);
  const watched: Watched = { kind: 'Deployment', service: name, workload: deployment, timeout };
  const rollout = planWatched(scope, watched, dependsOn);
  planScaler(context, name, config, deployment);
  return rollout;
}

function planScaler(
  { scope, graph }: WorkloadContext,
  name: string,
  config: CodeService,
  workload: PlannedResource,
): void {
  const options = { dependsOn: [workload] };
  switch (scalerOf(config.replicas)) {
    case 'hpa':
      scope.resources.add(name, types.autoscaler, name, autoscalerArgs(scope, name, config), options);
      break;
    case 'keda':
      scope.resources.add(
        name,
        types.scaledObject,
        name,
        scaledObjectArgs(scope, graph, name, config),
        options,
      );
      break;
    case 'none':
  }
}
