import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { artifactsFolder } from '../infra/artifacts/artifacts-folder.ts';
import { buildRelease } from '../infra/artifacts/release.ts';
import { buildGraph } from '../infra/graph/graph.ts';
import { loadStack } from '../infra/stack/load.ts';
import { compare, timed, type Row } from './compare.ts';

/** A service with heavy requirements, and a frontend that Railhead bundles. */
const files = {
  'stack.yaml': 'name: shop\nservices: { ml: { source: ml }, frontend: { source: frontend } }\n',
  'ml/requirements.txt': 'numpy==2.2.6\nscipy==1.15.3\npandas==2.3.3\nscikit-learn==1.7.2\n',
  'ml/main.py': 'import sklearn\n',
  'frontend/main.ts': "console.log('first');\n",
};

/** Compares the builds after a change of the frontend with those of the whole system. The cache of pip is warm. */
export async function bench(): Promise<Row[]> {
  const root = mkdtempSync(join(tmpdir(), 'railhead-bench-'));
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  let version = 0;
  const build = async (...expected: string[]) => {
    const lines: string[] = [];
    const graph = buildGraph(loadStack(join(root, 'stack.yaml')), 'dev');
    const progress = (line: string) => lines.push(line);
    await buildRelease(graph, { root, preview: false, containers: undefined, progress, pins: undefined });
    const built = lines.toSorted().join(', ');
    if (built !== expected.join(', ')) throw new Error(`the builds were: ${built}`);
  };
  try {
    for (const [path, text] of Object.entries(files)) write(path, text);
    const reference = () => {
      rmSync(artifactsFolder(root), { recursive: true, force: true });
      return timed(() => build('Building frontend', 'Building ml'));
    };
    const ours = () => {
      write('frontend/main.ts', `console.log(${++version});\n`);
      return timed(() => build('Building frontend'));
    };
    const comparison = { unit: 'ms', rounds: 3, goal: { atMost: 0.12 }, ours, reference } as const;
    return [await compare('builds after a change of the frontend, against all', comparison)];
  } finally {
    rmSync(root, { recursive: true });
  }
}
