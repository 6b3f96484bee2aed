import type { PreviewDocument } from '../../changes/model.ts';
import { everything } from './everything.ts';
import { graph, nothing, rota } from './parts.ts';

/** Previews that are written by hand. Their views are in `infra/views/golden`, so that a diff shows what a reader would see. */

const empty: PreviewDocument = {
  version: 1,
  railhead: '0.1.0',
  environments: [
    {
      ...nothing,
      source: {
        kind: 'state',
        commit: { hash: '7b326c1d20f7e4a6d2f1', subject: 'The scheduler logs its next run' },
        deployed: { hash: '7b326c1d20f7e4a6d2f1', subject: 'The scheduler logs its next run' },
      },
      graph: graph({}),
      digest: '4be1f6a09c52d718',
    },
  ],
};

/** One line of a stack file: a log level that three services share. */
const small: PreviewDocument = {
  version: 1,
  railhead: '0.1.0',
  environments: [
    {
      ...nothing,
      source: { kind: 'state', commit: { hash: 'd52be905c17a66f1b0c8', subject: 'Log what the queue does' } },
      services: ['api', 'worker'].map((service, index) => ({
        service,
        change: 'changed',
        place: rota(index === 0 ? 11 : 31),
        causes: [{ kind: 'variable', name: 'LOG_LEVEL', via: ['shared.LOG_LEVEL'], place: rota(5) }],
        values: [{ name: 'LOG_LEVEL', before: 'info', after: 'debug' }],
        size: {},
        rollout: {
          order: index + 1,
          restarts: true,
          handover: 'together',
          gates: ['/health/ready within 60 s'],
          drain: 25,
        },
        resources: [
          {
            type: 'railhead:process:Service',
            name: service,
            operation: 'update',
            paths: ['variables.LOG_LEVEL'],
          },
        ],
      })),
      same: 4,
      graph: graph({ api: 'changed', worker: 'changed' }),
      seconds: 41,
      digest: '9d0f6c1e7ab3452f',
    },
  ],
};

/** The later side cannot be deployed. */
const broken: PreviewDocument = {
  version: 1,
  railhead: '0.1.0',
  environments: [
    {
      ...nothing,
      same: 0,
      source: {
        kind: 'commits',
        base: { hash: '7b326c1d20f7e4a6d2f1', subject: 'The scheduler logs its next run' },
        head: { hash: 'e5d1120c8f34ab907c6d', subject: 'More replicas' },
      },
      problems: [
        'stacks/rota.yaml:19:15: services.api.replicas: expected a number of at least 1, not `many`.',
        'stacks/rota.yaml:44:18: services.worker.variables.API_URL: there is no service `apii`. Did you mean `api`?',
      ],
    },
  ],
};

export const documents = { empty, small, everything, broken };
