import { defineConfig, type TestProjectConfiguration } from 'vitest/config';

const minute = 60_000;

/** A named part of the tests. Groups run one after the other, in order; `workers` is how many of its files run at once. */
function project(name: string, group: number, workers: number, include: string[], exclude: string[] = []) {
  return {
    extends: true,
    test: { name, include, exclude, maxWorkers: workers, sequence: { groupOrder: group } },
  } satisfies TestProjectConfiguration;
}

const processTarget = ['infra/{provider,plugin,supervisor,data,targets/process}/**/*.test.ts'];
const docker = ['infra/targets/docker/docker.test.ts', 'tests/docker/*.test.ts'];
const kubernetes = ['tests/kubernetes/*.test.ts', 'infra/targets/kubernetes/kubernetes.test.ts'];
const matrix = ['tests/matrix/*.test.ts'];
const delivery = ['{infra,tests}/**/*.engine.test.ts'];
const unit = ['{infra,services,tools,bench}/**/*.test.ts', 'tests/{,chaos/}*.test.ts'];

export default defineConfig({
  test: {
    // What Node runs in production, it runs here: no bundler in between.
    experimental: { viteModuleRunner: false, nodeLoader: false },
    pool: 'forks',
    // Bounds for what hangs. Tests wait for conditions that have deadlines of their own.
    testTimeout: 10 * minute,
    hookTimeout: 10 * minute,
    teardownTimeout: minute,
    globalSetup: 'tests/prepare.ts',
    reporters: ['./tests/totals.ts'],
    projects: [
      project('unit', 0, 2, unit, [...processTarget, ...docker, ...kubernetes, ...delivery]),
      project('process', 0, 2, processTarget, delivery),
      project('live', 1, 1, ['tests/live/*.test.ts']),
      // Their files share a daemon or a cluster.
      project('docker', 2, 1, docker),
      project('kubernetes', 3, 1, kubernetes),
      // Each file has a stack of its own, and its cells wait for deadlines most of the time.
      project('matrix', 4, 4, matrix),
      project('delivery', 5, 2, delivery),
      project('package', 6, 1, ['tests/package/*.test.ts']),
    ],
  },
});
