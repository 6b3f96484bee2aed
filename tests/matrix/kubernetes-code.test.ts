import { describeKubernetes } from './kubernetes.ts';

describeKubernetes('code');
