import { createNodeResolver, importX } from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';

/** The folders of infra, in the order of the pipeline: a folder may import only from earlier folders. */
const pipeline = [
  'tokens',
  'common',
  'site',
  'store',
  'fields',
  'data',
  'runtimes',
  'stack',
  'graph',
  'releases',
  'plan',
  'artifacts',
  'gateway',
  'balancer',
  'canary',
  'supervisor',
  'containers',
  'provider',
  'targets',
  'plugin',
  'changes',
  'program',
  'policy',
  'views',
  'delivery',
  'github',
  'init',
  'import',
  'cli',
];

const targets = ['process', 'docker', 'kubernetes'];

const zones = [
  ...pipeline.slice(0, -1).map((folder, index) => ({
    target: `./infra/${folder}`,
    from: pipeline.slice(index + 1).map((later) => `./infra/${later}`),
    message: `infra/${folder} is earlier in the pipeline and cannot import from later folders.`,
  })),
  ...targets.map((target) => ({
    target: `./infra/targets/${target}`,
    from: targets.filter((other) => other !== target).map((other) => `./infra/targets/${other}`),
    message: 'Targets do not know each other. Put what they share into infra/targets/shared.',
  })),
  {
    target: './infra/targets/shared',
    from: targets.map((target) => `./infra/targets/${target}`),
    message: 'infra/targets/shared is what targets are built from, and cannot import one of them.',
  },
  ...['cli', 'delivery', 'program'].map((folder) => ({
    target: `./infra/${folder}`,
    from: targets.map((target) => `./infra/targets/${target}`),
    message: 'What differs between targets is a member of their contract, infra/targets/shared/target.ts.',
  })),
  {
    target: './tools',
    from: ['./infra', './services', './tests', './bench'],
    message: 'tools/ stands alone.',
  },
  {
    target: './infra',
    from: ['./tests', './bench'],
    message: 'The product cannot import its tests.',
  },
  {
    target: './infra/gateway/worker',
    from: ['./infra', './tools'],
    except: ['./gateway/worker', './tokens'],
    message: 'The Worker runs on Cloudflare: it consists of its own folder and infra/tokens.',
  },
  {
    target: './infra/tokens',
    from: './tools',
    message: 'Services contain infra/tokens, so it stands alone.',
  },
];

/** Holds for the tests of the product too. */
const productZone = {
  target: './infra',
  from: './services',
  message: 'The product cannot import the services of a system. A test of both belongs into tests/.',
};

const syntax = [
  {
    selector: 'ImportDeclaration[source.value="zod"] > :not(ImportNamespaceSpecifier, Literal)',
    message: "import * as z from 'zod': a bundle then leaves out the parts of zod that nothing uses.",
  },
];

export default tseslint.config(
  { ignores: ['node_modules', '.railhead', 'dist', 'infra/api', 'services/*/public'] },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    plugins: { import: importX },
    languageOptions: { parserOptions: { projectService: true } },
    settings: {
      'import-x/resolver-next': [createNodeResolver({ extensions: ['.ts'] })],
      'import-x/extensions': ['.ts'],
    },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      'no-restricted-syntax': ['error', ...syntax],
    },
  },
  {
    files: ['**/*.ts'],
    rules: { 'import/no-restricted-paths': ['error', { zones: [productZone] }] },
  },
  {
    // Tests drive a part through what comes after it.
    files: ['**/*.ts'],
    ignores: ['**/*.test.ts', '**/testing/**'],
    rules: { 'import/no-restricted-paths': ['error', { zones: [...zones, productZone] }] },
  },
  {
    files: ['infra/{cli,delivery,program}/**/*.ts', 'infra/*.ts'],
    ignores: ['**/*.test.ts', '**/testing/**'],
    rules: {
      'no-restricted-syntax': [
        'error',
        ...syntax,
        {
          selector: `:matches(Literal[value=/^(${targets.join('|')})$/], TemplateElement[value.raw=/target (${targets.join('|')})\\b/])`,
          message:
            'No target is named here: what differs between targets is a member of their contract, infra/targets/shared/target.ts.',
        },
      ],
    },
  },
  {
    // Node 12 must be able to parse it, and has import() but neither ?. nor ??.
    files: ['tools/railhead.mjs'],
    languageOptions: { ecmaVersion: 2020 },
    rules: { 'no-restricted-syntax': ['error', 'ChainExpression', 'LogicalExpression[operator="??"]'] },
  },
  {
    files: ['services/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: ['**/infra/**'],
              message: "Services import the product's public surface, such as railhead/gateway.",
            },
          ],
        },
      ],
    },
  },
  {
    files: ['infra/{fields,data,stack,graph,plan,artifacts,gateway,containers,targets}/**/*.ts'],
    ignores: ['**/*.test.ts', '**/testing/**'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: '^@pulumi/',
              allowTypeImports: true,
              message: 'A plan is plain data: infra/program makes resources of it. Import types only.',
            },
          ],
        },
      ],
    },
  },
);
