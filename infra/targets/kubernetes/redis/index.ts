import type { Resource } from '@pulumi/pulumi';
import type { DataService } from '../../../stack/schema.ts';
import { redisContainer } from '../../containers/redis.ts';
import { Password } from '../../generated.ts';
import { redisValues } from '../../provided.ts';
import { deployDataServer } from '../data/deploy.ts';
import { withLimits } from '../data/stateful-set.ts';
import { dataOptions, hostOf, type DataServer, type Scope } from '../scope.ts';

/** Redis with its log on a disk and a password. */
export function deployRedis(
  scope: Scope,
  { name, config }: { name: string; config: DataService },
  dependsOn: Resource[],
): DataServer {
  const { root, stack, environment } = scope;
  const limited = withLimits(config);
  const { password } = new Password(name, { root, environment, name }, dataOptions(scope));
  const resource = deployDataServer(
    scope,
    name,
    limited,
    redisContainer(limited, password),
    password,
    dependsOn,
  );
  const host = hostOf({ name: stack, environment }, name);
  return { resource, provided: redisValues({ host, port: config.port }, password) };
}
