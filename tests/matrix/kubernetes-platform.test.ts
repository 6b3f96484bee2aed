import { describeKubernetes } from './kubernetes.ts';

describeKubernetes('platform');
