import { rmSync } from 'node:fs';
import { npmCommand } from '../../infra/common/commands.ts';
import { environment, type TestSystem } from '../../infra/targets/testing/system.ts';
import { pendingOf } from '../chaos/kill-matrix-moments.ts';
import { ask } from './clients.ts';
import { brokenBuild, type Wish } from './stack.ts';

/** A step of `up`, and how a new version fails in it. */
export interface Step {
  name: 'build' | 'preDeploy' | 'rollout' | 'scaler' | 'gateway' | 'data' | 'killed';
  /** The next version. */
  next(old: Wish): Wish;
  /** Makes `wish` fail, by something that is in none of its files. */
  break(system: TestSystem, wish: Wish, url: string): Promise<unknown>;
  /** Takes that away: the same files are then good. */
  repair(system: TestSystem, url: string): Promise<unknown>;
  /** The stack file itself is refused, whatever is repaired. */
  isRefused?: boolean;
  /** The run is killed as soon as this is true, instead of failing by itself. */
  killedWhen?: (system: TestSystem) => boolean | Promise<boolean>;
  /** What the message says of the cause, and what next; nothing where the run is killed. */
  says: RegExp[];
}

/** How every `up` ends that Pulumi was asked for and that failed. */
export const again = new RegExp(`Next: .*${npmCommand('up', environment)}$`, 'm');

/** Steps that fail in the same way on every target. */
export const build: Step = {
  name: 'build',
  next: (old) => ({ ...old, web: old.web + 1 }),
  break: (system) => Promise.resolve(system.write('broken-build', '')),
  repair: (system) => Promise.resolve(rmSync(brokenBuild(system), { force: true })),
  says: [
    /The build of web failed with exit code 1: sh build\.sh$/m,
    /^Next: cd "\/.+\/services\/web" && sh build\.sh$/m,
  ],
};

export const preDeploy: Step = {
  ...brokenByStore('preDeploy'),
  says: [/\bapi\b.* ended with exit code 1\b/, /Error: version \d+ cannot prepare/, again],
};

export const rollout: Step = {
  ...brokenByStore('rollout'),
  says: [/\bapi\b.* exit code 1\b/, /Error: version \d+ does not start/, again],
};

/** The Pulumi CLI gets a SIGKILL while it creates a resource of this type, which somebody has to find again. */
export function killed(type: string, isThere: () => boolean | Promise<boolean> = () => true): Step {
  const isCreating = (system: TestSystem) => pendingOf(system.state(), 'creating', new RegExp(type));
  return {
    name: 'killed',
    next: (old) => ({ ...old, api: old.api + 1 }),
    break: () => Promise.resolve(),
    repair: () => Promise.resolve(),
    killedWhen: (system) => isCreating(system) && isThere(),
    says: [],
  };
}

/** Who cannot scale by load says so before anything is touched. */
export const refusedScaler: Step = {
  name: 'scaler',
  // Of the same version: a scaler comes after the Deployment that it scales.
  next: (old) => ({
    ...old,
    changes: {
      ...old.changes,
      api: { replicas: { min: 1, max: 2, memory: 70 }, resources: { cpu: 0.2, memory: '256Mi' } },
    },
  }),
  break: () => Promise.resolve(),
  repair: () => Promise.resolve(),
  isRefused: true,
  says: [/stacks\/test\.yaml:\d+:\d+ /, /scale[sd]? by load; write a number in the overlay/],
};

function brokenByStore(name: 'preDeploy' | 'rollout') {
  const write = (url: string, value: string) => ask(url, `/api/break?value=${encodeURIComponent(value)}`);
  return {
    name,
    next: (old: Wish) => ({ ...old, api: old.api + 1 }),
    break: (_: TestSystem, { api }: Wish, url: string) => write(url, `${name} ${api}`),
    repair: (_: TestSystem, url: string) => write(url, 'nothing'),
  };
}
