import type { WithHoles } from '../../plan/resource.ts';
import type { input } from './inputs.ts';

/** Returns the security context of a pod for Pod Security `restricted`, with the user of its files and processes. */
export function podSecurity(
  user: number,
  { ownsVolume = false, port }: { ownsVolume?: boolean; port?: number | undefined } = {},
): WithHoles<input.core.v1.PodSecurityContext> {
  return {
    runAsNonRoot: true,
    runAsUser: user,
    runAsGroup: user,
    seccompProfile: { type: 'RuntimeDefault' },
    // For container runtimes that do not let all users bind ports below 1024.
    ...(port !== undefined &&
      port < 1024 && { sysctls: [{ name: 'net.ipv4.ip_unprivileged_port_start', value: '0' }] }),
    // OnRootMismatch: files that already belong to the group are not changed at every start.
    ...(ownsVolume && { fsGroup: user, fsGroupChangePolicy: 'OnRootMismatch' }),
  };
}

/** The security context of a container. The root file system is read-only; writable folders are volumes. */
export const containerSecurity: WithHoles<input.core.v1.SecurityContext> = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  privileged: false,
  readOnlyRootFilesystem: true,
};
