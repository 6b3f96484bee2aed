import type { PreviewDocument } from '../../changes/model.ts';
import { allServices } from './all-services.ts';
import { graph, nothing, prod, rota } from './parts.ts';

/** Everything that a preview can show, in one document. */
export const everything: PreviewDocument = {
  version: 1,
  railhead: '0.1.0',
  environments: [
    {
      environment: 'prod',
      target: 'kubernetes',
      stackFile: 'stacks/rota.prod.yaml',
      source: {
        kind: 'state',
        commit: {
          hash: 'a94c03f7715be20d6e11',
          subject: 'Mail goes through the new provider (#412)',
          dirty: true,
        },
        deployed: { hash: '7b326c1d20f7e4a6d2f1', subject: 'The scheduler logs its next run', dirty: true },
      },
      services: allServices,
      same: 1,
      network: [
        { change: 'added', from: 'public', to: 'site', place: rota(73) },
        { change: 'added', from: 'site', to: 'api', place: rota(63) },
        { change: 'removed', from: 'web', to: 'api' },
        { change: 'removed', from: 'public', to: 'web' },
      ],
      risks: [
        {
          kind: 'data',
          service: 'uploads',
          text: 'The data of uploads (volume) leave the system; they are deleted.',
          place: rota(44),
        },
        {
          kind: 'protection',
          service: 'postgres',
          text: 'PersistentVolumeClaim postgres loses its protection against deletion.',
          place: prod(6),
        },
        { kind: 'exposure', service: 'site', text: 'site becomes public.', place: rota(73) },
      ],
      policy: [
        {
          rule: 'data-protected',
          service: 'postgres',
          message: 'Data services outside dev must be protected. Remove `protect: false`.',
          place: prod(6),
          level: 'error',
        },
        {
          rule: 'replicas',
          service: 'uploads',
          message: 'One replica: a restart interrupts the service.',
          level: 'advice',
        },
        {
          rule: 'egress-named',
          service: 'api',
          message: '`egress` allows the whole internet.',
          place: rota(22),
          level: 'waived',
          waiver: { reason: 'The mail provider has no fixed addresses, see INFRA-88', until: '2027-01-31' },
        },
      ],
      cost: { before: 412.5, after: 428.9, currency: 'EUR' },
      graph: {
        services: [
          ...graph({
            gateway: 'changed',
            redis: 'changed',
            api: 'changed',
            worker: 'changed',
            scheduler: 'changed',
            web: 'removed',
          }).services,
          { name: 'site', form: 'code', change: 'new' },
          { name: 'uploads', form: 'code', change: 'replaced' },
          { name: 'mail', form: 'external', change: 'same' },
        ],
        edges: [
          ...graph({}).edges.map((edge) =>
            [edge.from, edge.to].includes('web') ? { ...edge, change: 'removed' as const } : edge,
          ),
          { from: 'gateway', to: 'site', change: 'added' },
          { from: 'site', to: 'api', change: 'added' },
          { from: 'api', to: 'uploads', change: 'same' },
          { from: 'api', to: 'mail', change: 'same' },
        ],
      },
      notes: [
        'The value of `shared.REGION` comes from the Pulumi program and is not known before the update.',
      ],
      seconds: 184,
      digest: 'c08d51be27f94a63',
    },
    {
      ...nothing,
      environment: 'staging',
      target: 'kubernetes',
      source: {
        kind: 'commits',
        base: { hash: '7b326c1d20f7e4a6d2f1', subject: 'The scheduler logs its next run' },
        head: { hash: 'a94c03f7715be20d6e11', subject: 'Mail goes through the new provider (#412)' },
      },
      services: [
        {
          service: 'api',
          change: 'changed',
          place: rota(11),
          causes: [
            {
              kind: 'files',
              folder: 'services/api',
              changed: ['services/api/app.ts'],
              added: [],
              removed: [],
            },
            { kind: 'build', before: 'node 24.20.0', after: 'node 24.21.0' },
            { kind: 'build', before: 'argument LEVEL: e3b98a4d', after: 'argument LEVEL: c4447403' },
            { kind: 'build', before: 'argument OLD: e3b98a4d' },
            { kind: 'railhead', before: '0.1.0', after: '0.2.0' },
            {
              kind: 'release',
              file: 'releases/prod.yaml',
              before: 'ad4bcd77e8335c21',
              after: '9f3c51d07b2e4a68',
            },
          ],
          values: [
            {
              name: 'SMTP_URL',
              before: '${{secret.SMTP_URL}}',
              after: '${{secret.SMTP_URL}}',
              secret: 'unknown',
            },
          ],
          size: {},
          migrations: { command: ['node migrate.js'], known: false, pending: [], edited: [], late: [] },
          rollout: {
            order: 1,
            restarts: true,
            handover: 'stepwise',
            gates: ['preDeploy: node migrate.js', '/health/ready within 60 s'],
            drain: 25,
          },
          resources: [
            {
              type: 'kubernetes:apps/v1:Deployment',
              name: 'api',
              operation: 'update',
              paths: ['spec.template'],
            },
          ],
        },
      ],
      same: 5,
      graph: graph({ api: 'changed' }),
      notes: [
        'The program changed in infra/index.ts. Its effect is not in this preview.',
        'Whether secrets changed is not known without the state.',
      ],
    },
  ],
};
