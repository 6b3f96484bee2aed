import { join } from 'node:path';
import { detectRuntime } from '../runtimes/detect.ts';
import { openFolder } from '../runtimes/folder.ts';
import { hasBuiltImage, isCode, type Service, type Stack } from '../stack/schema.ts';

/** Returns a stack in which each source service has its runtime, and the commands of the runtime that it leaves out. */
export function withRuntimes(stack: Stack, root: string): Stack {
  const services = Object.entries(stack.services).map(([name, service]) => [name, complete(service, root)]);
  return { ...stack, services: Object.fromEntries(services) as Stack['services'] };
}

function complete(service: Service, root: string): Service {
  if (!isCode(service) || !hasBuiltImage(service)) return service;
  const folder = openFolder(join(root, service.source));
  const { runtime, build, start } = detectRuntime(folder, service.runtime, service);
  return {
    ...service,
    runtime,
    ...(build !== undefined && { build }),
    ...(start !== undefined && { start }),
  };
}
