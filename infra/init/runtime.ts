import { dirname, join } from 'node:path';
import { detectRuntime, type Detected } from '../runtimes/detect.ts';
import { openFolder } from '../runtimes/folder.ts';
import { runtimeKinds, type RuntimeName } from '../runtimes/index.ts';
import type { Started } from './node.ts';
import { codeFiles } from './ports.ts';
import type { Repository, Unit } from './types.ts';

/** Determines the runtime of a unit and its default commands, as `up` does for a service without commands. */
export function unitRuntime({ folder }: Unit, { root }: Repository): Detected {
  return detectRuntime(openFolder(join(root, folder)), undefined, {});
}

/** Whether a unit with a package.json starts on another runtime than Node. */
export function startsWithoutNode({ runtime, start }: Detected): boolean {
  return (runtime.name === 'bun' || runtime.name === 'deno') && start !== undefined;
}

/**
 * Returns how the runtime of a unit starts it; undefined if no file shows a runtime, or if the runtime is one whose programs `init` looks
 * for in the code.
 */
export function fromRuntime(
  unit: Unit,
  { runtime: { name, reason }, start }: Detected,
  repository: Repository,
): Started {
  if (reason === undefined || ['node', 'go', 'python'].includes(name)) return undefined;
  if (name === 'static') return staticSite(unit, reason, start);
  const shown = `${runtimeKinds[name].contents} in ${reason}`;
  const library = whyLibrary(unit, name, repository);
  if (library !== undefined) return { unfit: `${shown}: ${library}` };
  if (start !== undefined) return { start, reason: `${shown}, which starts with "${start}"` };
  if (unit.files.includes('package.json')) return undefined;
  return { unfit: `${shown}: no file shows the command that starts it; write the service with "start"` };
}

/** Returns what shows that a project of a compiled runtime is no program by itself; undefined if it is one. */
function whyLibrary(unit: Unit, name: RuntimeName, { files }: Repository): string | undefined {
  if (name === 'dotnet') {
    const program = /Sdk="Microsoft\.NET\.Sdk\.(?:Web|Worker)"|<OutputType>\s*Exe/i;
    const projects = unit.files.filter((path) => /^[^/]+\.(cs|fs)proj$/.test(path));
    return projects.some((path) => program.test(unit.text(path)))
      ? undefined
      : 'its project is a library or a test';
  }
  if (name !== 'java') return undefined;
  const manifests = ['pom.xml', 'build.gradle', 'build.gradle.kts'];
  // Quarkus makes the main method.
  if (/quarkus/.test(manifests.map(unit.text).join(''))) return undefined;
  const settings = files.find(
    (file) =>
      /(^|\/)settings\.gradle(\.kts)?$/.test(file) && `${unit.folder}/`.startsWith(`${dirname(file)}/`),
  );
  if (settings !== undefined && dirname(settings) !== unit.folder)
    return `a build of ${settings} makes it; write a service with that folder as "source", "build" and "start"`;
  const hasMain = codeFiles(unit).some((path) => /\b(?:void|fun) main\s*\(/.test(unit.text(path)));
  return hasMain ? undefined : 'its code has no main method';
}

function staticSite({ folder, files }: Unit, reason: string, start: string | undefined): Started {
  // Railhead's server would publish the stack files, too.
  if (folder === '.' && files.includes('index.html'))
    return { unfit: 'index.html is among the files of the project; move the site to a folder of its own' };
  return { start, usualPort: 3000, reason: `static files in ${reason}` };
}
