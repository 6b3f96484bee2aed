/** Refuses images on Kubernetes that do not come from the registry of the team. */
import { RunError } from '@pulumi/pulumi';
import { deploy } from 'railhead';

const system = await deploy({
  transform: {
    deployment: (args, { name }) => {
      for (const { image } of args.spec?.template.spec?.containers ?? []) {
        // The image of an artifact is known once it is pushed; the stack file names its registry.
        if (typeof image !== 'string' || image.startsWith('registry.example.com/')) continue;
        // Pulumi prints a RunError without its stack trace.
        throw new RunError(`The Deployment ${name} uses ${image}, which is not in registry.example.com.`);
      }
      return args;
    },
  },
});

export const url = system.url;
