import { kindOf } from '../../data/index.ts';
import type { GraphService, ServiceGraph } from '../../graph/types.ts';
import { hasOwnVolume } from '../../stack/volumes.ts';
import { runsOnce } from '../../stack/schema.ts';
import { argoGroup } from './argo.ts';
import { holdsSecret, partVariables } from './environment.ts';
import { triedOut } from './canary/tried-out.ts';
import { credentialsOf } from './pull-secrets.ts';
import { scalerOf } from './scaling.ts';

/** A kind of Kubernetes object, by its API group and resource name. */
export interface Kind {
  /** Empty for the core group. */
  group: string;
  /** Plural, in lower case. */
  resource: string;
}

const core = (resource: string): Kind => ({ group: '', resource });
const apps = (resource: string): Kind => ({ group: 'apps', resource });
const batch = (resource: string): Kind => ({ group: 'batch', resource });

/** Returns every kind of object that the stack creates in its cluster, without duplicates. */
export function neededKinds(graph: ServiceGraph): Kind[] {
  const kinds = [
    ...[
      core('namespaces'),
      core('serviceaccounts'),
      { group: 'networking.k8s.io', resource: 'networkpolicies' },
    ],
    ...(Object.keys(graph.volumes).length > 0 ? [core('persistentvolumeclaims')] : []),
    ...(credentialsOf(graph.imagePullSecrets).length > 0 ? [core('secrets')] : []),
    ...graph.services.flatMap((service) => kindsOf(graph, service)),
    ...(graph.gateway === undefined ? [] : [apps('deployments'), core('secrets'), budget]),
    ...(graph.gateway?.provider === 'workerd' ? [core('services')] : []),
    ...(graph.gateway?.ingress === undefined ? [] : [{ group: 'networking.k8s.io', resource: 'ingresses' }]),
    ...(graph.gateway?.httpRoute === undefined
      ? []
      : [{ group: 'gateway.networking.k8s.io', resource: 'httproutes' }]),
    ...(graph.observability ? [core('configmaps'), monitoring('prometheusrules')] : []),
    ...(graph.observability && hasMetrics(graph) ? [monitoring('podmonitors')] : []),
  ];
  return [...new Map(kinds.map((kind) => [`${kind.resource}.${kind.group}`, kind])).values()];
}

/** Returns true if cert-manager issues the certificate of the gateway. */
export function isIssued({ gateway }: ServiceGraph): boolean {
  return gateway?.ingress?.issuer !== undefined;
}

/** Returns true if a scaler, including KEDA, reads the CPU or memory usage of pods from the cluster. */
export function readsUsage({ services }: ServiceGraph): boolean {
  return services.some(
    ({ form, config }) =>
      form === 'code' && (config.replicas.cpu !== undefined || config.replicas.memory !== undefined),
  );
}

const budget: Kind = { group: 'policy', resource: 'poddisruptionbudgets' };
const argo = (resource: string): Kind => ({ group: argoGroup, resource });
const monitoring = (resource: string): Kind => ({ group: 'monitoring.coreos.com', resource });

function kindsOf(graph: ServiceGraph, service: GraphService): Kind[] {
  if (service.form === 'external') return [];
  if (service.form === 'data') {
    const { container, backup } = kindOf(service.config);
    const hasScripts = Object.keys(container(service.config, '').scripts).length > 0;
    const server = [apps('statefulsets'), core('services'), core('secrets'), core('persistentvolumeclaims')];
    return [
      ...server,
      ...(hasScripts || backup !== undefined ? [core('configmaps')] : []),
      ...(backup === undefined ? [] : [batch('cronjobs')]),
    ];
  }
  const { cron, preDeploy, port, replicas } = service.config;
  const hasVolume = hasOwnVolume(service.config);
  const { secret } = partVariables(graph, service.variables);
  const hasSecretFile = service.files.some(({ content }) => holdsSecret(content, graph));
  const hasPlainFile = service.files.some(({ content }) => !holdsSecret(content, graph));
  const workloads =
    triedOut(service.config) === undefined
      ? [apps('deployments')]
      : [argo('rollouts'), argo('analysistemplates')];
  const scaler = {
    none: [],
    hpa: [{ group: 'autoscaling', resource: 'horizontalpodautoscalers' }],
    keda: [{ group: 'keda.sh', resource: 'scaledobjects' }],
  }[scalerOf(replicas)];
  const job = [batch('jobs'), core('configmaps'), core('secrets')];
  if (runsOnce(service.config)) return job;
  const serving = [
    ...(hasVolume ? [apps('statefulsets'), core('persistentvolumeclaims')] : [...workloads, ...scaler]),
    ...(port === undefined ? [] : [core('services')]),
    ...(!hasVolume && replicas.min >= 2 ? [budget] : []),
  ];
  return [
    ...(Object.keys(secret).length > 0 || hasSecretFile ? [core('secrets')] : []),
    ...(hasPlainFile ? [core('configmaps')] : []),
    ...(preDeploy === undefined ? [] : job),
    ...(cron === undefined ? serving : [batch('cronjobs')]),
  ];
}

function hasMetrics({ services }: ServiceGraph): boolean {
  return services.some(
    ({ form, config }) => form === 'code' && config.metrics !== undefined && config.cron === undefined,
  );
}
