import type { input } from './inputs.ts';

/** What Pod Security `restricted` asks of a pod, and the user that all its files and processes belong to. */
export function podSecurity(
  user: number,
  { ownsVolume = false, port }: { ownsVolume?: boolean; port?: number | undefined } = {},
): input.core.v1.PodSecurityContext {
  return {
    runAsNonRoot: true,
    runAsUser: user,
    runAsGroup: user,
    seccompProfile: { type: 'RuntimeDefault' },
    // Where the container runtime does not open low ports to all users by itself.
    ...(port !== undefined &&
      port < 1024 && { sysctls: [{ name: 'net.ipv4.ip_unprivileged_port_start', value: '0' }] }),
    // Files that are the group's already are not walked through at every start.
    ...(ownsVolume && { fsGroup: user, fsGroupChangePolicy: 'OnRootMismatch' }),
  };
}

/** What it asks of a container; what must be writable is a volume. */
export const containerSecurity: input.core.v1.SecurityContext = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  privileged: false,
  readOnlyRootFilesystem: true,
};
