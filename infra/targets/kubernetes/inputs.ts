/** The provider's own input types, under one short name. */
export type { input } from '@pulumi/kubernetes/types/index.js';
