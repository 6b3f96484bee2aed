import type { WithHoles } from '../../plan/resource.ts';
import type { CodeService } from '../../stack/schema.ts';
import type { input } from './inputs.ts';
import { temporarySize } from './resources.ts';

/** Returns the folders of a pod that are empty at its start: `/tmp`, the others of the stack file, and the shared memory. */
export function scratchOf({ tmpfs = [], shmSize }: Pick<CodeService, 'tmpfs' | 'shmSize'>): {
  volumes: WithHoles<input.core.v1.Volume>[];
  mounts: WithHoles<input.core.v1.VolumeMount>[];
} {
  const inMemory = [
    ...tmpfs.map(({ path, size }, index) => ({ name: `tmpfs-${index + 1}`, path, size })),
    ...(shmSize === undefined ? [] : [{ name: 'shm', path: '/dev/shm', size: shmSize }]),
  ];
  return {
    volumes: [
      { name: 'tmp', emptyDir: { sizeLimit: temporarySize } },
      ...inMemory.map(({ name, size }) => ({ name, emptyDir: { medium: 'Memory', sizeLimit: size.text } })),
    ],
    mounts: [
      { name: 'tmp', mountPath: '/tmp' },
      ...inMemory.map(({ name, path }) => ({ name, mountPath: path })),
    ],
  };
}
