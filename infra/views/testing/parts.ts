import type { Preview, SourcePlace } from '../../changes/model.ts';

export const rota = (line: number): SourcePlace => ({ file: 'stacks/rota.yaml', line });
export const prod = (line: number): SourcePlace => ({ file: 'stacks/rota.prod.yaml', line });

/** A preview without a change. */
export const nothing: Preview = {
  environment: 'dev',
  target: 'process',
  stackFile: 'stacks/rota.dev.yaml',
  source: { kind: 'state' },
  services: [],
  same: 6,
  network: [],
  risks: [],
  policy: [],
  graph: { services: [], edges: [] },
  notes: [],
};

/** Returns the graph of Rota with these changes. */
export const graph = (
  changes: Record<string, Preview['graph']['services'][number]['change']>,
): Preview['graph'] => ({
  services: [
    ['gateway', 'gateway'],
    ['postgres', 'data'],
    ['redis', 'data'],
    ['api', 'code'],
    ['worker', 'code'],
    ['scheduler', 'code'],
    ['web', 'code'],
  ].map(([name = '', form = '']) => ({ name, form, change: changes[name] ?? 'same' })),
  edges: [
    ['gateway', 'api'],
    ['gateway', 'web'],
    ['api', 'postgres'],
    ['api', 'redis'],
    ['worker', 'postgres'],
    ['worker', 'redis'],
    ['worker', 'api'],
    ['scheduler', 'redis'],
    ['web', 'api'],
  ].map(([from = '', to = '']) => ({ from, to, change: 'same' })),
});
