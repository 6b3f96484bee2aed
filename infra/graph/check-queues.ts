import { suggest } from '../stack/nearest.ts';
import { isCode, type CodeService, type Stack } from '../stack/schema.ts';
import type { Finding } from '../stack/finding.ts';

/** Checks the services whose queues decide how many replicas run. */
export function checkQueues(stack: Stack): Finding[] {
  return Object.entries(stack.services).flatMap(([name, service]) =>
    isCode(service) ? checkQueue(name, service, stack) : [],
  );
}

/** Checks that the service from which a scaler reads the queue length exists and serves metrics. */
function checkQueue(name: string, { replicas: { queue } }: CodeService, stack: Stack): Finding[] {
  if (queue === undefined) return [];
  const path = ['services', name, 'replicas', 'queue', 'from'];
  const quoted = JSON.stringify(queue.from);
  const source = Object.hasOwn(stack.services, queue.from) ? stack.services[queue.from] : undefined;
  if (source === undefined) {
    const message = `there is no service ${quoted}; ${suggest(queue.from, Object.keys(stack.services))}`;
    return [{ path, message, cause: ['services', queue.from] }];
  }
  if (isCode(source) && source.metrics !== undefined && source.port !== undefined) return [];
  return [{ path, message: `${quoted} needs "metrics" and "port", which report the queue length` }];
}
