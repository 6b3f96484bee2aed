import type { KeyObject } from 'node:crypto';
import { copySbom } from '../../artifacts/keep-sboms.ts';
import type { Pins } from '../../artifacts/pinned.ts';
import { signArtifacts, signerOf } from '../../artifacts/sign.ts';
import { stackFilePath, type Environment } from '../../common/environment.ts';
import { openContext, type Context } from '../../program/context.ts';
import { loadRelease, releasePath } from '../../releases/load.ts';
import type { ReleaseFile } from '../../releases/schema.ts';
import { openStore } from '../../store/open-store.ts';
import { UserError } from '../../../tools/user-error.ts';
import type { Crossing } from '../history/crossed-migrations.ts';
import { whoRuns } from '../history/who.ts';
import { withOwnedFolder } from '../owned-folder.ts';
import { ageProblems, currentAge } from './age.ts';
import { buildVariableWarnings } from './build-variables.ts';
import { comparePins, type PinChange } from './changes.ts';
import { chooseArtifacts } from './choose.ts';
import { heldProblems, orderProblems, uncommittedProblems } from './guards.ts';
import { askHealth } from './health.ts';
import { arrivingMigrations } from './migrations.ts';
import { originOf } from './origin.ts';
import { copyMissing, proveArtifacts, readBoth } from './prove.ts';
import { signatureProblems } from './signatures.ts';
import { soakProblems } from './soak.ts';
import { readPromoted } from './source.ts';
import { tagProblems } from './tags.ts';
import { releaseOf, releaseWith } from './write.ts';

/** What a promotion would do. Nothing is written yet. */
export interface Promotion {
  /** The number of the update that is promoted. */
  number: number;
  /** The release file, relative to the project, and what it will contain. */
  file: string;
  release: ReleaseFile;
  changes: PinChange[];
  /** The migrations that come with it. Empty if nothing changes. */
  migrations: Crossing[];
  /** Problems that do not stop the promotion. */
  warnings: string[];
  /** The environment that gets the artifacts, and a store for reading that has all of them. */
  context: Context;
  store: Pins['store'];
}

type Named = Pick<Environment, 'name'>;

interface Request {
  from: Environment;
  to: Environment;
  /** Absolute path of the project. */
  root: string;
  /** The services to promote; by default all. */
  only: readonly string[] | undefined;
  allowDowngrade: boolean;
  /** Signs what the store of the destination gets. */
  key: KeyObject | undefined;
  /** Receives a line for each guard that could not be applied. */
  say: (line: string) => void;
  /** Is called before anything is written, if something changes. Throws an error if nothing may be written. */
  accept: (promotion: Promotion) => Promise<void>;
  /** Returns why an update with this number cannot be written. */
  check?: (number: number) => Promise<string[]>;
  /** Writes the release, if something changes. */
  write: (promotion: Promotion) => Promise<void> | void;
}

/**
 * Makes a release of an environment with the artifacts that another one runs. Copies artifacts to its store, and builds none.
 * Throws UserError with all reasons not to, before anything is written.
 */
export async function promote(request: Request): Promise<Promotion> {
  const { from, to, root, only, allowDowngrade, key, say, accept, write } = request;
  const stores = { from: openStore(from, root), to: openStore(to, root) };
  const file = releasePath(to.name);
  const { records, problems } = await readPromoted(stores.from, from.name);
  const current = loadRelease(to.name, root)?.release;
  problems.push(
    ...orderProblems(from.name, to),
    ...(await heldProblems(stores.to, to.name)),
    ...(await uncommittedProblems(root, to)),
  );
  const [record, ...older] = records;
  if (record?.release === undefined) throw refusal(from, to, problems);
  const context = await openContext({ ...to, stackFile: stackFilePath(to), secrets: undefined });
  const choice = await chooseArtifacts([record, ...older], request, context, current);
  const { pins, involved } = choice;
  const services = Object.keys(pins);
  const origin = originOf(record, pins, loadRelease(from.name, root));
  const ages = {
    next: { time: record.ending?.ended ?? record.started, commitOf: (name: string) => origin.commits[name] },
    current: allowDowngrade ? undefined : await currentAge(current, stores.to, to.name),
  };
  const { number } = record;
  const names = { from: from.name, to: to.name, update: `#${number} of ${from.name}` };
  const health = await askHealth(from, root, { ...record, services: involved }, say);
  problems.push(
    ...choice.problems,
    ...tagProblems(to, context),
    ...origin.problems,
    ...health.problems,
    ...soakProblems(to, { records, services, restart: health.restart }),
    ...(await ageProblems(root, services, ages, names)),
    ...((await request.check?.(number)) ?? []),
  );
  return withOwnedFolder('railhead-promote-', async (folder) => {
    const proof = await proveArtifacts(pins, stores, { from: from.name, folder });
    problems.push(
      ...proof.problems,
      ...(await signatureProblems(pins, stores.to, { signer: signerOf(to, root), key })),
    );
    if (problems.length > 0) throw refusal(from, to, problems);
    const made = { artifacts: pins, commits: origin.commits, by: (await whoRuns(root)).name };
    const release =
      only === undefined || current === undefined ? releaseOf(record, made) : releaseWith(current, made);
    const changes = comparePins(current?.artifacts ?? {}, release.artifacts);
    const destination = { name: to.name, store: stores.to, stack: context.stack.stack };
    const migrations =
      changes.length === 0 ? [] : await arrivingMigrations(record.release ?? {}, services, destination);
    const warnings = buildVariableWarnings(pins, { name: to.name, services: context.graph.services });
    const planned = { number, file, release, changes, migrations, warnings };
    const promotion = { ...planned, context, store: readBoth(stores) };
    if (changes.length > 0) await accept(promotion);
    // Copied also without a change: the store may have lost what the file names.
    await copyMissing(proof, stores.to);
    await signArtifacts(Object.values(pins), stores.to, key);
    for (const [service, { hash }] of Object.entries(pins)) {
      await copySbom({ service, hash }, stores.from.records, stores.to.records);
    }
    if (changes.length > 0) await write(promotion);
    return promotion;
  });
}

/** Returns the error that lists all reasons. */
export function refusal(from: Named, to: Named, problems: readonly string[]): UserError {
  const lines = problems.map((problem) => `  - ${problem}`);
  return new UserError(
    [`${from.name} was not promoted to ${to.name}. Nothing was written:`, ...lines].join('\n'),
  );
}
