import { createTokenSigner } from 'railhead/service-token';
import { httpUrl, privateKey, publicKey, serverVariables } from '../shared/environment.ts';
import { fromGateway } from '../shared/lock.ts';
import { announcePresence } from '../shared/presence.ts';
import { identityOf, runProcess } from '../shared/process.ts';
import { sendPresence } from './api/client.ts';
import { createWeb } from './app.ts';

const variables = {
  ...serverVariables,
  API_URL: httpUrl,
  SIGNING_KEY: privateKey,
  GATEWAY_PUBLIC_KEYS: publicKey,
};

await runProcess(variables, async (environment, log) => {
  const { API_URL: url, SIGNING_KEY, GATEWAY_PUBLIC_KEYS, PORT: port, HOST: host } = environment;
  const identity = identityOf(environment);
  const api = { url, token: await createTokenSigner(SIGNING_KEY, { issuer: 'web', audience: 'api' }) };
  const options = { ...identity, api, fromGateway: await fromGateway(GATEWAY_PUBLIC_KEYS, identity.service) };
  const { app, drain, checks } = createWeb(options, log);
  announcePresence(app, { identity, checks }, (presence) => sendPresence(api, presence));
  drain.onSignal(environment.DRAIN_DELAY_SECONDS);
  await app.listen({ port, host });
});
