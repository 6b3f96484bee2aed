import type { Output } from '@pulumi/pulumi/output.js';
import type { ComponentResource } from '@pulumi/pulumi/resource.js';
import { userError } from '../common/report.ts';
import type { ServiceGraph } from '../graph/types.ts';
import { suggest } from '../stack/nearest.ts';
import type { Plan } from '../targets/shared/target.ts';
import type { Deployed } from './deploy.ts';

/** A service of a deployed system. */
export interface ServiceHandle {
  /**
   * Contains all resources of the service. A resource of the program with `dependsOn: system.services.api.component` is
   * created once the service is ready.
   */
  readonly component: ComponentResource;
  /**
   * The private address of the service: `http://127.88.4.1:3001`. Undefined if the service does not listen, if it is an
   * external server, and on Docker, where a container reaches the service by its name, as `values.URL` says.
   */
  readonly address: string | undefined;
  /**
   * The variables that the service provides without declaring them, such as `DATABASE_URL` of a Postgres or `URL` of a
   * service with a port. Passwords, and texts that contain them, are secret.
   */
  readonly values: Readonly<Record<string, Output<string>>>;
}

/** Returns the handles of all services by name. */
export function handlesOf(
  { services }: Pick<ServiceGraph, 'services'>,
  plan: Plan,
  { toOutput, componentOf }: Deployed,
): Readonly<Record<string, ServiceHandle>> {
  const handles = services.map(({ name }): [string, ServiceHandle] => {
    const provided = plan.values[name] ?? {};
    const values = lazily(Object.keys(provided), (key) => toOutput(provided[key]!));
    return [
      name,
      {
        component: componentOf(name),
        address: plan.services[name]?.address,
        values: onlyKnown(values, /^[A-Z][A-Z0-9_]*$/, `${JSON.stringify(name)} provides no variable`),
      },
    ];
  });
  return onlyKnown(
    Object.fromEntries(handles),
    /^(?!then$)[a-z][a-z0-9-]*$/,
    'the stack file has no service',
  );
}

/** Returns a record whose values are made when they are read. */
function lazily<Value>(names: string[], make: (name: string) => Value): Record<string, Value> {
  const record: Record<string, Value> = {};
  for (const name of names) Object.defineProperty(record, name, { enumerable: true, get: () => make(name) });
  return record;
}

/**
 * Returns the record, from which reading an unknown name throws: `undefined` would silently leave out a property of a
 * resource. Names that do not match `form` are those that JavaScript and Pulumi look for in every object.
 */
function onlyKnown<Value>(
  record: Record<string, Value>,
  form: RegExp,
  problem: string,
): Record<string, Value> {
  return new Proxy(record, {
    get(known, name) {
      if (typeof name === 'string' && form.test(name) && !(name in known)) {
        throw userError(`${problem} ${JSON.stringify(name)}; ${suggest(name, Object.keys(known))}`);
      }
      return Reflect.get(known, name) as Value;
    },
  });
}
