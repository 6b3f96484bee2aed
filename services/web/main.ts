import { httpUrl, serverVariables } from '../shared/environment.ts';
import { runProcess } from '../shared/process.ts';
import { createWeb } from './app.ts';

await runProcess({ ...serverVariables, API_URL: httpUrl }, async (environment, log) => {
  const { app, drain } = createWeb(
    {
      service: environment.RAILWAY_SERVICE_NAME,
      replica: environment.RAILWAY_REPLICA_ID,
      apiUrl: environment.API_URL,
    },
    log,
  );
  drain.onSignal();
  await app.listen({ port: environment.PORT, host: environment.HOST });
});
