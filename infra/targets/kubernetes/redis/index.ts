import type { PlannedResource } from '../../../plan/planned.ts';
import type { DataService } from '../../../data/index.ts';
import { withMemoryLimit } from '../../../containers/limits.ts';
import { redisContainer } from '../../../containers/redis.ts';
import { planPassword } from '../../shared/generated.ts';
import { redisValues } from '../../../servers/values.ts';
import { planDataServer } from '../data/server.ts';
import { dataOptions, hostOf, type DataServer, type PlanScope } from '../scope.ts';

/** Plans Redis with a password and its append-only file on a volume. */
export function planRedis(
  scope: PlanScope,
  { name, config: declared }: { name: string; config: DataService },
  dependsOn: PlannedResource[],
): DataServer {
  const { stack, environment } = scope;
  const config = withMemoryLimit(declared);
  const password = planPassword(scope, name, name, dataOptions);
  const container = redisContainer(config, password);
  const resource = planDataServer(scope, name, config, container, password, dependsOn);
  const host = hostOf({ name: stack, environment }, name);
  return { resource, provided: redisValues({ host, port: config.port }, password) };
}
