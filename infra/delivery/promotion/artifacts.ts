import type { NeededArtifact } from '../../artifacts/needed.ts';
import { balancerArtifact, gatewayArtifact } from '../../artifacts/programs.ts';
import { npmCommand } from '../../common/commands.ts';
import { suggest } from '../../stack/nearest.ts';
import type { Pin } from '../../releases/schema.ts';
import type { HistoryRecord, RecordedRelease } from '../history/record.ts';

/** The artifacts of an update that another environment needs, and those that do not fit. */
export interface Fit {
  /** By service, or by the name of a program of Railhead. */
  pins: Record<string, Pin>;
  problems: string[];
}

/** The environment that gets the artifacts. */
export interface Destination {
  name: string;
  /** The path of its stack file. */
  stackFile: string;
  needed: readonly NeededArtifact[];
  /** Whether its gateway is another program than on the target of the source. */
  hasOtherGateway: boolean;
  /** The artifacts to promote; by default all, which must then be those of the source. */
  only?: readonly string[] | undefined;
}

/** Finds the artifacts that an environment needs in the record of another one. Reports artifacts that only one of the two has. */
export function fitArtifacts(record: HistoryRecord, to: Destination): Fit {
  const { environment: from, release = {} } = record;
  const pins: Fit['pins'] = {};
  const problems: string[] = [];
  const names = [balancerArtifact, ...to.needed.map(({ service }) => service)];
  for (const name of to.only?.filter((each) => !names.includes(each)) ?? [])
    problems.push(`--only ${name}: ${to.stackFile} builds nothing of this name; ${suggest(name, names)}`);
  for (const artifact of to.needed.filter(({ service }) => to.only?.includes(service) ?? true)) {
    const { service } = artifact;
    const found = pinOf(release[service], artifact);
    const isOtherProgram =
      (service === balancerArtifact && found === undefined) ||
      (service === gatewayArtifact && to.hasOtherGateway);
    if (isOtherProgram) {
      problems.push(
        `${service}: ${to.name} runs another program than ${from}, because their targets differ. Promote from an environment with the target of ${to.name}.`,
      );
    } else if (typeof found === 'object') pins[service] = found;
    else if (found === 'not kept') problems.push(notKept(service, record));
    else {
      problems.push(
        `${service}: ${to.stackFile} needs its artifact, and ${from} does not run one. Add it to the stack file of ${from}, then: ${npmCommand('up', from)}`,
      );
    }
  }
  for (const [service, { hash }] of Object.entries(release)) {
    if (to.only !== undefined || hash === undefined || names.includes(service)) continue;
    problems.push(
      `${service}: ${from} runs its artifact, and ${to.stackFile} builds nothing of this name. Add it there, or remove it from ${from}.`,
    );
  }
  return { pins, problems };
}

/** Returns undefined if an update has no artifact of a service, and `not kept` if nothing says where it is. */
export function pinOf(
  recorded: RecordedRelease[string] | undefined,
  { isImage }: NeededArtifact,
): Pin | 'not kept' | undefined {
  if (recorded?.hash === undefined) return undefined;
  const { hash, content, buildVariables } = recorded;
  // A tag can name another image tomorrow.
  const image = isImage && recorded.image?.includes('@sha256:') ? recorded.image : undefined;
  if (content === undefined && image === undefined) return 'not kept';
  return {
    hash,
    ...(content && { content }),
    ...(image && { image }),
    ...(buildVariables && { buildVariables }),
  };
}

function notKept(service: string, { environment, number }: HistoryRecord): string {
  return `${service}: #${number} of ${environment} kept neither its files nor the digest of its image. Its reason is in the output of: ${npmCommand('up', environment)}`;
}
