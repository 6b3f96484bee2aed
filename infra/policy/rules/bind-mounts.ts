import { bindMountsOf } from '../../stack/bind-mounts.ts';
import { definePolicy } from '../define.ts';
import { outsideDevelopment } from '../levels.ts';
import { canSet } from '../support.ts';

export const bindMounts = definePolicy({
  name: 'bind-mounts',
  description: 'No service mounts a folder of the repository, since its content is not part of a release.',
  levels: outsideDevelopment,
  check: (input) =>
    input.graph.services.flatMap((service) => {
      const { name, form, config } = service;
      if (form !== 'code' || !canSet(input, service, 'bindMounts')) return [];
      return bindMountsOf(config).map((mount) => ({
        path: ['services', name, 'bindMounts', mount.name],
        message: `mounts ${mount.source}, but no release contains its content: copy the folder into the image, or list single files under "files"`,
      }));
    }),
});
