import { join } from 'node:path';
import { artifactName } from '../../../artifacts/name.ts';
import type { Snapshot } from '../../../changes/snapshot.ts';
import { wholeHashOf } from '../../../plan/hash.ts';
import { identityType, releaseType } from '../../../targets/shared/generated.ts';
import { withoutBuildContext } from '../../../targets/shared/images.ts';
import type { ExportedResource } from '../../state-resources.ts';
import type { Steps } from '../steps.ts';
import { canonical, without, type Local } from './canonical.ts';
import { secretsHash } from './secrets-hash.ts';
import { stateHash } from './state-hash.ts';

/** The parts of a digest. Each tells whether one thing has moved. */
export const partNames = ['steps', 'artifacts', 'secrets', 'state', 'version'] as const;

export type PartName = (typeof partNames)[number];

/** What identifies a plan: it is equal for equal plans on an equal state. */
export interface Digest {
  environment: string;
  /** Binds everything: the environment and the parts, in full. */
  whole: string;
  parts: Record<PartName, string>;
}

interface Planned {
  /** Absolute path of the project. */
  root: string;
  environment: string;
  /** Name of the Pulumi project. */
  project: string;
  /** The state before the preview. */
  state: readonly ExportedResource[];
  found: Steps;
  /** The inputs of the record of the update. */
  record: Record<string, unknown>;
  /** The snapshot in that record. */
  after: Snapshot;
}

/** Returns the digest of a plan. The commit is not part of it, nor is the path of the project. */
export function makeDigest({ root, environment, project, state, found, record, after }: Planned): Digest {
  const { railhead, services, programs } = after;
  const artifacts = Object.entries(services).map(([name, { artifact }]) => [
    name,
    artifact && artifactName(artifact),
  ]);
  const parts = {
    steps: wholeHashOf(stepsOf(found, root)),
    artifacts: wholeHashOf([artifacts, programs]),
    secrets: secretsHash(root, environment, record),
    state: stateHash(state),
    version: wholeHashOf(railhead),
  };
  return {
    environment,
    whole: wholeHashOf([project, environment, parts]).slice(0, 32),
    parts: shortened(parts),
  };
}

/** The parts only name what has moved. */
function shortened(parts: Digest['parts']): Digest['parts'] {
  return Object.fromEntries(partNames.map((name) => [name, parts[name].slice(0, 8)])) as Digest['parts'];
}

function stepsOf({ steps, all }: Steps, root: string) {
  const local: Local = [
    // Every other path in a plan is one of a container or of the user.
    { text: join(root, '.railhead'), name: '<root>/.railhead' },
    ...hostsOf(all).map((text) => ({ text, name: '<host>' })),
  ];
  return steps.map(({ urn, type, operation, paths, after }) => {
    const { parent, protect, retainOnDelete } = after ?? {};
    const inputs = withoutBuildContext(type, after?.inputs ?? {});
    const values = canonical(portable(type, operation, inputs), local);
    return { urn, operation, paths, parent, protect, retainOnDelete, inputs: values };
  });
}

/**
 * Returns inputs without the path of the project, which each of Railhead's own resources has, and without the owner of a new
 * environment, which has a random part. Of the record, leaves out the commit, and the hash of the snapshot: the hash covers the
 * addresses of this checkout, and the snapshot itself is an input too.
 */
function portable(type: string, operation: string, inputs: Record<string, unknown>): unknown {
  if (!type.startsWith('railhead:')) return inputs;
  const hasNewOwner = type === identityType && operation === 'create';
  return without(
    inputs,
    'root',
    ...(type === releaseType ? ['commit', 'hash'] : []),
    ...(hasNewOwner ? ['owner'] : []),
  );
}

/** Returns the loopback addresses of processes, which are derived from the path of the project. */
function hostsOf(all: Steps['all']): string[] {
  const hosts = all.flatMap(({ type, new: after }) =>
    type.startsWith('railhead:process:') && typeof after?.inputs.host === 'string' ? after.inputs.host : [],
  );
  return [...new Set(hosts)];
}

/** Returns a digest as people copy it: `dev.<whole>.<parts…>`. */
export function formatDigest({ environment, whole, parts }: Digest): string {
  return [environment, whole, ...partNames.map((name) => parts[name])].join('.');
}

/** Parses a digest; undefined if the text is none. */
export function parseDigest(text: string): Digest | undefined {
  const found = /^(.+)\.([0-9a-f]{32})((?:\.[0-9a-f]{8}){5})$/.exec(text);
  const [, environment, whole, rest] = found ?? [];
  if (environment === undefined || whole === undefined || rest === undefined) return undefined;
  const [steps = '', artifacts = '', secrets = '', state = '', version = ''] = rest.slice(1).split('.');
  return { environment, whole, parts: { steps, artifacts, secrets, state, version } };
}
