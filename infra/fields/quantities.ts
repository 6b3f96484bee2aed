import * as z from 'zod';
import { fields, whole } from './fields.ts';
import { obeys, valueAt, type Rule } from './rules.ts';

const factors = {
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
} as const;

const sizeRule = 'a size with a unit, such as 512Mi or 1Gi (Ki, Mi, Gi, Ti, k, M, G, T)';

/** Memory or storage in the notation of Kubernetes. `text` is the original text. */
export const size = z
  .string(sizeRule)
  .regex(/^\d{1,6}(\.\d{1,3})?(Ki|Mi|Gi|Ti|k|M|G|T)$/, sizeRule)
  .refine((text) => !/^[0.]+[A-Za-z]/.test(text), 'must be above zero')
  .transform((text) => ({ bytes: sizeInBytes(text), text }));

const cpuRule = 'a number of CPU cores, such as 1, 0.5 or "500m"';

/** CPU cores as a number with at most three decimals, so that it can be converted to Kubernetes' `m` form. */
const cpu = z
  .union(
    [
      z
        .number(cpuRule)
        .positive(cpuRule)
        .max(1024, cpuRule)
        .refine(
          (cores) => Math.abs(cores * 1000 - Math.round(cores * 1000)) < 1e-6,
          'must be exact to 0.001',
        ),
      z.string(cpuRule).regex(/^([1-9]\d{0,6}m|(?!0*\.?0*$)\d{1,3}(\.\d{1,3})?)$/, cpuRule),
    ],
    cpuRule,
  )
  .transform((cores) =>
    typeof cores === 'string' && cores.endsWith('m') ? parseInt(cores, 10) / 1000 : Number(cores),
  );

const amounts = { cpu: cpu.optional(), memory: size.optional() };

const limits = {
  ...amounts,
  requests: fields(amounts).optional().describe('Reserved CPU and memory; default: the limits.'),
};

const rules: Rule[] = [
  {
    key: 'requests.cpu',
    holds: (map) => !(Number(valueAt(map, 'requests', 'cpu')) > Number(valueAt(map, 'cpu'))),
    problem: 'must be at most "cpu", the limit',
  },
  {
    key: 'requests.memory',
    holds: (map) =>
      !(Number(valueAt(map, 'requests', 'memory', 'bytes')) > Number(valueAt(map, 'memory', 'bytes'))),
    problem: 'must be at most "memory", the limit',
  },
];

/** Limits, and reserved amounts. */
export const resources = obeys(fields(limits), rules);

/** As `resources`, for a program that may compute on GPUs. */
export const codeResources = obeys(
  fields({
    ...limits,
    gpu: whole(1, 64, 'a whole number of GPUs')
      .optional()
      .describe('Number of NVIDIA GPUs of each replica. `preDeploy` gets none.'),
  }),
  rules,
);

function sizeInBytes(text: string): number {
  const [, number = '', unit = ''] = /^([\d.]+)([A-Za-z]+)$/.exec(text) ?? [];
  return Math.round(Number(number) * factors[unit as keyof typeof factors]);
}
