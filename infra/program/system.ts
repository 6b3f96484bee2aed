import { output, type Output } from '@pulumi/pulumi/output.js';
import { reportUserErrors } from '../common/report.ts';
import { deployPlan } from './deploy.ts';
import { handlesOf, type ServiceHandle } from './handles.ts';
import { engineLog } from './log.ts';
import type { DeployOptions } from './options.ts';
import { PassedValues } from './passed.ts';
import { planEnvironment } from './plan.ts';
import { readSettings } from './engine-settings.ts';
import type { Plan } from '../targets/shared/target.ts';

/** A deployed system: what the user's program can use of it. */
export interface System<Service extends string = string> {
  /**
   * The public URL of the system: that of its gateway. Without a gateway in the stack file its value is undefined, and
   * Pulumi leaves an output with it out.
   */
  readonly url: Output<string>;
  /** The services by name. Reading the name of a service that the stack file does not have throws an error. */
  readonly services: Readonly<Record<Service, ServiceHandle>>;
  /** The private address of each service that has one, by name. */
  readonly addresses: Readonly<Record<string, string>>;
}

/**
 * Deploys the stack file of this Pulumi stack, which `railhead:stackFile` in its config names. The result is there once the
 * resources are planned and registered; Pulumi creates them afterwards. Wrong stack files and options reject with an error
 * that Pulumi prints without a stack trace.
 *
 *     const system = await deploy();
 *     export const url = system.url;
 *
 * Name the services for the compiler with `deploy<'api' | 'db'>()`.
 */
export function deploy<Service extends string = string>(
  options: DeployOptions<NoInfer<Service>> = {},
): Promise<System<Service>> {
  return reportUserErrors(async () => {
    const settings = readSettings();
    const passed = new PassedValues(options.values);
    const { graph, resources, plan } = await planEnvironment(settings, engineLog, {
      program: { passed, options },
      // A plain `pulumi up` previews first, and `railhead up` has checked already.
      checksTarget: settings.preview,
    });
    const context = { ...settings, passed, dependsOn: options.dependsOn, values: plan.values };
    const deployed = withoutSourceMaps(() => deployPlan(resources, context));
    return {
      url: plan.url === undefined ? output(undefined as unknown as string) : deployed.toOutput(plan.url),
      services: handlesOf(graph, plan, deployed) as Record<Service, ServiceHandle>,
      addresses: addressesOf(plan.services),
    };
  });
}

function addressesOf(services: Plan['services']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(services).flatMap(([name, { address }]) =>
      address === undefined ? [] : [[name, address]],
    ),
  );
}

/**
 * Runs `work` without the hook with which Pulumi maps stack traces to sources: Pulumi captures a trace for every resource,
 * and the hook would read source maps for 0.3 s.
 */
function withoutSourceMaps<Result>(work: () => Result): Result {
  const hook = Object.getOwnPropertyDescriptor(Error, 'prepareStackTrace');
  Reflect.deleteProperty(Error, 'prepareStackTrace');
  try {
    return work();
  } finally {
    if (hook !== undefined) Object.defineProperty(Error, 'prepareStackTrace', hook);
  }
}
