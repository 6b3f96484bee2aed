/**
 * Lets the pods of all services on Kubernetes pull images with a Secret of the namespace, which the config of the
 * environment names: `npm run pulumi -- config set shop:pullSecret team-registry`.
 */
import { Config } from '@pulumi/pulumi';
import { deploy } from 'railhead';

const name = new Config('shop').require('pullSecret');

const system = await deploy({
  transform: {
    serviceAccount: (args) => ({ ...args, imagePullSecrets: [{ name }] }),
  },
});

export const url = system.url;
