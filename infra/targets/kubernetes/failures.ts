import { z } from 'zod';
import type { ServiceGraph } from '../../graph/types.ts';
import type { PreflightContext } from '../target.ts';
import { clusterFlags, kubectlOf } from './kubectl.ts';
import { namespaceName } from './scope.ts';

const terminated = z.object({
  exitCode: z.number(),
  reason: z.string().optional(),
  message: z.string().optional(),
});
const state = z
  .object({
    waiting: z.object({ reason: z.string().default(''), message: z.string().default('') }).optional(),
    terminated: terminated.optional(),
  })
  .default({});

const podSchema = z.object({
  kind: z.literal('Pod'),
  metadata: z.object({ name: z.string(), deletionTimestamp: z.string().optional() }),
  status: z.object({
    phase: z.string().optional(),
    conditions: z
      .array(
        z.object({
          type: z.string(),
          status: z.string(),
          reason: z.string().optional(),
          message: z.string().default(''),
        }),
      )
      .default([]),
    containerStatuses: z
      .array(
        z.object({ name: z.string(), ready: z.boolean(), restartCount: z.number(), state, lastState: state }),
      )
      .default([]),
  }),
});

type Pod = z.infer<typeof podSchema>;
type Container = Pod['status']['containerStatuses'][number];

const warning = z.object({
  kind: z.literal('Event'),
  reason: z.string().optional(),
  message: z.string().default(''),
  involvedObject: z.object({ kind: z.string(), name: z.string() }),
});

const list = z.object({ items: z.array(z.unknown()) });

/** What keeps the pods of an environment from running, a text each; none where no cluster can be asked. */
export async function podFailures(
  graph: ServiceGraph,
  { root, environment }: PreflightContext,
): Promise<string[]> {
  const namespace = namespaceName(graph);
  const kubectl = kubectlOf(root, environment);
  const { code, stdout } = await kubectl('get', 'pods,events', `--namespace=${namespace}`, '--output=json');
  if (code !== 0) return [];
  const command = (...words: string[]) =>
    ['kubectl', ...words, '-n', namespace, ...clusterFlags(root, environment)].join(' ');
  return describePods(JSON.parse(stdout), command);
}

type Command = (...words: string[]) => string;

/**
 * @param answer a list of pods and events
 * @param command a kubectl command as a person types it
 */
export function describePods(answer: unknown, command: Command): string[] {
  const { items } = list.parse(answer);
  const read = <T>(schema: z.ZodType<T>) => items.flatMap((item) => schema.safeParse(item).data ?? []);
  const pods = read(podSchema).filter(({ metadata }) => metadata.deletionTimestamp === undefined);
  const events = read(warning);
  const unhealthy = new Map(
    events
      .filter(({ reason }) => reason === 'Unhealthy')
      .map(({ involvedObject, message }) => [involvedObject.name, message]),
  );
  const refused = events
    .filter(({ reason, message }) => reason === 'FailedCreate' && /quota|forbidden/.test(message))
    .map(({ involvedObject: { kind, name }, message }) =>
      [
        `${kind} ${name} may not make its pods: ${message}`,
        `Next: ${command('describe', 'resourcequota')}`,
      ].join('\n'),
    );
  return [
    ...pods.flatMap((pod) => describePod(pod, unhealthy.get(pod.metadata.name), command)),
    ...new Set(refused),
  ];
}

function describePod(
  { metadata: { name }, status }: Pod,
  check: string | undefined,
  command: Command,
): string[] {
  const placed = status.conditions.find(({ type }) => type === 'PodScheduled');
  if (placed?.status === 'False') {
    return [`${name} finds no node: ${placed.message}\nNext: ${command('describe', 'pod', name)}`];
  }
  return status.containerStatuses
    .filter(({ ready, state }) => !ready && state.terminated?.exitCode !== 0)
    .flatMap((container) => describeContainer(name, container, check, command) ?? []);
}

function describeContainer(
  pod: string,
  { name, restartCount, state, lastState }: Container,
  check: string | undefined,
  command: Command,
): string | undefined {
  const who = `${pod} (container ${name})`;
  const { waiting } = state;
  if (waiting !== undefined && /Image|Pull/.test(waiting.reason)) {
    return `${who} cannot pull its image: ${waiting.message}\nNext: ${command('describe', 'pod', pod)}`;
  }
  const ended = state.terminated ?? lastState.terminated;
  if (ended !== undefined) {
    const again =
      restartCount === 0
        ? ''
        : `, and was started again ${restartCount} time${restartCount === 1 ? '' : 's'}`;
    const reason = ended.reason === 'OOMKilled' ? ', as it needed more memory than its limit' : '';
    const lines = ended.message?.trim().split('\n').slice(-20) ?? [];
    const output =
      lines.length === 0 ? ['It printed nothing.'] : ['Its last lines:', ...lines.map((line) => `  ${line}`)];
    const previous = state.terminated === undefined ? ['--previous'] : [];
    return [
      `${who} ended with exit code ${ended.exitCode}${reason}${again}${check === undefined ? '' : `; ${check}`}.`,
      ...output,
      `The whole log: ${command('logs', pod, ...previous)}`,
    ].join('\n');
  }
  if (waiting !== undefined && !/ContainerCreating|PodInitializing/.test(waiting.reason)) {
    return `${who} cannot start: ${waiting.reason} ${waiting.message}\nNext: ${command('describe', 'pod', pod)}`;
  }
  if (check === undefined) return undefined;
  return `${who} runs, but is not ready: ${check}\nThe whole log: ${command('logs', pod)}`;
}
