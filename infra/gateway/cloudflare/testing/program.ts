/** The Pulumi program of `project.ts`: deploys the example gateway with the changes in `changes.json`. */
import { readFileSync } from 'node:fs';
import { isDryRun } from '@pulumi/pulumi/runtime/settings.js';
import { secret } from '@pulumi/pulumi/output.js';
import type { Hole } from '../../../plan/hole.ts';
import { deployPlan } from '../../../program/deploy.ts';
import { PassedValues } from '../../../program/passed.ts';
import { planCloudflare } from '../index.ts';
import { exampleGateway, exampleOptions } from './options.ts';

const { gateway, ...changes } = JSON.parse(readFileSync('changes.json', 'utf8')) as { gateway?: object };

let token: Hole | undefined;
const options = exampleOptions({
  ...changes,
  gateway: exampleGateway(gateway),
  connect: (given) => {
    token = given;
    return [];
  },
});
const planned = planCloudflare(options);
const { toOutput } = deployPlan(options.resources.all, {
  secret: (name) => secret(name),
  preview: isDryRun(),
  passed: new PassedValues(),
});
export const url = toOutput(planned);
export const tunnelToken = toOutput(token!);
