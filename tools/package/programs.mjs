/**
 * The files of dist/, and what each is built from. The package holds them instead of the sources, and everything that
 * starts one of Railhead's programs takes it from there.
 */

/** Files that several programs load, so that each exists once in a process, or only if it is needed. */
const shared = {
  // A target outside Railhead makes holes, and the program that loads it recognises them by their class.
  'infra/plan/hole.ts': 'hole.js',
  // The same holds for errors.
  'tools/user-error.ts': 'user-error.js',
  // Only `railhead graph --svg` needs it.
  '@viz-js/viz': 'viz.js',
};

/** Bundled CommonJS packages use these names, which ES modules do not have. */
const banner = `import { createRequire as bundledRequire } from 'node:module';
const require = bundledRequire(import.meta.url), __dirname = import.meta.dirname;`;

const node = {
  platform: 'node',
  target: 'node22.18',
  banner: { js: banner },
  // Optional native accelerators: their packages work without them.
  external: ['pg-native', 'esbuild', 'pulumi'],
};
/** Runs in a container or in an artifact, where no other file is. */
const alone = { ...node, external: [...node.external, 'workerd'], isAlone: true };
/** Services bundle these two with their own files, or install jose with Railhead. A bundle of bundles has one banner. */
const forServices = { ...alone, external: ['jose'], banner: {} };
const worker = {
  platform: 'browser',
  target: 'es2024',
  conditions: ['workerd'],
  isAlone: true,
};

/**
 * The programs that consist of parts, `dist/part-*.js`, which the programs of a group share, so that a process loads only what it
 * needs: the settings of esbuild for each group, and the entries by file of dist/.
 */
export const programsInParts = [
  {
    // Pulumi's SDK is the one that the user's program imports. It is loaded with the first module that needs it: most commands
    // do not, and it takes as long to load as all the rest.
    settings: { ...node, external: [...node.external, '@pulumi/pulumi'] },
    isLazy: true,
    entries: {
      'railhead.js': 'infra/cli/railhead.ts',
      'index.js': 'infra/railhead.ts',
      'target.js': 'infra/targets/target.ts',
      'policy-pack.js': 'infra/delivery/policy-pack/main.ts',
    },
  },
  // The engine starts the provider twice, the first time only to check its configuration.
  { settings: node, entries: { 'provider.js': 'infra/plugin/main.ts' } },
];

/** The other files of dist/: the entry of each and the settings of esbuild. */
export const programs = {
  'policy.js': { entry: 'infra/policy/define.ts', ...alone, banner: {} },
  'policy-rule.js': { entry: 'infra/policy/team/worker.ts', ...alone },
  'gateway.js': { entry: 'infra/tokens/gateway.ts', ...forServices },
  'service-token.js': { entry: 'infra/tokens/service-token.ts', ...forServices },
  'supervisor.js': { entry: 'infra/supervisor/main.ts', ...node },
  'language-host.js': { entry: 'tools/engine/language-host/main.ts', ...node },
  'programs/gateway/worker.js': { entry: 'infra/gateway/worker/worker.ts', ...worker },
  'programs/gateway/main.js': { entry: 'infra/gateway/main.ts', ...alone },
  'programs/balancer/main.js': { entry: 'infra/targets/docker/balancer/main.ts', ...alone },
  'programs/balancer/meter.js': { entry: 'infra/targets/kubernetes/canary/meter/main.ts', ...alone },
  'programs/balancer/judge.js': { entry: 'infra/targets/kubernetes/canary/judge/main.ts', ...alone },
  'programs/site/main.js': { entry: 'infra/site/main.ts', ...alone, banner: {} },
  'programs/cron/main.js': { entry: 'infra/targets/docker/cron/runner.ts', ...alone, banner: {} },
  ...Object.fromEntries(Object.entries(shared).map(([entry, file]) => [file, { entry, ...node }])),
};

/** Files of dist/ that are copies. */
export const copies = {
  'plugin/pulumi-resource-railhead': 'infra/plugin/pulumi-resource-railhead',
  'policy-pack/railhead-policy': 'infra/delivery/policy-pack/railhead-policy',
};

/** Returns the file of dist/ that stands for a module, if a program loads it instead of containing it. */
export function sharedFile(path) {
  return shared[path];
}
