import * as z from 'zod';
import { sortStores, type Data, type DataPlace, type Store } from '../shared/data.ts';

const claim = z.object({
  metadata: z.object({
    name: z.string(),
    namespace: z.string(),
    labels: z.object({ 'app.kubernetes.io/name': z.string() }),
  }),
  spec: z.object({ resources: z.object({ requests: z.object({ storage: z.string() }) }) }),
});
const namespace = z.object({ metadata: z.object({ name: z.string() }) });

/** Returns the namespace and the volume claims in the state, which `destroy` removes. */
export function kubernetesData({ resources }: Pick<DataPlace, 'resources'>): Data {
  return {
    list: async () =>
      sortStores(
        (await resources()).flatMap(({ type, outputs }): Store[] => {
          if (type === 'kubernetes:core/v1:Namespace') {
            const { name } = namespace.parse(outputs).metadata;
            return [{ service: name, what: `namespace ${name} with all its objects` }];
          }
          if (type !== 'kubernetes:core/v1:PersistentVolumeClaim') return [];
          const { metadata, spec } = claim.parse(outputs);
          return [
            {
              service: metadata.labels['app.kubernetes.io/name'],
              what: `claim ${metadata.name} in ${metadata.namespace}, ${spec.resources.requests.storage}`,
            },
          ];
        }),
      ),
  };
}
