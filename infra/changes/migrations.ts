import { artifactName } from '../artifacts/name.ts';
import { inByteOrder, migrationName, undoes } from '../graph/migrations.ts';
import { coverSecrets } from './covered.ts';
import type { Migrations } from './model.ts';
import { declaredIn, serviceSides, type Sides } from './sides.ts';
import type { ServiceSnapshot, Snapshot } from './snapshot.ts';

/** Returns what the `preDeploy` of a service applies; undefined if the update does not run it. */
export function migrationChanges(sides: Sides, service: string): Migrations | undefined {
  const { before, after } = serviceSides(sides, service);
  const command = commandOf(sides.after, service);
  const runs =
    before === undefined ||
    commandOf(sides.before, service) !== command ||
    programOf(sides.before, service) !== programOf(sides.after, service);
  return runs ? migrationsOf(before, after, shownCommands(sides, service)) : undefined;
}

/** Returns the commands of the later side as people may see them. */
function shownCommands(sides: Sides, service: string): string[] {
  const listOf = (side: Snapshot | undefined) => JSON.parse(commandOf(side, service)) as string[];
  const before = listOf(sides.before).join('\n');
  const declared = { service, field: 'preDeploy.command', before };
  return listOf(sides.after).map(
    (line) => coverSecrets(sides, { ...declared, after: line }).shown.after ?? '',
  );
}

/** Returns the commands of `preDeploy` as JSON. */
function commandOf(side: Snapshot | undefined, service: string): string {
  return declaredIn(side, service, 'preDeploy.command') ?? '[]';
}

/** Returns what identifies the artifact or image of a service. The settings of an artifact contain those of its image. */
function programOf(side: Snapshot | undefined, service: string): string {
  const artifact = side?.services[service]?.artifact;
  return [declaredIn(side, service, 'image'), artifact && artifactName(artifact), artifact?.settings].join(
    '\0',
  );
}

/**
 * Returns what the `preDeploy` of a service would apply: the migrations that the record of the last update does not
 * contain. `command` is that of `after`. Undefined without one. `before` is undefined for a service that is new; if it
 * exists but has no list, its migrations are not known.
 */
export function migrationsOf(
  before: ServiceSnapshot | undefined,
  after: ServiceSnapshot | undefined,
  command: string[],
): Migrations | undefined {
  if (after === undefined || command.length === 0) return undefined;
  const applied = before === undefined ? [] : before.migrations;
  if (applied === undefined || after.migrations === undefined) {
    return unknownMigrations(command);
  }
  const earlier = withoutUndoing(applied);
  const files = withoutUndoing(after.migrations);
  const reversible = new Set(
    after.migrations.flatMap(([file]) => (undoes(file) ? [migrationName(file)] : [])),
  );
  const pending = [...files.keys()].filter((file) => !earlier.has(file));
  const last = [...earlier.keys()].at(-1) ?? '';
  const changed = [...earlier].filter(([file, sha]) => files.get(file) !== sha);
  return {
    command,
    known: true,
    pending: pending.map((file) => ({ file, reversible: reversible.has(migrationName(file)) })),
    edited: changed.map(([file]) => file),
    late: pending.filter((file) => inByteOrder(file, last) < 0),
  };
}

/** Returns migrations of which only the commands are known. */
export function unknownMigrations(command: string[]): Migrations {
  return { command, known: false, pending: [], edited: [], late: [] };
}

/** Returns the SHA-256 of each migration, in order, without the files that undo them. */
function withoutUndoing(files: [string, string][]): Map<string, string> {
  return new Map(files.filter(([file]) => !undoes(file)));
}
