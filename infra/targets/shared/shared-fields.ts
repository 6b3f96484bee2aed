import { dataTypes } from '../../data/index.ts';
import { imageNames } from '../../runtimes/index.ts';
import type { CodeSupport, StackSupport } from './support.ts';

/** Targets other than a cluster. One stack file serves all targets. */
export const onlyKubernetes = { irrelevant: 'only clusters have such settings' };

/** What the gateway's Worker does is the same on every target. */
export const workerFields = {
  hosts: 'honoured',
  routes: {
    ...{ host: 'honoured', path: 'honoured', stripPrefix: 'honoured' },
    to: 'honoured',
    port: 'honoured',
    rateLimit: { requests: 'honoured', period: 'honoured' },
    auth: { jwks: 'honoured', issuer: 'honoured', audience: 'honoured' },
    cache: 'honoured',
  },
  trustedHeaders: 'honoured',
  rateLimit: { requests: 'honoured', period: 'honoured' },
  cors: { origins: 'honoured' },
} satisfies Partial<StackSupport['gateway']>;

/** Every target honours each kind of check. */
export const honouredHealth = {
  ...{ path: 'honoured', ready: 'honoured', tcp: 'honoured', command: 'honoured', timeout: 'honoured' },
} satisfies CodeSupport['health'];

/** Fields that describe a system to its reviewers. */
export const onlyPreviews = { irrelevant: 'only previews read it' };

/** Fields that decide what `up` does after a failed rollout, on every target. */
export const onlyRollbacks = { irrelevant: 'only `onFailure: rollback` reads it' };

/** What other environments may take from this one. */
export const onlyPullRequests = { irrelevant: 'only `railhead pr` reads it' };

/** As `onlyPullRequests`, on targets where no environment reaches the services of another one. */
export function withoutShare(refused: string) {
  const others = { expires: onlyPullRequests, seed: onlyPullRequests, secrets: onlyPullRequests };
  return { ...others, domain: onlyPullRequests, share: { refused } };
}

/** Every target takes the addresses and keys of an external server. */
export const externalFields = {
  ...{ url: 'honoured', readonlyUrl: 'honoured', ownerUrl: 'honoured' },
  ...{ bucket: 'honoured', region: 'honoured', accessKeyId: 'honoured', secretAccessKey: 'honoured' },
} satisfies Partial<StackSupport['services']['data']['external']>;

/** Targets that run containers honour every image. */
export const honouredImages = {
  ...{ registry: 'honoured', node: 'honoured', base: 'honoured', pgbouncer: 'honoured' },
  ...honoured([...imageNames, ...dataTypes]),
} satisfies StackSupport['images'];

function honoured<Name extends string>(names: readonly Name[]) {
  return Object.fromEntries(names.map((name) => [name, 'honoured'])) as Record<Name, 'honoured'>;
}

/** What a target on one machine does with the gateway. `services` are what it runs: processes or containers. */
export function gatewayOfOneMachine(services: string, domain: string): StackSupport['gateway'] {
  return {
    provider: {
      honoured: 'workerd',
      refuse: (provider) =>
        provider === 'cloudflare'
          ? `Cloudflare does not reach ${services} of one machine; choose workerd`
          : undefined,
    },
    cloudflare: { irrelevant: 'belongs to the provider cloudflare' },
    port: 'honoured',
    domain: { refused: domain },
    ingress: onlyKubernetes,
    httpRoute: onlyKubernetes,
    ...workerFields,
  };
}

/** What a target with Railhead's balancer does with `rollout`. */
export const rolloutByWeights: CodeSupport['rollout'] = {
  strategy: 'honoured',
  steps: 'honoured',
  analysis: { errors: 'honoured', p99: 'honoured', for: 'honoured', minRequests: 'honoured' },
};

/** What a target without a scaler does with `replicas`. */
export function fixedReplicas(cannotScale: string): CodeSupport['replicas'] {
  return {
    honoured: 'a fixed number',
    refuse: ({ min, max }) =>
      min === max ? undefined : `${cannotScale}; write a number in the overlay of this environment`,
  };
}
