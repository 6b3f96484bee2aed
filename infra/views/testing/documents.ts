import type { Preview, PreviewDocument, SourcePlace } from '../../changes/model.ts';

/** Previews that are written by hand. Their views are in `infra/views/golden`, so that a diff shows what a reader would see. */

const rota = (line: number): SourcePlace => ({ file: 'stacks/rota.yaml', line });
const prod = (line: number): SourcePlace => ({ file: 'stacks/rota.prod.yaml', line });

const nothing: Preview = {
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

const graph = (
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

/** The environment runs what the files describe. */
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
        rollout: { order: index + 1, restarts: true, gates: ['/health/ready within 60 s'], drain: 25 },
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

const everything: PreviewDocument = {
  version: 1,
  railhead: '0.1.0',
  environments: [
    {
      environment: 'prod',
      target: 'kubernetes',
      stackFile: 'stacks/rota.prod.yaml',
      source: {
        kind: 'state',
        commit: { hash: 'a94c03f7715be20d6e11', subject: 'Mail goes through the new provider (#412)' },
        deployed: { hash: '7b326c1d20f7e4a6d2f1', subject: 'The scheduler logs its next run' },
      },
      services: [
        {
          service: 'redis',
          change: 'changed',
          place: rota(9),
          causes: [{ kind: 'field', path: 'port', before: '6379', after: '6380', place: prod(9) }],
          values: [],
          size: {},
          rollout: { order: 1, restarts: true, gates: [] },
          resources: [
            {
              type: 'kubernetes:apps/v1:StatefulSet',
              name: 'redis',
              operation: 'update',
              paths: ['spec.template'],
            },
            {
              type: 'kubernetes:core/v1:Service',
              name: 'redis',
              operation: 'update',
              paths: ['spec.ports[0].port'],
            },
          ],
        },
        {
          service: 'api',
          change: 'changed',
          place: rota(11),
          causes: [
            {
              kind: 'files',
              folder: 'services/api',
              changed: ['app.ts', 'mail/send.ts', 'mail/templates.ts', 'routes/shifts.ts', 'server.ts'].map(
                (file) => `services/api/${file}`,
              ),
              added: ['services/api/mail/provider.ts', 'services/api/migrations/007_mail_log.sql'],
              removed: ['services/api/mail/smtp.ts'],
            },
            { kind: 'package', name: 'fastify', before: '5.12.7', after: '5.12.8' },
            { kind: 'package', name: 'nodemailer', before: '7.0.10' },
            { kind: 'secret', name: 'SMTP_PASSWORD', variables: ['SMTP_URL'] },
            { kind: 'variable', name: 'REDIS_URL', via: ['redis.REDIS_URL', 'redis.PORT'], place: prod(9) },
            { kind: 'field', path: 'replicas.min', before: '3', after: '4', place: prod(15) },
          ],
          values: [
            { name: 'MAIL_FROM', before: 'shifts@rota.example', after: 'Rota <shifts@rota.example>' },
            {
              name: 'SMTP_URL',
              before: 'smtp://rota:${{secret.SMTP_PASSWORD}}@mail.rota.example:587',
              after: 'smtp://rota:${{secret.SMTP_PASSWORD}}@smtp.provider.example:465',
              secret: 'changed',
            },
            {
              name: 'REDIS_URL',
              before: 'redis://:${{redis.REDISPASSWORD}}@redis:6379',
              after: 'redis://:${{redis.REDISPASSWORD}}@redis:6380',
              secret: 'same',
            },
            { name: 'preDeploy.MIGRATION_LOCK', after: 'on' },
          ],
          size: { replicas: { before: '3–10', after: '4–10' }, memory: { before: '1Gi', after: '1.5Gi' } },
          migrations: {
            command: ['node migrate.js'],
            known: true,
            pending: [
              { file: 'migrations/006_shift_notes.sql', reversible: true },
              { file: 'migrations/007_mail_log.sql', reversible: false },
            ],
            edited: ['migrations/002_people.sql'],
            late: ['migrations/006_shift_notes.sql'],
          },
          rollout: {
            order: 2,
            restarts: true,
            gates: ['preDeploy: node migrate.js', '/health/ready within 60 s'],
            drain: 25,
          },
          resources: [
            {
              type: 'kubernetes:apps/v1:Deployment',
              name: 'api',
              operation: 'update',
              paths: [
                'spec.replicas',
                'spec.template.spec.containers[0].env',
                'spec.template.spec.containers[0].image',
              ],
            },
            {
              type: 'kubernetes:batch/v1:Job',
              name: 'api-predeploy-9f3c51d07b',
              operation: 'replace',
              paths: ['spec'],
            },
          ],
        },
        {
          service: 'worker',
          change: 'changed',
          place: rota(31),
          causes: [
            { kind: 'variable', name: 'REDIS_URL', via: ['redis.REDIS_URL', 'redis.PORT'], place: prod(9) },
            { kind: 'drift', resource: 'Deployment worker', before: '1 replica', after: '3 replicas' },
          ],
          values: [
            {
              name: 'REDIS_URL',
              before: 'redis://:${{redis.REDISPASSWORD}}@redis:6379',
              after: 'redis://:${{redis.REDISPASSWORD}}@redis:6380',
              secret: 'same',
            },
          ],
          size: {},
          rollout: { order: 3, restarts: true, gates: ['/health/ready within 60 s'], drain: 25 },
          resources: [
            {
              type: 'kubernetes:apps/v1:Deployment',
              name: 'worker',
              operation: 'update',
              paths: ['spec.template'],
            },
          ],
        },
        {
          service: 'scheduler',
          change: 'changed',
          place: rota(49),
          causes: [
            { kind: 'field', path: 'cron', before: '*/5 * * * *', after: '*/15 * * * *', place: rota(51) },
          ],
          values: [],
          size: {},
          rollout: { order: 3, restarts: true, gates: ['next run: */15 * * * *'] },
          resources: [
            {
              type: 'kubernetes:batch/v1:CronJob',
              name: 'scheduler',
              operation: 'update',
              paths: ['spec.schedule'],
            },
          ],
        },
        {
          service: 'uploads',
          change: 'replaced',
          place: rota(44),
          causes: [
            { kind: 'field', path: 'volume', before: '/data, 20Gi', place: rota(44) },
            { kind: 'unexplained', resources: ['PodDisruptionBudget uploads'] },
          ],
          values: [],
          size: { storage: { before: '20Gi' } },
          rollout: { order: 3, restarts: true, gates: ['/health within 60 s'], drain: 10 },
          resources: [
            {
              type: 'kubernetes:core/v1:PersistentVolumeClaim',
              name: 'uploads',
              operation: 'delete',
              paths: [],
            },
            { type: 'kubernetes:apps/v1:Deployment', name: 'uploads', operation: 'replace', paths: ['spec'] },
          ],
        },
        {
          service: 'site',
          change: 'new',
          place: rota(57),
          causes: [{ kind: 'service', change: 'added', place: rota(57) }],
          values: [
            { name: 'API_URL', after: 'http://api:3001' },
            { name: 'SESSION_KEY', after: '${{secret.SESSION_KEY}}', secret: 'added' },
          ],
          size: { replicas: { after: '2–6' }, cpu: { after: '0.5' }, memory: { after: '512Mi' } },
          rollout: { order: 4, restarts: false, gates: ['/health/ready within 60 s'], drain: 25 },
          resources: ['Deployment', 'Service', 'NetworkPolicy'].map((kind) => ({
            type: `kubernetes:core/v1:${kind}`,
            name: 'site',
            operation: 'create',
            paths: [],
          })),
        },
        {
          service: 'web',
          change: 'removed',
          causes: [{ kind: 'service', change: 'removed', place: rota(57) }],
          values: [{ name: 'API_URL', before: 'http://api:3001' }],
          size: { replicas: { before: '2–6' } },
          resources: [{ type: 'kubernetes:apps/v1:Deployment', name: 'web', operation: 'delete', paths: [] }],
        },
        {
          service: 'gateway',
          change: 'changed',
          place: rota(69),
          causes: [{ kind: 'field', path: 'routes[1].to', before: 'web', after: 'site', place: rota(73) }],
          values: [],
          size: {},
          rollout: { order: 5, restarts: true, gates: [] },
          resources: [
            { type: 'cloudflare:index:Worker', name: 'gateway', operation: 'update', paths: ['bindings'] },
          ],
        },
      ],
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
            { kind: 'railhead', before: '0.1.0', after: '0.2.0' },
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
