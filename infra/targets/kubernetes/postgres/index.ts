import { CronJob } from '@pulumi/kubernetes/batch/v1/cronJob.js';
import { ConfigMap } from '@pulumi/kubernetes/core/v1/configMap.js';
import { NetworkPolicy } from '@pulumi/kubernetes/networking/v1/networkPolicy.js';
import { PersistentVolumeClaim } from '@pulumi/kubernetes/core/v1/persistentVolumeClaim.js';
import type { Resource } from '@pulumi/pulumi';
import type { DataService } from '../../../stack/schema.ts';
import { postgresContainer } from '../../containers/postgres/container.ts';
import { Password } from '../../generated.ts';
import { databaseName, postgresValues } from '../../provided.ts';
import { deployDataServer } from '../data/deploy.ts';
import { withLimits } from '../data/stateful-set.ts';
import { dataOptions, hostOf, type DataServer, type Scope } from '../scope.ts';
import { backupArgs, backupPolicyArgs, backupScriptsArgs, backupVolumeArgs } from './backup.ts';

/** Postgres with the stack's database, three roles, and a backup every night. */
export function deployPostgres(
  scope: Scope,
  { name, config }: { name: string; config: DataService },
  dependsOn: Resource[],
): DataServer {
  const { root, stack, environment } = scope;
  const limited = withLimits(config);
  const database = databaseName(stack);
  const passwordOf = (role: string) => {
    const place = { root, environment, name: `${name}-${role}` };
    return new Password(place.name, place, dataOptions(scope)).password;
  };
  const passwords = {
    superuser: passwordOf('superuser'),
    owner: passwordOf('owner'),
    app: passwordOf('app'),
    readonly: passwordOf('readonly'),
  };
  const container = postgresContainer(limited, database, passwords);
  const resource = deployDataServer(scope, name, limited, container, passwords.superuser, dependsOn);

  const backup = backupArgs(scope, name, limited, database);
  const backupName = backup.metadata.name;
  new CronJob(backupName, backup, {
    dependsOn: [
      resource,
      ...backupPolicyArgs(scope, name, config).map(
        (policy) => new NetworkPolicy(policy.metadata.name, policy),
      ),
      new ConfigMap(backupName, backupScriptsArgs(scope, name)),
      new PersistentVolumeClaim(backupName, backupVolumeArgs(scope, name, config), dataOptions(scope)),
    ],
  });
  const provided = postgresValues({
    address: { host: hostOf({ name: stack, environment }, name), port: config.port },
    database,
    appPassword: passwords.app,
    readonlyPassword: passwords.readonly,
    ownerPassword: passwords.owner,
  });
  return { resource, provided };
}
