/** Adds an annotation to the pods of the service `web` on Kubernetes. */
import { deploy } from 'railhead';

const system = await deploy({
  transform: {
    deployment: (args, { service }) => {
      if (service !== 'web') return args;
      const { template } = args.spec;
      const annotations = { ...template.metadata?.annotations, 'example.com/team': 'shop' };
      template.metadata = { ...template.metadata, annotations };
      return args;
    },
  },
});

export const url = system.url;
