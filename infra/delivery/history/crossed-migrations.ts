import { migrationName, undoes } from '../../graph/migrations.ts';
import { isCode, type Stack } from '../../stack/schema.ts';
import type { RecordedRelease } from './record.ts';

/** What decides which migrations a release applies. */
export interface Migrating {
  release: RecordedRelease;
  /** The commands of each `preDeploy`, by service. */
  preDeploy: Readonly<Record<string, readonly string[]>>;
}

/** A migration that one release applies, and that another one does not have. */
export interface CrossedMigration {
  /** Path below the source folder. */
  file: string;
  /** Whether a file `<name>.down.*` undoes it. Otherwise it is not known to be reversible. */
  reversible: boolean;
  /** Whether the other release has a file of this name with another text. */
  edited: boolean;
}

/** The migrations of one service between two releases. */
export interface Crossing {
  service: string;
  /** False without a list of migrations on both sides: then all that is known is that the inputs of `preDeploy` differ. */
  known: boolean;
  /** In the order in which they are applied. Empty if they are not known. */
  files: CrossedMigration[];
}

/**
 * Returns the migrations that a release applies and that another one does not have, by service. A release without them then runs
 * with a schema that its code does not know. For a rollback, `applied` is the release that runs; for a promotion, the one that comes.
 */
export function crossedMigrations(applied: Migrating, other: Migrating): Crossing[] {
  return Object.keys(applied.preDeploy)
    .toSorted()
    .flatMap((service) => {
      const crossing = crossingOf(service, applied, other);
      return crossing.known && crossing.files.length === 0 ? [] : [crossing];
    });
}

function crossingOf(service: string, applied: Migrating, other: Migrating): Crossing {
  const files = applied.release[service]?.migrations;
  const known = other.preDeploy[service] === undefined ? [] : other.release[service]?.migrations;
  if (inputsOf(service, applied) === inputsOf(service, other)) return { service, known: true, files: [] };
  if (files === undefined || known === undefined) return { service, known: false, files: [] };
  const texts = new Map(known);
  const undone = new Set(files.flatMap(([file]) => (undoes(file) ? [migrationName(file)] : [])));
  const crossed = files.filter(([file, hash]) => !undoes(file) && texts.get(file) !== hash);
  return {
    service,
    known: true,
    files: crossed.map(([file]) => ({
      file,
      reversible: undone.has(migrationName(file)),
      edited: texts.has(file),
    })),
  };
}

/** Returns what `preDeploy` runs: its commands, and the artifact or image that contains them. */
function inputsOf(service: string, { release, preDeploy }: Migrating): string {
  const { hash, content, image } = release[service] ?? {};
  // The same artifact has an image with another name once a release file names it.
  return JSON.stringify([preDeploy[service] ?? [], content ?? hash ?? image]);
}

/** Returns the commands of each `preDeploy` of a stack, by service. */
export function preDeployOf({ services }: Pick<Stack, 'services'>): Migrating['preDeploy'] {
  return Object.fromEntries(
    Object.entries(services).flatMap(([name, service]) =>
      isCode(service) && service.preDeploy !== undefined ? [[name, service.preDeploy.command] as const] : [],
    ),
  );
}

/** Returns one line for each migration: `api: migrations/2.sql, not known to be reversible`. */
export function describeCrossings(crossings: readonly Crossing[]): string[] {
  return crossings.flatMap(({ service, known, files }) =>
    known
      ? files.map(
          ({ file, reversible, edited }) =>
            `${service}: ${file}${edited ? ', which was edited' : ''}, ${reversible ? 'reversible' : 'not known to be reversible'}`,
        )
      : [`${service}: which migrations its preDeploy applies is not known, and its inputs differ`],
  );
}
