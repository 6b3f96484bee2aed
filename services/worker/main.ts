import {
  httpUrl,
  poolSize,
  postgresUrl,
  privateKey,
  redisUrl,
  serverVariables,
} from '../shared/environment.ts';
import { identityOf, runProcess } from '../shared/process.ts';
import { createWorker } from './app.ts';

const variables = {
  ...serverVariables,
  DATABASE_URL: postgresUrl,
  POOL_SIZE: poolSize,
  REDIS_URL: redisUrl,
  API_URL: httpUrl,
  SIGNING_KEY: privateKey,
};

await runProcess(variables, async (environment, log) => {
  const { app, drain } = await createWorker(
    {
      ...identityOf(environment),
      databaseUrl: environment.DATABASE_URL,
      poolSize: environment.POOL_SIZE,
      redisUrl: environment.REDIS_URL,
      apiUrl: environment.API_URL,
      signingKey: environment.SIGNING_KEY,
    },
    log,
  );
  drain.onSignal(environment.DRAIN_DELAY_SECONDS);
  await app.listen({ port: environment.PORT, host: environment.HOST });
});
