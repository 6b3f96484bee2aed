import type { Resource } from '@pulumi/pulumi';
import type { DataService } from '../../../data/index.ts';
import { withMemoryLimit } from '../../../containers/limits.ts';
import { redisContainer } from '../../../containers/redis.ts';
import { createPassword } from '../../shared/generated.ts';
import { redisValues } from '../../../servers/values.ts';
import { deployDataServer } from '../data/deploy.ts';
import { dataOptions, hostOf, type DataServer, type Scope } from '../scope.ts';

/** Deploys Redis with a password and its append-only file on a volume. */
export function deployRedis(
  scope: Scope,
  { name, config: declared }: { name: string; config: DataService },
  dependsOn: Resource[],
): DataServer {
  const { stack, environment } = scope;
  const config = withMemoryLimit(declared);
  const password = createPassword(scope, name, dataOptions);
  const container = redisContainer(config, password);
  const resource = deployDataServer(scope, name, config, container, password, dependsOn);
  const host = hostOf({ name: stack, environment }, name);
  return { resource, provided: redisValues({ host, port: config.port }, password) };
}
