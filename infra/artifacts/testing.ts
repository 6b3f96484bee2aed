import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import type { GraphService, ServiceGraph } from '../graph/types.ts';
import type { Runtime } from '../runtimes/index.ts';
import { buildRelease } from './release.ts';

/** The fields of a service on which its artifact depends. */
export interface Config {
  runtime?: Runtime;
  build?: string;
  buildSecrets?: string[];
  start?: string;
  dockerfile?: { path: string; args: Record<string, string> };
  preDeploy?: { command: string[]; migrations?: string };
}

/** Gives each test of a file an empty project in a temporary folder, and returns what works in it. */
export function temporaryProject() {
  const project = { root: '', built: [] as string[] };
  beforeEach(async () => {
    project.root = await mkdtemp(join(tmpdir(), 'railhead-artifacts-'));
  });
  afterEach(() => rm(project.root, { recursive: true, force: true }));

  /** Builds a release. `project.built` are its progress lines. */
  function release(services: Record<string, Config>, preview = false) {
    project.built = [];
    const progress = (line: string) => project.built.push(line);
    return buildRelease(graphOf(services), {
      root: project.root,
      preview,
      containers: undefined,
      progress,
      pins: undefined,
    });
  }

  async function source(service: string, files: Record<string, string>): Promise<void> {
    for (const [path, content] of Object.entries(files)) await change(service, path, content);
  }

  function change(service: string, path: string, content: string): Promise<void> {
    return write(join('services', service, path), content);
  }

  async function write(path: string, content: string): Promise<void> {
    const file = join(project.root, path);
    await mkdir(join(file, '..'), { recursive: true });
    await writeFile(file, content);
  }

  async function touch(service: string, path: string): Promise<void> {
    const later = new Date(Date.now() + 60_000);
    await utimes(join(project.root, 'services', service, path), later, later);
  }

  /** Lists finished and unfinished artifact folders, without the input caches and the digests. */
  async function artifacts(): Promise<string[]> {
    const names = await readdir(join(project.root, '.railhead/artifacts')).catch(() => []);
    return names.filter((name) => !/\.(inputs\.json|content)$/.test(name));
  }

  return { project, release, source, change, write, touch, artifacts };
}

/** Returns a graph of source services with these fields. */
export function graphOf(services: Record<string, Config>): ServiceGraph {
  const asService = ([name, config]: [string, Config]) =>
    ({
      name,
      form: 'code',
      config: { kind: 'source', source: `services/${name}`, ...config },
    }) as unknown as GraphService;
  return {
    name: 'test',
    environment: 'test',
    services: Object.entries(services).map(asService),
    edges: [],
    gateway: undefined,
    volumes: {},
    imagePullSecrets: [],
    images: { node: 'node:24-slim' },
    observability: false,
  };
}

/** Runs a file of a folder with Node and returns what it prints. */
export function execute(folder: string, file: string, ...args: string[]): string {
  return execFileSync(process.execPath, [file, ...args], { cwd: folder, encoding: 'utf8' });
}
