import { httpUrl, privateKey, serverVariables } from '../shared/environment.ts';
import { announcePresence } from '../shared/presence.ts';
import { identityOf, runProcess } from '../shared/process.ts';
import { createTokenSigner } from '../shared/service-token.ts';
import { sendPresence } from './api/client.ts';
import { createWeb } from './app.ts';

const variables = { ...serverVariables, API_URL: httpUrl, SIGNING_KEY: privateKey };

await runProcess(variables, async (environment, log) => {
  const { API_URL: apiUrl, SIGNING_KEY, PORT: port, HOST: host } = environment;
  const identity = identityOf(environment);
  const { app, drain, checks } = createWeb({ ...identity, apiUrl }, log);
  const token = await createTokenSigner(SIGNING_KEY, { issuer: 'web', audience: 'api' });
  announcePresence(app, { identity, checks }, async (presence) =>
    sendPresence(apiUrl, presence, await token()),
  );
  drain.onSignal();
  await app.listen({ port, host });
});
