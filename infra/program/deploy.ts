import { all, secret, type Output } from '@pulumi/pulumi/output.js';
import {
  ComponentResource,
  CustomResource,
  rootStackResource,
  type Resource,
} from '@pulumi/pulumi/resource.js';
import { gatewayArtifact } from '../artifacts/programs.ts';
import { leavesOf, mapHoles } from '../plan/fill.ts';
import type { Text } from '../plan/hole.ts';
import type { PlannedResource, ProviderCheck } from '../plan/planned.ts';
import { createFiller } from './filler.ts';
import type { DeployOptions } from './options.ts';
import type { PassedValues } from './passed.ts';
import { passCheck } from './provider-check.ts';
import type { EngineSettings } from './engine-settings.ts';
import { versionOf } from './version.ts';

interface DeployContext extends Pick<EngineSettings, 'secret' | 'preview'> {
  /** The values that the user's program passes. */
  passed: PassedValues;
  /** Resources of the user's program that must exist before those of a component, by the name of the component. */
  dependsOn?: DeployOptions['dependsOn'];
  /** Texts that may be used later in addition to those of the plan. */
  values?: unknown;
}

/** The resources that were made of a plan. */
export interface Deployed {
  /** Returns an Output of a text in the plan. */
  toOutput: (text: Text) => Output<string>;
  /** Returns the component of a service. It has no resources if the service is an external server. */
  componentOf: (service: string) => ComponentResource;
}

/** Makes Pulumi resources of a plan, each below the component of its service. */
export function deployPlan(
  planned: readonly PlannedResource[],
  { secret: secretOf, preview, passed, dependsOn: awaited = {}, values }: DeployContext,
): Deployed {
  const made = new Map<PlannedResource, CustomResource>();
  const components = new Map<string, ComponentResource>();
  const checks = new Map<ProviderCheck, Promise<void>>();
  const toOutput = createFiller(
    (resource) => made.get(resource)!,
    secretOf,
    (name) => passed.outputOf(name),
  );
  const used = usedOutputs([planned.map(({ args }) => args), values]);
  for (const resource of planned) made.set(resource, make(resource));
  return { toOutput, componentOf };

  function make(resource: PlannedResource): CustomResource {
    const { component, type, name, args, options } = resource;
    const {
      dependsOn = [],
      requires,
      last = false,
      secretArgs = [],
      secretOutputs = [],
      ...others
    } = options;
    const properties = mapHoles(args, toOutput) as Record<string, unknown>;
    for (const property of secretArgs) properties[property] = secret(properties[property]);
    const before: Resource[] = [
      ...dependsOn.map((other) => made.get(other)!),
      ...((component !== undefined && awaited[component]) || []),
    ];
    return new PlainResource(
      type,
      name,
      { ...used.get(resource), ...properties },
      {
        ...others,
        ...versionOf(type),
        dependsOn: last
          ? afterAll([...made.values()])
          : requires === undefined || preview
            ? before
            : afterCheck(requires, before),
        additionalSecretOutputs: secretOutputs,
        ...(component !== undefined && {
          parent: componentOf(component),
          // In the state of earlier versions, no resource has a component.
          aliases: [{ parent: rootStackResource }],
        }),
      },
    );
  }

  function componentOf(name: string): ComponentResource {
    const existing = components.get(name);
    if (existing !== undefined) return existing;
    const type = `railhead:index:${name === gatewayArtifact ? 'Gateway' : 'Service'}`;
    const component = new ComponentResource(type, name);
    components.set(name, component);
    return component;
  }

  async function afterCheck(check: ProviderCheck, resources: Resource[]): Promise<Resource[]> {
    const running = checks.get(check) ?? passCheck(check);
    checks.set(check, running);
    await running;
    return resources;
  }
}

/** Waits for the engine's answer about each resource. Returns no dependencies. Never returns if a resource fails. */
function afterAll(resources: CustomResource[]): Promise<Resource[]> {
  return new Promise((resolve) => all(resources.map(({ urn }) => urn)).apply(() => resolve([])));
}

/** A resource of any type, without the SDK of its provider. */
class PlainResource extends CustomResource {}

/** By resource: the outputs that the texts use, without a value. Pulumi creates an Output for each property that it is given. */
function usedOutputs(texts: unknown): Map<PlannedResource, Record<string, undefined>> {
  const used = new Map<PlannedResource, Record<string, undefined>>();
  for (const leaf of leavesOf(texts)) {
    if (leaf.kind !== 'output') continue;
    const [property = ''] = leaf.property.split('.');
    used.set(leaf.resource, {
      ...used.get(leaf.resource),
      ...(property !== 'id' && { [property]: undefined }),
    });
  }
  return used;
}
