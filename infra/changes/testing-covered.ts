import { stringify } from 'yaml';
import { compareSides } from './testing.ts';

export const canary = 'canary-51c7aa';
export const secret = '${{secret.TOKEN}}';

export interface Side {
  /** Fields of the service `api`. */
  api?: object;
  /** Variables of `api`. */
  variables?: object;
  /** Fields of the stack. */
  stack?: object;
  /** Other services. */
  others?: object;
}

export const code = { source: 'infra/graph', start: './run' };
export const side = ({ api, variables, stack, others }: Side) => ({
  text: stringify({
    name: 'shop',
    services: {
      api: { ...code, ...api, variables: { LEVEL: 'info', ...variables } },
      web: { ...code, start: `./web --key ${canary}` },
      ...others,
    },
    ...stack,
  }),
});

export function compare(before: Side, after: Side) {
  return compareSides(side(before), side(after), { api: 'update', gateway: 'update' });
}

export const fieldIn = ({ services }: ReturnType<typeof compare>, path: string) => {
  const causes = services.flatMap((change) => change.causes);
  const found = causes.find((one) => one.kind === 'field' && one.path === path);
  return found?.kind === 'field' ? [found.before, found.after] : undefined;
};

export const valueIn = ({ services }: ReturnType<typeof compare>, name: string) => {
  const value = services[0]?.values.find((one) => one.name === name);
  return value && [value.before, value.after];
};

export const uses = { variables: { B: secret } };
