import type { WithHoles } from '../../../plan/resource.ts';
import { scriptsFolder, secretsFolder } from '../../../data/container.ts';
import { poolerImage } from '../../../data/pooler/pooler.ts';
import type { PoolerPlan } from '../../shared/data-server.ts';
import type { input } from '../inputs.ts';
import { resourcesOf } from '../resources.ts';
import type { Scope } from '../scope.ts';
import { containerSecurity } from '../security.ts';

const volumes = { config: 'pooler-config', users: 'pooler-users' };

/** PgBouncer runs on one CPU, and needs a few KiB for each connection. */
const resources = { cpu: 1, memory: { bytes: 2 ** 27, text: '128Mi' } };

/**
 * Returns the container of PgBouncer in the pod of its server. It needs no liveness probe: the kubelet restarts it when it
 * exits.
 */
export function poolerContainer({ images }: Scope, { port, command }: PoolerPlan) {
  return {
    name: 'pooler',
    image: images.pgbouncer ?? poolerImage,
    imagePullPolicy: 'IfNotPresent',
    command,
    ports: [{ name: 'pooler', containerPort: port }],
    securityContext: containerSecurity,
    terminationMessagePolicy: 'FallbackToLogsOnError',
    resources: resourcesOf({ resources: { ...resources, requests: { cpu: 0.1 } } }),
    volumeMounts: [
      { name: volumes.config, mountPath: scriptsFolder, readOnly: true },
      { name: volumes.users, mountPath: secretsFolder, readOnly: true },
    ],
    readinessProbe: { tcpSocket: { port }, periodSeconds: 5, timeoutSeconds: 5, failureThreshold: 2 },
  } satisfies WithHoles<input.core.v1.Container>;
}

/** Returns the volumes with its files alone: PgBouncer does not see the password of the administrator. */
export function poolerVolumes(
  name: string,
  { config, users }: PoolerPlan,
): WithHoles<input.core.v1.Volume>[] {
  const item = (key: string) => ({ items: [{ key, path: key }] });
  return [
    { name: volumes.config, configMap: { name, ...item(config.name) } },
    { name: volumes.users, secret: { secretName: name, defaultMode: 0o440, ...item(users.name) } },
  ];
}
