import * as z from 'zod';
import { compareTexts } from '../common/compare-texts.ts';
import { fields, oneOf } from '../fields/fields.ts';
import { objectName } from '../fields/kubernetes.ts';
import { size } from '../fields/quantities.ts';
import { absolutePath } from './container.ts';
import { partName, toVariablePart } from './names.ts';

const volumeName = partName('volume', 20);

const mount = fields({
  path: absolutePath.describe('Mount path. The variable `<NAME>_VOLUME_PATH` contains the actual path.'),
  size: size
    .optional()
    .describe(
      'Size of a volume of the service alone. One that services share has it in the top-level `volumes`.',
    ),
  readOnly: z.boolean('true or false').optional().describe('Whether the volume is mounted read-only.'),
});

/** Volumes that a service mounts, by name. One without a size is a volume of the stack. */
export const serviceVolumes = z.record(
  volumeName,
  z
    .union([absolutePath, mount], 'an absolute path, or a map with the keys path, size, readOnly')
    .transform((value): z.output<typeof mount> => (typeof value === 'string' ? { path: value } : value)),
  'a map of volumes',
);

/** Volumes that several services can mount. */
export const stackVolumes = z
  .record(
    volumeName,
    fields({
      size: size.describe('Size of the volume.'),
      access: oneOf(['ReadWriteMany', 'ReadWriteOnce'])
        .default('ReadWriteMany')
        .describe(
          'How nodes of a cluster mount the volume. With `ReadWriteOnce`, which every storage class supports, all pods that mount it run on one node.',
        ),
      storageClass: objectName
        .optional()
        .describe(
          'Name of the StorageClass of the volume on a cluster; default: that of `kubernetes`. A volume keeps its class.',
        ),
    }),
    'a map of volumes',
  )
  .default({});

type Size = z.output<typeof size>;

/** A volume of `volumes` that a service mounts. */
export interface Mount {
  name: string;
  path: string;
  readOnly: boolean;
  /** Absent if the volume belongs to the stack, and services share it. */
  size?: Size;
  /** The name of the volume among all of the system: `shared.uploads`, `api.cache`. No service is called `shared`. */
  id: string;
  /** The variable of the service with the actual path: `UPLOADS_VOLUME_PATH`. */
  variable: string;
}

/** Returns the volumes in `volumes` of a service, sorted by name. */
export function mountsOf(
  service: string,
  { volumes = {} }: { volumes?: z.output<typeof serviceVolumes> | undefined },
): Mount[] {
  return Object.entries(volumes)
    .map(([name, { path, size, readOnly = false }]) => ({
      name,
      path,
      readOnly,
      ...(size !== undefined && { size }),
      id: size === undefined ? sharedVolume(name) : `${service}.${name}`,
      variable: `${toVariablePart(name)}_VOLUME_PATH`,
    }))
    .toSorted((one, other) => compareTexts(one.name, other.name));
}

/** Returns the `id` of a volume of the stack. */
export function sharedVolume(name: string): string {
  return `shared.${name}`;
}

/** Returns the path of data in the stack file, by the name of their service or the `id` of a volume in `volumes`. */
export function pathOfData(id: string): string[] {
  const [owner = '', volume] = id.split('.');
  if (volume === undefined) return ['services', owner];
  return owner === 'shared' ? ['volumes', volume] : ['services', owner, 'volumes', volume];
}

interface WithVolumes {
  volume?: { size: Size } | undefined;
  volumes?: z.output<typeof serviceVolumes> | undefined;
}

/**
 * Returns the volumes that no other service can mount: `volume`, whose `id` is the name of the service, and the `volumes` with
 * a size.
 */
export function ownVolumes(service: string, config: WithVolumes): { id: string; size: Size }[] {
  return [
    ...(config.volume === undefined ? [] : [{ id: service, size: config.volume.size }]),
    ...mountsOf(service, config).flatMap(({ id, size }) => (size === undefined ? [] : [{ id, size }])),
  ];
}

/** Whether a service has a volume that no other replica or service can mount. */
export function hasOwnVolume(config: WithVolumes): boolean {
  return ownVolumes('', config).length > 0;
}
