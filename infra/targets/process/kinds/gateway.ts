import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { installedWorkerd } from '../../../artifacts/workerd.ts';
import { builtFile } from '../../../common/roots.ts';
import { port } from '../../../fields/fields.ts';
import { alsoAt, routing, type GatewayConfig } from '../../../gateway/config.ts';
import { makeEnvironmentFolders, servicePaths } from '../../../supervisor/paths.ts';
import type { WorkloadSpec } from '../../../supervisor/spec.ts';
import { placeSchema } from '../../../provider/kind.ts';
import { basicEnvironment } from './environment.ts';
import { artifactInputs, stateSchema } from './inputs.ts';
import { workloadKind, workloadSpec } from './workload.ts';

const inputs = placeSchema.extend({
  ...artifactInputs,
  host: z.ipv4(),
  port,
  alsoAt,
  ...routing,
  state: stateSchema,
});

const runner = builtFile('programs/gateway/main.js');

export type GatewayInputs = z.infer<typeof inputs>;

/** The gateway's Worker in workerd. Its process listens itself, so that the rate limiter sees client addresses. */
export const gateway = workloadKind('Gateway', inputs, gatewaySpec, writeConfig);

function writeConfig(values: GatewayInputs): void {
  makeEnvironmentFolders(values);
  writeFileSync(configFile(values), JSON.stringify(gatewayConfig(values), null, 2), { mode: 0o600 });
}

function gatewaySpec(values: GatewayInputs): WorkloadSpec {
  const { host, port } = values;
  return workloadSpec(values, {
    artifact: values.artifact,
    command: [process.execPath, runner, configFile(values)],
    cwd: values.folder,
    env: basicEnvironment(),
    replicas: 1,
    listen: { host, port, mode: 'own' },
    health: { path: '/health', ready: '/health' },
    timeout: 30,
    restart: { policy: 'always', maxRetries: 10 },
    stop: { signal: 'SIGTERM', grace: 10 },
  });
}

export function gatewayConfig(values: GatewayInputs): GatewayConfig {
  const { folder, host, port, alsoAt, routes, rateLimit, cors, hosts, trustedHeaders, signingKey } = values;
  return {
    script: join(folder, 'worker.js'),
    workerd: installedWorkerd(values.root),
    host,
    port,
    alsoAt,
    routes,
    rateLimit,
    cors,
    hosts,
    trustedHeaders,
    signingKey,
  };
}

function configFile(values: GatewayInputs): string {
  return join(servicePaths(values).workload, 'gateway.json');
}
