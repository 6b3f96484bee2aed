import type { Input, Output } from '@pulumi/pulumi';
import { CustomResource, type CustomResourceOptions } from '@pulumi/pulumi/resource.js';
import type { CronInputs } from './kinds/cron.ts';
import type { GatewayInputs } from './kinds/gateway.ts';
import type { DataServerInputs } from './kinds/data-server.ts';
import type { PreDeployInputs } from './kinds/pre-deploy.ts';
import type { ServiceInputs } from './kinds/service.ts';

/** The inputs of a kind in the program: variables can be outputs of other resources, and the provider sets `state`. */
export type Args<Inputs> = Omit<Inputs, 'state' | 'variables'> &
  (Inputs extends { variables: unknown } ? { variables: Record<string, Input<string>> } : unknown);

export class Service extends CustomResource {
  constructor(name: string, args: Args<ServiceInputs>, options?: CustomResourceOptions) {
    super('railhead:process:Service', name, args, options);
  }
}

export class Cron extends CustomResource {
  constructor(name: string, args: Args<CronInputs>, options?: CustomResourceOptions) {
    super('railhead:process:Cron', name, args, options);
  }
}

export class PreDeploy extends CustomResource {
  constructor(name: string, args: Args<PreDeployInputs>, options?: CustomResourceOptions) {
    super('railhead:process:PreDeploy', name, args, options);
  }
}

/** The gateway's inputs. The signing key is an output of another resource. */
export type GatewayArgs = Omit<Args<GatewayInputs>, 'signingKey'> & { signingKey?: Input<string> };

export class Gateway extends CustomResource {
  constructor(name: string, args: GatewayArgs, options?: CustomResourceOptions) {
    super('railhead:process:Gateway', name, args, options);
  }
}

export class Postgres extends CustomResource {
  declare readonly ownerPassword: Output<string>;
  declare readonly appPassword: Output<string>;
  declare readonly readonlyPassword: Output<string>;

  constructor(name: string, args: Args<DataServerInputs>, options?: CustomResourceOptions) {
    const outputs = { ownerPassword: undefined, appPassword: undefined, readonlyPassword: undefined };
    super('railhead:process:Postgres', name, { ...args, ...outputs }, options);
  }
}

export class Redis extends CustomResource {
  declare readonly password: Output<string>;

  constructor(name: string, args: Args<DataServerInputs>, options?: CustomResourceOptions) {
    super('railhead:process:Redis', name, { ...args, password: undefined }, options);
  }
}
