/** The Pulumi program of `project.ts`: deploys the example gateway with the changes in `changes.json`. */
import { readFileSync } from 'node:fs';
import type { Output } from '@pulumi/pulumi';
import { deployCloudflare } from '../index.ts';
import { exampleGateway, exampleOptions } from './options.ts';

const { gateway, ...changes } = JSON.parse(readFileSync('changes.json', 'utf8')) as { gateway?: object };

let token: Output<string> | undefined;
export const url = deployCloudflare(
  exampleOptions({
    ...changes,
    gateway: exampleGateway(gateway),
    connect: (given) => {
      token = given;
      return [];
    },
  }),
);
export const tunnelToken = token;
