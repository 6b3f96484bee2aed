import { CronJob } from '@pulumi/kubernetes/batch/v1/cronJob.js';
import { ConfigMap } from '@pulumi/kubernetes/core/v1/configMap.js';
import { NetworkPolicy } from '@pulumi/kubernetes/networking/v1/networkPolicy.js';
import { PersistentVolumeClaim } from '@pulumi/kubernetes/core/v1/persistentVolumeClaim.js';
import type { Resource } from '@pulumi/pulumi';
import type { PostgresService } from '../../../data/index.ts';
import { withMemoryLimit } from '../../../containers/limits.ts';
import { postgresServer } from '../../../containers/postgres/server.ts';
import { createPassword } from '../../shared/generated.ts';
import { deployDataServer } from '../data/deploy.ts';
import { dataOptions, hostOf, type DataServer, type Scope } from '../scope.ts';
import { backupArgs, backupPolicyArgs, backupScriptsArgs, backupVolumeArgs } from './backup.ts';

/** Deploys Postgres with the stack's database, three roles and a nightly backup. */
export function deployPostgres(
  scope: Scope,
  { name, config: declared }: { name: string; config: PostgresService },
  dependsOn: Resource[],
): DataServer {
  const { stack, environment } = scope;
  const config = withMemoryLimit(declared);
  const { container, database, passwords, provided } = postgresServer(
    { name, config },
    { stack, host: hostOf({ name: stack, environment }, name) },
    (password) => createPassword(scope, password, dataOptions),
  );
  const resource = deployDataServer(scope, name, config, container, passwords.superuser, dependsOn);

  const backup = backupArgs(scope, name, config, database);
  const backupName = backup.metadata.name;
  new CronJob(backupName, backup, {
    dependsOn: [
      resource,
      ...backupPolicyArgs(scope, name, config).map(
        (policy) => new NetworkPolicy(policy.metadata.name, policy),
      ),
      new ConfigMap(backupName, backupScriptsArgs(scope, name)),
      new PersistentVolumeClaim(backupName, backupVolumeArgs(scope, name, config), dataOptions),
    ],
  });
  return { resource, provided };
}
