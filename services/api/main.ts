import { poolSize, postgresUrl, publicKey, redisUrl, serverVariables } from '../shared/environment.ts';
import { fromGateway } from '../shared/lock.ts';
import { identityOf, runProcess } from '../shared/process.ts';
import { createApi } from './app.ts';

const variables = {
  ...serverVariables,
  DATABASE_URL: postgresUrl,
  POOL_SIZE: poolSize,
  REDIS_URL: redisUrl,
  WORKER_PUBLIC_KEY: publicKey,
  WEB_PUBLIC_KEY: publicKey,
  GATEWAY_PUBLIC_KEYS: publicKey,
};

await runProcess(variables, async (environment, log) => {
  const { app, drain } = await createApi(
    {
      ...identityOf(environment),
      databaseUrl: environment.DATABASE_URL,
      poolSize: environment.POOL_SIZE,
      redisUrl: environment.REDIS_URL,
      workerPublicKey: environment.WORKER_PUBLIC_KEY,
      webPublicKey: environment.WEB_PUBLIC_KEY,
      fromGateway: await fromGateway(environment.GATEWAY_PUBLIC_KEYS, environment.RAILWAY_SERVICE_NAME),
    },
    log,
  );
  drain.onSignal(environment.DRAIN_DELAY_SECONDS);
  await app.listen({ port: environment.PORT, host: environment.HOST });
});
