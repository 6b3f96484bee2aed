import assert from 'node:assert/strict';
import { test } from 'vitest';
import { importOf, servicesOf } from '../testing.ts';

/** The fields of a service that asks for GPUs, how many each replica gets, and the fields that were not mapped. */
const cases: [fields: string, gpu: number | undefined, ...lost: string[]][] = [
  ['gpus: all', 1],
  ['gpus: [{ count: 2 }, { driver: nvidia, device_ids: ["0", "3"] }]', 4],
  ['runtime: nvidia', 1],
  ['runtime: runsc', undefined, 'runtime'],
  ['gpus: [{ driver: amd, count: 1 }]', undefined, 'gpus'],
];
const reservations: typeof cases = [
  ['[{ driver: nvidia, count: "${GPUS}", capabilities: [gpu] }]', 3],
  ['[{ driver: nvidia, count: all, capabilities: [gpu, utility] }]', 1],
  ['[{ capabilities: [gpu] }]', 1],
  ['[{ device_ids: ["1"], capabilities: [gpu], options: { virtualization: true } }]', 1, 'options'],
  ['[{ capabilities: [tpu], count: 2 }]', undefined, 'deploy'],
];
cases.push(
  ...reservations.map(([devices, ...rest]): (typeof cases)[number] => [
    `deploy: { resources: { reservations: { devices: ${devices} } } }`,
    ...rest,
  ]),
);

for (const [fields, gpu, ...lost] of cases)
  test(`Compose: ${fields}`, async (t) => {
    const { texts, rows } = await importOf(t, {
      ...{ 'package.json': '{ "name": "ml" }', '.env': 'GPUS=3\n' },
      'compose.yaml': `services:\n  train:\n    image: acme/train:1\n    ${fields}\n`,
    });
    assert.deepEqual(servicesOf(texts, 'ml')['train'], {
      image: 'acme/train:1',
      ...(gpu !== undefined && { resources: { gpu } }),
    });
    const fates = rows.filter(({ outcome }) => outcome === 'cannot').map(({ field }) => field);
    assert.deepEqual(
      fates.map((field) => field.split('.').findLast((step) => !/^\d/.test(step))),
      lost,
    );
  });
