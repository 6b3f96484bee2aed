import type { ServiceGraph } from '../../graph/types.ts';
import type { Replicas } from '../../stack/schema.ts';
import { listeningPort } from '../containers/environment.ts';
import { urlOf } from '../provided.ts';
import { behavior } from './scaling.ts';
import { hostOf, metadata, type Scope } from './scope.ts';

/** Seconds between two looks at the queue. */
const pollingInterval = 10;

/**
 * Seconds without a job after which the last pod goes, where none need run. A job between two attempts is not in the
 * length, so this is longer than the pauses that Rota's jobs make, 64 s at most.
 */
const cooldownPeriod = 120;

/**
 * Scaling by the length of a queue, and by CPU and memory in the same object: two scalers of one Deployment would work
 * against each other. While the length cannot be read, the pods that run stay.
 */
export function scaledObjectArgs(scope: Scope, graph: ServiceGraph, service: string, replicas: Replicas) {
  const { min, max, cpu, memory, queue } = replicas;
  return {
    apiVersion: 'keda.sh/v1alpha1',
    kind: 'ScaledObject',
    metadata: metadata(scope, service),
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: service },
      pollingInterval,
      cooldownPeriod,
      minReplicaCount: min,
      maxReplicaCount: max,
      fallback: { failureThreshold: 3, replicas: Math.max(min, 1), behavior: 'currentReplicasIfHigher' },
      advanced: { horizontalPodAutoscalerConfig: { behavior } },
      triggers: [
        ...(queue === undefined ? [] : [queueTrigger(graph, queue)]),
        ...usageTrigger('cpu', cpu),
        ...usageTrigger('memory', memory),
      ],
    },
  };
}

/** The length is in the metrics of a service that answers also while nobody takes jobs. */
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
  const config = graph.services.find((service) => service.name === name)?.config;
  const port = config && listeningPort(config);
  if (port === undefined || !('metrics' in config!) || config.metrics === undefined) {
    throw new Error(`${name} tells no metrics`);
  }
  return `${urlOf({ host: hostOf(graph, name), port })}${config.metrics}`;
}

function usageTrigger(type: 'cpu' | 'memory', percent: number | undefined) {
  return percent === undefined
    ? []
    : [{ type, metricType: 'Utilization', metadata: { value: String(percent) } }];
}
