import type { RecordedResource } from '../../shared/recorded.ts';
import { toObjects } from '../manifests.ts';
import type { ServiceGraph } from '../../../graph/types.ts';
import { mayBeRoot } from '../../../stack/container.ts';
import { declaredIn } from './declared.ts';
import { publishedServices } from '../service.ts';
import { namespacesAreClosed } from './namespaces.ts';
import { internetIsPublic, networkAgrees } from './network.ts';
import { podSecurity } from './pod-security.ts';
import type { Violation } from '../../shared/violation.ts';
import { everyPodPulls } from './pull-secrets.ts';
import { scannerSettings } from './scanners.ts';
import { secretsInSecrets } from './secrets.ts';

/** Checks the Kubernetes objects of a stack against all policies. Returns the violations. */
export function kubernetesViolations(resources: RecordedResource[], graph: ServiceGraph): Violation[] {
  const objects = toObjects(resources, false);
  const declaredFor = declaredIn(graph);
  return [
    ...podSecurity(objects, (...each) => mayBeRoot(declaredFor(...each).user)),
    ...scannerSettings(objects, declaredFor, publishedServices(graph)),
    ...networkAgrees(objects, graph),
    ...namespacesAreClosed(objects, graph),
    ...internetIsPublic(objects),
    ...secretsInSecrets(resources),
    ...everyPodPulls(objects, graph),
  ];
}
