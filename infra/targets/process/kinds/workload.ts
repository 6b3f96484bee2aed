import type * as z from 'zod';
import { makeEnvironmentFolders, servicePaths } from '../../../supervisor/paths.ts';
import { applyWorkload, readWorkload, stopWorkload } from '../../../supervisor/control.ts';
import { isSpecIntact, readSpec } from '../../../supervisor/files.ts';
import type { WorkloadSpec } from '../../../supervisor/spec.ts';
import type { Kind, Place, Step } from '../../../provider/kind.ts';
import { hashOf } from '../../../plan/hash.ts';

type WorkloadInputs = Place & { state: string; canary?: WorkloadSpec['canary'] | undefined };

/** Returns a kind whose resource is one supervised workload without outputs. `kind`: its name. */
export function workloadKind<Inputs extends WorkloadInputs>(
  kind: string,
  inputs: z.ZodType<Inputs>,
  toSpec: (values: Inputs) => WorkloadSpec,
  prepare: (values: Inputs) => void = () => {},
): Kind<Inputs> {
  const run = async (values: Inputs, step: Step) => {
    prepare(values);
    await runWorkload(values, { ...toSpec(values), kind }, step);
    return {};
  };
  return {
    inputs,
    outputs: [],
    secretOutputs: [],
    replaceOn: [],
    ignored: ['canary'],
    create: run,
    update: run,
    read: workloadState,
    delete: removeWorkload(kind),
  };
}

type FixedParts = 'name' | 'environment' | 'deploymentId' | 'log';

/** Completes a spec. Every change of the inputs, except `state` and `canary`, makes a new deployment id. */
export function workloadSpec(values: WorkloadInputs, plan: Omit<WorkloadSpec, FixedParts>): WorkloadSpec {
  return {
    ...plan,
    name: values.name,
    environment: values.environment,
    deploymentId: deploymentId(values),
    env: { RAILWAY_DEPLOYMENT_ID: deploymentId(values), ...plan.env },
    log: servicePaths(values).log,
  };
}

/** Starts or updates the supervisor and waits until the workload is ready. Throws UserError. */
export async function runWorkload(place: Place, spec: WorkloadSpec, step: Step): Promise<void> {
  makeEnvironmentFolders(place);
  let figures = '';
  const passed = (line: string) => (figures = `, canary: ${line}`);
  await applyWorkload(servicePaths(place).workload, spec, { ...step, passed });
  step.progress(spec.cron !== undefined ? 'scheduled' : readyLine(spec) + figures);
}

/** Returns `ready` or the problem. A replica that restarts is not a drift: its supervisor handles it. */
export function workloadState(values: WorkloadInputs): string {
  const folder = servicePaths(values).workload;
  const status = readWorkload(folder);
  if (status === undefined) return 'stopped';
  if (!isSpecIntact(folder)) return 'edited';
  if (status.lostTo !== undefined) return `without its address, which ${status.lostTo} has`;
  if (status.state === 'failed') return 'failed';
  return status.deploymentId === deploymentId(values) ? 'ready' : 'outdated';
}

/** Returns the delete function of a kind. It does nothing if the folder has changed to another kind. */
export function removeWorkload(kind: string): (place: Place, step: Step) => Promise<void> {
  return async (place, { signal }) => {
    const folder = servicePaths(place).workload;
    if ((readSpec(folder)?.kind ?? kind) === kind) await stopWorkload(folder, signal);
  };
}

function readyLine({ replicas }: WorkloadSpec): string {
  return replicas === 1 ? 'ready' : `${replicas} replicas ready`;
}

function deploymentId(values: WorkloadInputs): string {
  return hashOf({ ...values, state: undefined, canary: undefined });
}
