import type { CustomResourceArgs } from '@pulumi/kubernetes/apiextensions/customResource.js';
import type { DeploymentArgs } from '@pulumi/kubernetes/apps/v1/deployment.js';
import type { StatefulSetArgs } from '@pulumi/kubernetes/apps/v1/statefulSet.js';
import type { HorizontalPodAutoscalerArgs } from '@pulumi/kubernetes/autoscaling/v2/horizontalPodAutoscaler.js';
import type { CronJobArgs } from '@pulumi/kubernetes/batch/v1/cronJob.js';
import type { JobArgs } from '@pulumi/kubernetes/batch/v1/job.js';
import type { ConfigMapArgs } from '@pulumi/kubernetes/core/v1/configMap.js';
import type { NamespaceArgs } from '@pulumi/kubernetes/core/v1/namespace.js';
import type { PersistentVolumeClaimArgs } from '@pulumi/kubernetes/core/v1/persistentVolumeClaim.js';
import type { SecretArgs } from '@pulumi/kubernetes/core/v1/secret.js';
import type { ServiceArgs } from '@pulumi/kubernetes/core/v1/service.js';
import type { ServiceAccountArgs } from '@pulumi/kubernetes/core/v1/serviceAccount.js';
import type { IngressArgs } from '@pulumi/kubernetes/networking/v1/ingress.js';
import type { NetworkPolicyArgs } from '@pulumi/kubernetes/networking/v1/networkPolicy.js';
import type { PodDisruptionBudgetArgs } from '@pulumi/kubernetes/policy/v1/podDisruptionBudget.js';
import type { ResourceType } from '../../plan/resource.ts';
import type { RolloutBeginInputs } from './kinds/rollout-begin.ts';
import type { RolloutInputs } from './kinds/rollout-inputs.ts';

/** Returns the type of the objects of a kind. Both fields are constants of the object, as in a manifest. */
function objectType<Args extends object>(apiVersion: string, kind: string): ResourceType<Args> {
  const group = apiVersion.includes('/') ? apiVersion : `core/${apiVersion}`;
  return { token: `kubernetes:${group}:${kind}`, constants: { apiVersion, kind } };
}

/** The kinds of objects of a cluster. */
export const objects = {
  namespace: objectType<NamespaceArgs>('v1', 'Namespace'),
  serviceAccount: objectType<ServiceAccountArgs>('v1', 'ServiceAccount'),
  secret: {
    ...objectType<SecretArgs>('v1', 'Secret'),
    secretArgs: ['stringData'],
    secretOutputs: ['data', 'stringData'],
  },
  configMap: objectType<ConfigMapArgs>('v1', 'ConfigMap'),
  claim: objectType<PersistentVolumeClaimArgs>('v1', 'PersistentVolumeClaim'),
  service: objectType<ServiceArgs>('v1', 'Service'),
  deployment: objectType<DeploymentArgs>('apps/v1', 'Deployment'),
  statefulSet: objectType<StatefulSetArgs>('apps/v1', 'StatefulSet'),
  job: objectType<JobArgs>('batch/v1', 'Job'),
  cronJob: objectType<CronJobArgs>('batch/v1', 'CronJob'),
  networkPolicy: objectType<NetworkPolicyArgs>('networking.k8s.io/v1', 'NetworkPolicy'),
  ingress: objectType<IngressArgs>('networking.k8s.io/v1', 'Ingress'),
  disruptionBudget: objectType<PodDisruptionBudgetArgs>('policy/v1', 'PodDisruptionBudget'),
  autoscaler: objectType<HorizontalPodAutoscalerArgs>('autoscaling/v2', 'HorizontalPodAutoscaler'),
  /** Objects of the add-ons. They are custom resources, so their API version and kind are arguments. */
  scaledObject: { token: 'kubernetes:keda.sh/v1alpha1:ScaledObject' } as ResourceType<CustomResourceArgs>,
  argoRollout: { token: 'kubernetes:argoproj.io/v1alpha1:Rollout' } as ResourceType<CustomResourceArgs>,
  analysisTemplate: {
    token: 'kubernetes:argoproj.io/v1alpha1:AnalysisTemplate',
  } as ResourceType<CustomResourceArgs>,
  httpRoute: {
    token: 'kubernetes:gateway.networking.k8s.io/v1:HTTPRoute',
  } as ResourceType<CustomResourceArgs>,
  podMonitor: { token: 'kubernetes:monitoring.coreos.com/v1:PodMonitor' } as ResourceType<CustomResourceArgs>,
  alertRule: {
    token: 'kubernetes:monitoring.coreos.com/v1:PrometheusRule',
  } as ResourceType<CustomResourceArgs>,
};

/** The types of the target's resources: the objects, then those of Railhead's provider. */
export const types = {
  ...objects,
  rolloutBegin: { token: 'railhead:kubernetes:RolloutBegin' } as ResourceType<RolloutBeginInputs>,
  rollout: { token: 'railhead:kubernetes:Rollout' } as ResourceType<RolloutInputs>,
};
