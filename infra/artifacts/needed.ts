import type { ServiceGraph } from '../graph/types.ts';
import { balancerArtifact, gatewayArtifact, gatewayIsImage, needsBalancer } from './programs.ts';
import type { ProgramName } from './types.ts';

/** An artifact that an environment runs. */
export interface NeededArtifact {
  service: string;
  /** Whether an image is made of it. */
  isImage: boolean;
}

/** Lists the artifacts of a graph: of source services, of the gateway and of Railhead's programs in containers. */
export function neededArtifacts(
  graph: ServiceGraph,
  containers: readonly ProgramName[] | undefined,
): NeededArtifact[] {
  const isImage = containers !== undefined;
  return [
    ...graph.services.flatMap(({ name, form, config }) =>
      form === 'code' && config.kind === 'source' ? [{ service: name, isImage }] : [],
    ),
    ...(graph.gateway === undefined
      ? []
      : [{ service: gatewayArtifact, isImage: gatewayIsImage(graph, containers) }]),
    ...(needsBalancer(graph, containers) ? [{ service: balancerArtifact, isImage }] : []),
  ];
}
