import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { capture, type CommandResult } from '../../../tools/command.ts';
import { patience } from '../shared/preflight.ts';

/**
 * Runs kubectl for the cluster that Pulumi uses: `kubernetes:context` and `kubernetes:kubeconfig` of the environment,
 * otherwise KUBECONFIG. kubectl also runs the login plugins of a kubeconfig.
 */
export type Kubectl = (...args: string[]) => Promise<CommandResult>;

/** @param root absolute path of the project */
export function kubectlOf(root: string, environment: string): Kubectl {
  const flags = clusterFlags(root, environment);
  return (...args) =>
    capture('kubectl', [...args, ...flags, `--request-timeout=${patience / 1000}s`], {
      timeout: 2 * patience,
    });
}

/** Returns the kubectl flags for this cluster, such as `--context=prod-eu`; none without settings. */
export function clusterFlags(root: string, environment: string): string[] {
  const file = join(root, `Pulumi.${environment}.yaml`);
  const { config = {} } = existsSync(file)
    ? ((parse(readFileSync(file, 'utf8')) ?? {}) as { config?: Record<string, unknown> })
    : {};
  const flag = (name: string, value: unknown) =>
    typeof value === 'string' && !value.includes('\n') ? [`--${name}=${value}`] : [];
  return [
    ...flag('context', config['kubernetes:context']),
    ...flag('kubeconfig', config['kubernetes:kubeconfig']),
  ];
}

/** Returns the JSON that kubectl has printed; an empty object for other output. */
export function parseOutput(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
