import type { WithHoles } from '../../../plan/resource.ts';
import { serverImage, type DataService } from '../../../data/index.ts';
import type { Backup } from '../../../data/kind.ts';
import { scriptsFolder } from '../../../data/container.ts';
import { cronFrame } from '../cron-job.ts';
import { dataContainer, dataPod, fileVolumes } from './stateful-set.ts';
import type { input } from '../inputs.ts';
import { resourcesOf } from '../resources.ts';
import { labels, metadata, podsOf, type Scope } from '../scope.ts';
import { marks, workloadMetadata } from '../settings.ts';
import { volumeArgs } from '../volume.ts';

/** Every night at 03:00 UTC. */
const schedule = '0 3 * * *';

/** Seconds that a run may start late, and seconds after which a run is ended. */
const startingDeadlineSeconds = 3_600;
const activeDeadlineSeconds = 6 * 3_600;

export function backupName(name: string): string {
  return `${name}-backup`;
}

export function backupScriptsArgs(scope: Scope, name: string, { scripts }: Backup) {
  return { metadata: metadata(scope, name, 'backup', backupName(name)), data: scripts };
}

/** Returns the volume for backups, as large as the database's: seven compressed dumps fit. */
export function backupVolumeArgs(scope: Scope, name: string, config: DataService) {
  const { spec } = volumeArgs(scope, name, config, config.storage.text);
  return { metadata: metadata(scope, name, 'backup', backupName(name)), spec };
}

/** Returns the CronJob that dumps the database to its own volume. A Job from it with `restore.sh` restores a dump. */
export function backupArgs(
  scope: Scope,
  name: string,
  config: DataService,
  { scripts, environment }: Backup,
  database: string,
) {
  const container = {
    command: ['sh', `${scriptsFolder}/backup.sh`],
    environment: environment({ host: name, port: config.port, database }),
    scripts,
    scratch: ['/tmp'],
  };
  const image = serverImage(scope.images, config);
  return {
    metadata: workloadMetadata(scope, name, config, { component: 'backup', name: backupName(name) }),
    spec: {
      schedule,
      startingDeadlineSeconds,
      ...cronFrame,
      jobTemplate: {
        metadata: { labels: labels(scope, name, 'backup') },
        spec: {
          backoffLimit: 2,
          activeDeadlineSeconds,
          template: {
            metadata: marks(config, labels(scope, name, 'backup')),
            spec: {
              ...dataPod(scope, name, config),
              restartPolicy: 'Never',
              containers: [{ ...dataContainer(name, image, container), resources: resourcesOf({}) }],
              volumes: [
                { name: 'data', persistentVolumeClaim: { claimName: backupName(name) } },
                ...fileVolumes(name, container, backupName(name)),
              ],
            },
          },
        },
      },
    } satisfies WithHoles<input.batch.v1.CronJobSpec>,
  };
}

/** Returns the policies that let backup pods connect to the server's pods. Both kinds have the same name label. */
export function backupPolicyArgs(scope: Scope, name: string, { port }: DataService) {
  const pods = (component: string) => ({
    matchLabels: { ...podsOf(scope, name), 'app.kubernetes.io/component': component },
  });
  const ports = [{ port, protocol: 'TCP' }];
  const metadataOf = (suffix: string) => metadata(scope, name, 'backup', `${backupName(name)}${suffix}`);
  return [
    {
      metadata: metadataOf('-out'),
      spec: {
        podSelector: pods('backup'),
        policyTypes: ['Egress'],
        egress: [{ to: [{ podSelector: pods('service') }], ports }],
      } satisfies WithHoles<input.networking.v1.NetworkPolicySpec>,
    },
    {
      metadata: metadataOf('-in'),
      spec: {
        podSelector: pods('service'),
        policyTypes: ['Ingress'],
        ingress: [{ from: [{ podSelector: pods('backup') }], ports }],
      } satisfies WithHoles<input.networking.v1.NetworkPolicySpec>,
    },
  ];
}
