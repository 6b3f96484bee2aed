import * as z from 'zod';
import { fields, oneOf, whole } from './fields.ts';
import { obeys, valueAt, type Rule } from './rules.ts';

/** The name part of a label or annotation, and the value of a label. */
const word = '[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?';
const part = '[a-z0-9]([a-z0-9-]*[a-z0-9])?';

const nameRule = 'a name of Kubernetes: lower-case letters, digits, "-" and ".", at most 253 characters';

/** The name of an object of a cluster: a DNS subdomain. */
export const objectName = z
  .string(nameRule)
  .max(253, nameRule)
  .regex(new RegExp(`^${part}(\\.${part})*$`), nameRule);

const keyRule =
  'a key of Kubernetes: at most 63 letters, digits, "-", "_" and ".", such as team, with or without a prefix, such as example.com/team';

const key = z
  .string(keyRule)
  .max(253 + 1 + 63, keyRule)
  .regex(new RegExp(`^(?=[^/]{1,253}/|[^/]*$)(${part}(\\.${part})*/)?${word}$`), keyRule);

const valueRule =
  'a value of a label: text of at most 63 letters, digits, "-", "_" and "."; write numbers and true in quotes';

const labelValue = z.string(valueRule).regex(new RegExp(`^(${word})?$`), valueRule);

const annotationRule = 'text; write numbers and true in quotes, as in Kubernetes';

const railheadOwns = 'must be left out: Railhead sets it';
const kubernetesOwns = 'must be left out: the prefix belongs to Kubernetes';
const controllerOwns = 'must be left out: a controller of the cluster sets it';

/** Labels that select the pods of a service, and those that controllers add to pods. */
const ownedLabels: [pattern: RegExp, problem: string][] = [
  [/^(app\.kubernetes\.io\/(name|component|part-of|managed-by)$|railhead\/)/, railheadOwns],
  [/^(?!app\.)([a-z0-9.-]+\.)?(kubernetes|k8s)\.io\//, kubernetesOwns],
  [
    /^(pod-template-hash|rollouts-pod-template-hash|controller-revision-hash|controller-uid|job-name)$/,
    controllerOwns,
  ],
];

const ownedAnnotations: [pattern: RegExp, problem: string][] = [
  [/^(railhead|pulumi\.com)\//, railheadOwns],
  [
    /^(deployment\.kubernetes\.io|rollout\.argoproj\.io)\/|^kubectl\.kubernetes\.io\/last-applied-configuration$/,
    controllerOwns,
  ],
];

function keyWithout(owned: [pattern: RegExp, problem: string][]) {
  return key.superRefine((name, context) => {
    const found = owned.find(([pattern]) => pattern.test(name));
    if (found) context.addIssue({ code: 'custom', message: found[1] });
  });
}

export const annotations = z.record(
  keyWithout(ownedAnnotations),
  z.string(annotationRule).max(65_536, annotationRule),
  'a map of annotations',
);

const toleration = obeys(
  fields({
    key: key.optional(),
    operator: oneOf(['Equal', 'Exists']).optional(),
    value: labelValue.optional(),
    effect: oneOf(['NoSchedule', 'PreferNoSchedule', 'NoExecute']).optional(),
    tolerationSeconds: whole(0, 2 ** 31 - 1).optional(),
  }),
  [
    {
      key: 'key',
      holds: (map) => valueAt(map, 'key') !== undefined || exists(map),
      problem: 'is missing: only the operator Exists tolerates taints of every key',
    },
    {
      key: 'value',
      holds: (map) => valueAt(map, 'value') === undefined || !exists(map),
      problem: 'must be left out with the operator Exists, which any value matches',
    },
    {
      key: 'tolerationSeconds',
      holds: (map) =>
        valueAt(map, 'tolerationSeconds') === undefined || valueAt(map, 'effect') === 'NoExecute',
      problem: 'needs the effect NoExecute: other taints do not end running pods',
    },
  ] satisfies Rule[],
);

function exists(toleration: object): boolean {
  return valueAt(toleration, 'operator') === 'Exists';
}

/** What only clusters have: settings of the objects of a service, with the names and the meaning of Kubernetes. */
export const kubernetes = fields({
  annotations: annotations.optional().describe('Annotations of the workload and its pods.'),
  labels: z
    .record(keyWithout(ownedLabels), labelValue, 'a map of labels')
    .optional()
    .describe('Labels of the workload and its pods, besides those that Railhead sets.'),
  serviceAccount: fields({
    annotations: annotations.describe(
      'Annotations of the service account, such as eks.amazonaws.com/role-arn or iam.gke.io/gcp-service-account.',
    ),
  })
    .optional()
    .describe('Service account of the pods, to which cloud providers assign an identity.'),
  nodeSelector: z
    .record(key, labelValue, 'a map of labels of nodes')
    .optional()
    .describe('Labels of the nodes that may run the pods.'),
  tolerations: z
    .array(toleration, 'a list of tolerations')
    .optional()
    .describe('Taints of nodes that the pods tolerate.'),
  priorityClass: objectName.optional().describe('Name of the PriorityClass of the pods.'),
  storageClass: objectName
    .optional()
    .describe('Name of the StorageClass of new volumes. A volume keeps its class.'),
});

export type KubernetesSettings = z.output<typeof kubernetes>;

/** What only clusters have, for the whole system. */
export const kubernetesDefaults = fields({
  storageClass: objectName
    .optional()
    .describe(
      'Name of the StorageClass of new volumes, unless the service, or the volume in `volumes`, names another one.',
    ),
});
