import type { Text } from '../../plan/hole.ts';
import type { ResourceType } from '../../plan/resource.ts';
import type { CronInputs } from './kinds/cron.ts';
import type { GatewayInputs } from './kinds/gateway.ts';
import type { DataServerInputs } from './kinds/data-server.ts';
import type { PreDeployInputs } from './kinds/pre-deploy.ts';
import type { ServiceInputs } from './kinds/service.ts';

/** The inputs of a kind in a plan: variables can have holes, and the provider sets `state`. */
export type Args<Inputs> = Omit<Inputs, 'state' | 'variables'> &
  (Inputs extends { variables: unknown } ? { variables: Record<string, Text> } : unknown);

/** The gateway's inputs. The signing key is an output of another resource. */
export type GatewayArgs = Omit<Args<GatewayInputs>, 'signingKey'> & { signingKey?: Text };

const typeOf = <Inputs extends object>(kind: string): ResourceType<Omit<Inputs, 'state'>> => ({
  token: `railhead:process:${kind}`,
});

export const types = {
  service: typeOf<ServiceInputs>('Service'),
  cron: typeOf<CronInputs>('Cron'),
  preDeploy: typeOf<PreDeployInputs>('PreDeploy'),
  gateway: typeOf<GatewayInputs>('Gateway'),
};

/** Returns the type of a data server's resource, which is named after the product. */
export const dataServer = (title: string) => typeOf<DataServerInputs>(title);
