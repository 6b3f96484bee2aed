import { localServers, type LocalOptions } from '../../local/server.ts';
import { prepareRedis } from './config.ts';
import { describeRedis, ensureRedis, findRedis, type RedisServer } from './find.ts';
import { waitForRedis } from './ready.ts';

export const servers = localServers(findRedis, ensureRedis, describe);

function describe(server: RedisServer, version: string) {
  const description = describeRedis(server, version);
  return {
    description,
    origin: server.origin,
    prepare({ folder, host, port, settings }: LocalOptions) {
      const { config, password } = prepareRedis({ folder, host, port, settings });
      return Promise.resolve({
        artifact: description,
        command: [server.executable, config],
        cwd: folder,
        stop: { signal: 'SIGTERM' as const, grace: 30 },
        passwords: { default: password },
        complete: () => waitForRedis({ host, port }, password),
      });
    },
  };
}
