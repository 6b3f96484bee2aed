import type { ServiceGraph } from '../../graph/types.ts';
import type { CodeService, Replicas } from '../../stack/schema.ts';
import { listeningPort } from '../../containers/environment.ts';
import { urlOf } from '../shared/service-values.ts';
import { triedOut } from './canary/tried-out.ts';
import { behavior, scaledKind } from './scaling.ts';
import { hostOf, metadata, type Scope } from './scope.ts';

/** Seconds between two reads of the queue's length. */
const pollingInterval = 10;

/**
 * Seconds without a job after which the last pod is stopped, if the minimum is 0. A job between two attempts does not
 * count in the length, so this is longer than the longest pause between attempts of Rota's jobs (64 s).
 */
const cooldownPeriod = 120;

/**
 * Returns the ScaledObject that scales a service by the length of a queue, and by CPU and memory. One object has all
 * triggers, because two scalers of one Deployment would work against each other. While the length cannot be read,
 * running pods stay.
 */
export function scaledObjectArgs(
  scope: Scope,
  graph: ServiceGraph,
  service: string,
  config: Pick<CodeService, 'replicas' | 'rollout' | 'port'>,
) {
  const { min, max, cpu, memory, queue } = config.replicas;
  const container = triedOut(config) && service;
  return {
    apiVersion: 'keda.sh/v1alpha1',
    kind: 'ScaledObject',
    metadata: metadata(scope, service),
    spec: {
      scaleTargetRef: { ...scaledKind(config), name: service },
      pollingInterval,
      cooldownPeriod,
      minReplicaCount: min,
      maxReplicaCount: max,
      fallback: { failureThreshold: 3, replicas: Math.max(min, 1), behavior: 'currentReplicasIfHigher' },
      advanced: { horizontalPodAutoscalerConfig: { behavior } },
      triggers: [
        ...(queue === undefined ? [] : [queueTrigger(graph, queue)]),
        ...usageTrigger('cpu', cpu, container),
        ...usageTrigger('memory', memory, container),
      ],
    },
  };
}

/** Reads the length from the metrics of a service that also runs while no worker runs. */
function queueTrigger(graph: ServiceGraph, { name, size, from }: NonNullable<Replicas['queue']>) {
  return {
    type: 'metrics-api',
    metadata: {
      url: metricsUrl(graph, from),
      format: 'prometheus',
      valueLocation: `queue_length{queue=${JSON.stringify(name)}}`,
      targetValue: String(size),
    },
  };
}

function metricsUrl(graph: ServiceGraph, name: string): string {
  const service = graph.services.find((one) => one.name === name);
  const { metrics } = service?.form === 'code' ? service.config : {};
  const port = service && listeningPort(service.config);
  if (port === undefined || metrics === undefined) throw new Error(`${name} has no metrics`);
  return `${urlOf({ host: hostOf(graph, name), port })}${metrics}`;
}

/** `containerName`: the only container whose usage counts; without one, that of all containers of a pod. */
function usageTrigger(
  type: 'cpu' | 'memory',
  percent: number | undefined,
  containerName: string | undefined,
) {
  if (percent === undefined) return [];
  const metadata = { value: String(percent), ...(containerName !== undefined && { containerName }) };
  return [{ type, metricType: 'Utilization', metadata }];
}
