import { outOfMemory } from '../../../common/failure-messages.ts';
import type { DriftFinding } from '../../shared/drift.ts';
import type { LiveContainer } from './live.ts';

type About = Pick<DriftFinding, 'resource' | 'urn' | 'service'>;

/**
 * Returns how a container differs from its inputs. Its image, command and variables are those of its creation: Docker cannot change
 * them, and a container that was made again is another one.
 *
 * @param pids the process limit of the update
 */
export function containerFindings(
  about: About,
  inputs: Record<string, unknown>,
  live: LiveContainer,
  pids: unknown,
): DriftFinding[] {
  return [
    ...stopped(about, live),
    ...settings(about, inputs, live),
    ...processLimit(about, live, pids),
    ...networks(about, inputs, live),
  ];
}

function stopped(about: About, { State }: LiveContainer): DriftFinding[] {
  const { Running, Paused, Status, OOMKilled, ExitCode, FinishedAt } = State;
  if (Paused) return [{ kind: 'stopped', ...about, detail: 'it is paused' }];
  // Docker starts it again by itself.
  if (Running || Status === 'restarting') return [];
  if (Status === 'created') return [{ kind: 'stopped', ...about, detail: 'it was never started' }];
  const memory = OOMKilled ? outOfMemory : '';
  const changed = { at: new Date(FinishedAt).toISOString() };
  return [{ kind: 'stopped', ...about, detail: `it ended with exit code ${ExitCode}${memory}`, changed }];
}

const mebibyte = 2 ** 20;

/** What `docker update` changes. Docker reports 0 for what is not set. */
function settings(
  about: About,
  inputs: Record<string, unknown>,
  { HostConfig }: LiveContainer,
): DriftFinding[] {
  const { Memory, NanoCpus, RestartPolicy } = HostConfig;
  const retries = (count: unknown) =>
    typeof count === 'number' && count > 0 ? `, at most ${count} times` : '';
  return [
    differ('memory', megabytes(inputs.memory), megabytes(Memory / mebibyte)),
    differ('CPU', cpus(inputs.cpus), cpus(NanoCpus / 1e9)),
    differ(
      'restart policy',
      `${typeof inputs.restart === 'string' ? inputs.restart : 'no'}${retries(inputs.maxRetryCount)}`,
      `${RestartPolicy.Name}${retries(RestartPolicy.MaximumRetryCount)}`,
    ),
  ].flatMap((found) =>
    found.map((difference): DriftFinding => ({ kind: 'changed', ...about, ...difference })),
  );
}

/** The engine reads neither the limit nor the networks, so only a new container has both again. */
const replaces = { replaces: true } as const;

function processLimit(about: About, { HostConfig }: LiveContainer, pids: unknown): DriftFinding[] {
  if (typeof pids !== 'number') return [];
  const live = HostConfig.PidsLimit ?? 0;
  return differ('process limit', String(pids), live > 0 ? String(live) : undefined).map((found) => ({
    kind: 'changed',
    ...about,
    ...found,
    ...replaces,
  }));
}

function networks(about: About, inputs: Record<string, unknown>, live: LiveContainer): DriftFinding[] {
  const advanced = (inputs.networksAdvanced ?? []) as { name: string }[];
  const found = Object.keys(live.NetworkSettings.Networks ?? {});
  // A container without networks of its own has the network `none`.
  const wanted = advanced.length === 0 ? ['none'] : advanced.map(({ name }) => name);
  const finding = (detail: string): DriftFinding => ({ kind: 'changed', ...about, detail, ...replaces });
  return [
    ...wanted
      .filter((name) => !found.includes(name))
      .map((name) => finding(`it was disconnected from the network ${name}`)),
    ...found
      .filter((name) => !wanted.includes(name))
      .map((name) => finding(`it was connected to the network ${name}`)),
  ];
}

function differ(what: string, deployed: string | undefined, live: string | undefined) {
  if (deployed === live) return [];
  return [{ what, ...(deployed !== undefined && { deployed }), ...(live !== undefined && { live }) }];
}

function megabytes(size: unknown): string | undefined {
  return typeof size === 'number' && size > 0 ? `${size} MiB` : undefined;
}

/** The provider writes `1.0`. */
function cpus(count: unknown): string | undefined {
  const number = Number(count ?? 0);
  return number > 0 ? String(number) : undefined;
}
