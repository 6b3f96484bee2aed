import type { PlannedResource } from '../../../plan/planned.ts';
import type { PostgresService } from '../../../data/index.ts';
import { withMemoryLimit } from '../../../containers/limits.ts';
import { postgresServer } from '../../../containers/postgres/server.ts';
import { planPassword } from '../../shared/generated.ts';
import { planDataServer } from '../data/server.ts';
import { dataOptions, hostOf, type DataServer, type PlanScope } from '../scope.ts';
import { types } from '../types.ts';
import { backupArgs, backupPolicyArgs, backupScriptsArgs, backupVolumeArgs } from './backup.ts';

/** Plans Postgres with the stack's database, three roles and a nightly backup. */
export function planPostgres(
  scope: PlanScope,
  { name, config: declared }: { name: string; config: PostgresService },
  dependsOn: PlannedResource[],
): DataServer {
  const { stack, environment, resources } = scope;
  const config = withMemoryLimit(declared);
  const { container, database, passwords, provided } = postgresServer(
    { name, config },
    { stack, host: hostOf({ name: stack, environment }, name) },
    (password) => planPassword(scope, name, password, dataOptions),
  );
  const resource = planDataServer(scope, name, config, container, passwords.superuser, dependsOn);

  const backup = backupArgs(scope, name, config, database);
  const backupName = backup.metadata.name;
  resources.add(name, types.cronJob, backupName, backup, {
    dependsOn: [
      resource,
      ...backupPolicyArgs(scope, name, config).map((policy) =>
        resources.add(name, types.networkPolicy, policy.metadata.name, policy),
      ),
      resources.add(name, types.configMap, backupName, backupScriptsArgs(scope, name)),
      resources.add(name, types.claim, backupName, backupVolumeArgs(scope, name, config), dataOptions),
    ],
  });
  return { resource, provided };
}
