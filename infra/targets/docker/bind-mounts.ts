import type { ServiceGraph } from '../../graph/types.ts';
import { bindMountsOf } from '../../stack/bind-mounts.ts';
import type { Check } from '../shared/check.ts';
import { isElsewhere } from './kinds/free-port.ts';

/** Checks that the daemon has the folders of this machine that services mount. */
export function checkBindMounts({ services }: ServiceGraph, dockerHost: string | undefined): Check[] {
  const mounting = services.flatMap(({ name, form, config }) =>
    form === 'code' && bindMountsOf(config).length > 0 ? [`services.${name}.bindMounts`] : [],
  );
  if (mounting.length === 0) return [];
  const name = 'Bind mounts';
  if (!isElsewhere(dockerHost)) return [{ name, found: 'the daemon runs on this machine' }];
  return [
    {
      name,
      found: `${mounting.join(', ')}: the daemon at ${dockerHost} may be on another machine, which does not have the folder. Write \`bindMounts: null\` in the overlay of this environment, or use the daemon of this machine.`,
      mend: 'unset DOCKER_HOST',
    },
  ];
}
