import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { succeed, type TestSystem } from './system.ts';

interface Resource {
  urn: string;
  type: string;
  parent?: string;
}

/** Pulumi's export of a state. */
interface Export {
  deployment: { resources: Resource[] };
}

const componentType = /^railhead:index:/;

/** Returns the names of the components in the state of a system, sorted. */
export async function componentsOf(system: TestSystem): Promise<string[]> {
  const { deployment } = await exportState(system);
  const components = deployment.resources.filter(({ type }) => componentType.test(type));
  return components.map(({ urn }) => urn.slice(urn.lastIndexOf('::') + 2)).toSorted();
}

/** Moves all resources out of their components and removes these: versions without components left such a state. */
export async function removeComponents(system: TestSystem): Promise<void> {
  const { deployment, ...others } = await exportState(system);
  const stack = deployment.resources.find(({ type }) => type === 'pulumi:pulumi:Stack')!;
  const resources = deployment.resources
    .filter(({ type }) => !componentType.test(type))
    .map((resource) => ({
      ...resource,
      ...(componentType.test(typeOf(resource.parent)) && { parent: stack.urn }),
    }));
  // A URN contains the type of the parent: `railhead:index:Service$railhead:process:Service::api`.
  const text = JSON.stringify({ ...others, deployment: { ...deployment, resources } });
  system.write('state.json', text.replaceAll(/railhead:index:\w+\$/g, ''));
  await succeed(system.pulumi('stack', 'import', '--file', 'state.json'));
}

async function exportState(system: TestSystem): Promise<Export> {
  await succeed(system.pulumi('stack', 'export', '--file', 'state.json'));
  return JSON.parse(readFileSync(join(system.root, 'state.json'), 'utf8')) as Export;
}

/** Returns the type in a URN: `urn:pulumi:<stack>::<project>::<type>::<name>`. */
function typeOf(urn = ''): string {
  return urn.split('::')[2] ?? '';
}
