/** The input types of Pulumi's Kubernetes provider under a short name. */
export type { input } from '@pulumi/kubernetes/types/index.js';
