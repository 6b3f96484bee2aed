import type { ServiceChange } from '../../changes/model.ts';
import { prod, rota } from './parts.ts';

/** Services that change in every way, each with its causes. */
export const allServices: ServiceChange[] = [
  {
    service: 'redis',
    change: 'changed',
    place: rota(9),
    causes: [{ kind: 'field', path: 'port', before: '6379', after: '6380', place: prod(9) }],
    values: [],
    size: {},
    rollout: { order: 1, restarts: true, handover: 'stopFirst', gates: [] },
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
    causes: [{ kind: 'field', path: 'cron', before: '*/5 * * * *', after: '*/15 * * * *', place: rota(51) }],
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
    rollout: { order: 4, restarts: false, gates: [] },
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
];
