import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  withProgress,
  type CommandOptions,
  type CommandResult,
  type Progress,
} from '../../../tools/command.ts';
import { codeOf } from '../../../tools/error-code.ts';
import { UserError } from '../../../tools/user-error.ts';
import type { ComponentChange } from '../../changes/compare.ts';
import type { Snapshot } from '../../changes/snapshot.ts';
import type { Commit } from '../../program/commit.ts';
import { releaseType } from '../../targets/shared/generated.ts';
import { withOwnedFolder } from '../owned-folder.ts';
import { makeDigest, type Digest } from './digest/digest.ts';
import { stateHash } from './digest/state-hash.ts';
import { changesOf } from './changes.ts';
import { errorsOf, parseEvents, type EngineEvent } from './engine-log.ts';
import { stateResources, type ExportedResource } from '../state-resources.ts';
import { protectionProblem } from './protection.ts';
import { reachedWithoutRecord } from './reached.ts';
import { readRecord } from './record.ts';
import { readSteps } from './steps.ts';

/** The part of the Pulumi CLI that this file uses. */
export interface Pulumi {
  project: string;
  read(
    args: string[],
    variables?: Record<string, string>,
    limits?: Pick<CommandOptions, 'timeout'>,
  ): Promise<CommandResult>;
}

export interface PlanOptions {
  /** Absolute path of the project. */
  root: string;
  /** The name of the environment. */
  environment: string;
  /** Whether the target needs `--refresh`, as its member `otherProviders` says. */
  refresh: boolean;
  /** Environment variables for the Pulumi program. */
  variables?: Record<string, string>;
  /** Path for Pulumi's own plan of the update. */
  savePlan?: string;
  /** Absolute path of a settings file in place of that of the environment. */
  configFile?: string;
  progress: Progress;
}

/** What an update of an environment would do, according to the engine. */
export interface EnginePlan {
  /** The snapshot of the last update. Undefined before the first update, and if the record has a form that this version cannot read. */
  before: Snapshot | undefined;
  after: Snapshot;
  /** The hash of `after` as the program planned it: in `after`, the engine has hidden each text that equals a secret. */
  snapshotHash: string;
  /** The services that an update has reached since the record of the last one. */
  reached: readonly string[];
  /** The commit of the last update. */
  deployed: Commit | undefined;
  /** Pulumi's types of the resources in the state. */
  types: readonly string[];
  resources: ComponentChange[];
  /** Why the update would fail: it would delete protected resources. */
  problems: string[];
  digest: Digest;
  /** A hash of the state that the preview was made on. */
  stateHash: string;
}

/** Milliseconds after which a call of the engine is ended. */
const limit = 15 * 60_000;

/** Previews an update with the engine. Changes nothing. Throws UserError with what the engine reports. */
export function readPlan(pulumi: Pulumi, options: PlanOptions): Promise<EnginePlan> {
  const { root, environment, progress } = options;
  return withProgress(progress, `Previewing ${environment}`, async () => {
    const state = await readState(pulumi, environment);
    const { events, problems } = await preview(pulumi, options);
    const found = readSteps(events);
    const record = found.all.find(({ type }) => type === releaseType);
    const [before, after] = [readRecord(record?.old?.inputs), readRecord(record?.new?.inputs)];
    if (record?.new == null || after.snapshot === undefined || after.hash === undefined) {
      throw new UserError(`The Pulumi program of ${environment} does not call deploy() of railhead.`);
    }
    return {
      before: before.snapshot,
      after: after.snapshot,
      snapshotHash: after.hash,
      reached: reachedWithoutRecord(before.snapshot, after.snapshot, found.all),
      deployed: before.commit,
      types: state.map(({ type }) => type),
      resources: changesOf(found.steps),
      problems,
      stateHash: stateHash(state),
      digest: makeDigest({
        root,
        environment,
        project: pulumi.project,
        state,
        found,
        record: record.new.inputs,
        after: after.snapshot,
      }),
    };
  });
}

/** Reads the resources of the state. Their secrets are in plain: only a hash of them may leave the process. Throws UserError. */
export async function readState(pulumi: Pulumi, environment: string): Promise<ExportedResource[]> {
  const args = ['stack', 'export', '--stack', environment, '--show-secrets'];
  return stateResources(await pulumi.read(args, {}, { timeout: limit }));
}

/** Runs a preview and returns its events. They contain inputs of resources, so their file is private and temporary. */
function preview(
  pulumi: Pulumi,
  options: PlanOptions,
): Promise<{ events: EngineEvent[]; problems: string[] }> {
  const { environment, refresh, variables = {}, savePlan, configFile } = options;
  return withOwnedFolder('railhead-preview-', async (folder) => {
    const file = join(folder, 'events');
    const args = ['preview', '--stack', environment, '--non-interactive', '--json', '--event-log', file];
    if (refresh) args.push('--refresh');
    if (savePlan !== undefined) args.push('--save-plan', savePlan);
    if (configFile !== undefined) args.push('--config-file', configFile);
    // `--event-log` is one of Pulumi's flags for debugging.
    const debug = { ...variables, PULUMI_DEBUG_COMMANDS: '1' };
    const { code, problem } = await pulumi.read(args, debug, { timeout: limit });
    const events = parseEvents(readIfThere(file));
    if (code === 0) return { events, problems: [] };
    const errors = errorsOf(events);
    const problems = errors.flatMap((error) => protectionProblem(error, environment) ?? []);
    // The rest of the preview is complete: the engine deletes last.
    if (problems.length > 0 && problems.length >= errors.length - 1) return { events, problems };
    throw new UserError(
      [...errors, ...(errors.length > 0 ? [] : [problem || `Pulumi ended with exit code ${code}.`])].join(
        '\n',
      ),
    );
  });
}

/** Returns an empty text if the file does not exist: the engine did not start. */
function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return '';
    throw error;
  }
}
