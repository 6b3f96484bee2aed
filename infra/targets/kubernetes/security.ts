import type { WithHoles } from '../../plan/resource.ts';
import { imageUser } from '../../artifacts/dockerfile.ts';
import { listeningPort } from '../../containers/environment.ts';
import { ofImage } from '../../stack/container.ts';
import type { CodeService } from '../../stack/schema.ts';
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

/** Returns the security contexts of the pods of a service: hardened, except for what its stack file says. */
export function securityOf(config: CodeService, ownsVolume: boolean) {
  const { user = `${imageUser}:${imageUser}`, readOnly = true, capabilities } = config;
  const [uid = imageUser, gid = uid] = user === ofImage ? [] : user.split(':').map(Number);
  const ofUser = { ...podSecurity(uid, { ownsVolume, port: listeningPort(config) }), runAsGroup: gid };
  const { runAsNonRoot, runAsUser, runAsGroup, ...others } = ofUser;
  return {
    pod: {
      // The API server refuses root and a user with a name where this is set.
      ...(user !== ofImage && uid !== 0 && { runAsNonRoot }),
      ...(user !== ofImage && { runAsUser, runAsGroup }),
      ...others,
    },
    container: {
      ...containerSecurity,
      capabilities: { ...(capabilities !== undefined && { add: capabilities.add }), drop: ['ALL'] },
      readOnlyRootFilesystem: readOnly,
    },
  };
}
