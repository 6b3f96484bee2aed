import tseslint from 'typescript-eslint';

/** The folders of infra, in the order of the pipeline: a folder may import only from earlier folders. */
const pipeline = ['stack', 'graph', 'artifacts', 'gateway', 'targets', 'delivery', 'cli'];

const oneWay = pipeline.slice(0, -1).map((folder, index) => {
  const later = pipeline.slice(index + 1).join('|');
  const patterns = [
    {
      regex: `(^|/)(${later})/`,
      message: `infra/${folder} is earlier in the pipeline and cannot import from later folders`,
    },
  ];
  if (['stack', 'graph'].includes(folder)) {
    patterns.push({
      regex: '^@pulumi/',
      message: `infra/${folder} works on plain data and cannot import Pulumi`,
    });
  }
  return { files: [`infra/${folder}/**/*.ts`], rules: { 'no-restricted-imports': ['error', { patterns }] } };
});

export default tseslint.config(
  { ignores: ['node_modules', '.railhead', 'services/*/public'] },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
    },
  },
  {
    files: ['services/**/*.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: ['**/infra/**'] }] },
  },
  ...oneWay,
  { files: ['infra/graph/values.ts'], rules: { 'no-restricted-imports': 'off' } },
);
