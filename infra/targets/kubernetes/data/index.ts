import { kindOf } from '../../../data/index.ts';
import type { Backup } from '../../../data/kind.ts';
import type { DataNode } from '../../../graph/types.ts';
import type { PlannedResource } from '../../../plan/planned.ts';
import { planServer, type ServerPlan } from '../../shared/data-server.ts';
import { planPassword } from '../../shared/generated.ts';
import { dataOptions, hostOf, type DataServer, type PlanScope } from '../scope.ts';
import { types } from '../types.ts';
import { backupArgs, backupPolicyArgs, backupScriptsArgs, backupVolumeArgs } from './backup.ts';
import { planDataServer } from './server.ts';

/** Plans a data server, with a nightly backup if its kind has one. */
export function planData(scope: PlanScope, service: DataNode, dependsOn: PlannedResource[]): DataServer {
  const { stack, environment } = scope;
  const { name } = service;
  const host = hostOf({ name: stack, environment }, name);
  const server = planServer(service, { stack, host, pooler: { host, server: '127.0.0.1' } }, (password) =>
    planPassword(scope, name, password, dataOptions),
  );
  const resource = planDataServer(scope, name, server, dependsOn);
  const { backup } = kindOf(service.config);
  if (backup !== undefined) planBackup(scope, name, server, backup, resource);
  return { resource, provided: server.provided };
}

function planBackup(
  scope: PlanScope,
  name: string,
  { config, database }: ServerPlan,
  backup: Backup,
  server: PlannedResource,
): void {
  const { resources } = scope;
  const job = backupArgs(scope, name, config, backup, database);
  const backupName = job.metadata.name;
  resources.add(name, types.cronJob, backupName, job, {
    dependsOn: [
      server,
      ...backupPolicyArgs(scope, name, config).map((policy) =>
        resources.add(name, types.networkPolicy, policy.metadata.name, policy),
      ),
      resources.add(name, types.configMap, backupName, backupScriptsArgs(scope, name, backup)),
      resources.add(name, types.claim, backupName, backupVolumeArgs(scope, name, config), dataOptions),
    ],
  });
}
