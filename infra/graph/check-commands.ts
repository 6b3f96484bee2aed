import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding } from '../stack/finding.ts';
import { buildContext } from '../stack/dockerfile.ts';
import { suggest } from '../stack/nearest.ts';
import type { SourceService, Stack } from '../stack/schema.ts';
import { checkMigrations } from './migrations.ts';

/** Finds missing source folders, and Node programs, migrations and Dockerfiles that are not in their folder. */
export function checkSources(stack: Stack, root: string): Finding[] {
  return Object.entries(stack.services).flatMap(([name, service]): Finding[] => {
    if (service.kind !== 'source') return [];
    const path = ['services', name, 'source'];
    const folder = join(root, service.source);
    const state = statSync(folder, { throwIfNoEntry: false });
    if (state?.isDirectory()) {
      return [
        ...checkPrograms(['services', name], service, folder),
        ...checkMigrations(['services', name], service, folder),
        ...checkDockerfile(name, service, root),
      ];
    }
    const message = `${JSON.stringify(service.source)} ${state ? 'is not a folder' : 'does not exist'} in ${root}`;
    return [{ path, message }, ...checkDockerfile(name, service, root)];
  });
}

/** Finds missing Node programs. Skips services with `build` or a Dockerfile, which create files later. */
function checkPrograms(path: string[], service: SourceService, folder: string): Finding[] {
  const { source, runtime, build, dockerfile, start, preDeploy } = service;
  if (dockerfile !== undefined || runtime?.name === 'static') return [];
  if (start === undefined && runtime !== undefined && runtime.name !== 'node')
    return [
      {
        path,
        message: `needs "start": its runtime is ${runtime.name} (${runtime.reason}), and the folder ${JSON.stringify(source)} has no program that ${runtime.name} starts by default`,
      },
    ];
  if (build !== undefined) return [];
  const missingProgram = (field: string, command: string): Finding[] => {
    const program = /^node ([\w./-]+)\.([cm]?)js\b/.exec(command);
    if (program === null) return [];
    const [, name = '', kind = ''] = program;
    const files = [`${name}.${kind}js`, ...(kind === '' ? [`${name}.ts`] : [])];
    if (files.some((file) => existsSync(join(folder, file)))) return [];
    const message = `${JSON.stringify(command)} finds no ${files.join(' and no ')} in the folder ${JSON.stringify(source)}`;
    return [{ path: [...path, field], message }];
  };
  const main = missingProgram('source', 'node main.js').map((finding) => ({
    ...finding,
    message: `${JSON.stringify(source)} contains neither main.ts nor main.js, and the service has no "start"`,
  }));
  return [
    ...(start === undefined ? main : missingProgram('start', start)),
    ...(preDeploy?.command ?? []).flatMap((command) => missingProgram('preDeploy', command)),
  ];
}

/** Finds a missing Dockerfile, and a stage that it does not have. */
function checkDockerfile(name: string, service: SourceService, root: string): Finding[] {
  const { dockerfile } = service;
  if (dockerfile === undefined) return [];
  const file = join(buildContext(service), dockerfile.path);
  const path = ['services', name, 'dockerfile'];
  const quoted = JSON.stringify(file);
  if (!existsSync(join(root, file))) return [{ path, message: `${quoted} does not exist` }];
  const { target } = dockerfile;
  if (target === undefined || /^\d+$/.test(target)) return [];
  const text = readFileSync(join(root, file), 'utf8').replace(/\\\r?\n/g, ' ');
  const stages = [...text.matchAll(/^\s*FROM\s.*\sAS\s+(\S+)\s*$/gim)].map(([, stage = '']) => stage);
  if (stages.some((stage) => stage.toLowerCase() === target.toLowerCase())) return [];
  const message = `${JSON.stringify(target)} is not a stage of ${quoted}; ${suggest(target, stages)}`;
  return [{ path: [...path, 'target'], message }];
}
