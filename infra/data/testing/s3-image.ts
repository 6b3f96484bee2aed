import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { capture } from '../../../tools/command.ts';
import { serverImage } from '../index.ts';
import { ensureS3 } from '../s3/local/find.ts';

const programs = ['sh', 'cat', 'chown', 'cp', 'env', 'mkdir', 'rm', 'sleep', 'touch', 'wget'];

/** The image of the S3 server. Tests build one that is like the official one: its server and the programs of BusyBox. */
export const s3Image = serverImage({}, { kind: 's3', version: '1' });

/** Makes the image of an S3 server in the Docker daemon if it has none. Returns the reason if that fails. */
export async function lacksS3Image(): Promise<string | undefined> {
  if (spawnSync('docker', ['image', 'inspect', s3Image]).status === 0) return undefined;
  if (spawnSync('docker', ['info']).status !== 0) return 'no Docker daemon';
  const folder = mkdtempSync(join(tmpdir(), 'railhead-s3-image-'));
  try {
    const { executable } = await ensureS3('1', () => undefined);
    const root = join(folder, 'root');
    for (const path of ['bin', 'usr/local/bin', 'tmp', 'var/tmp'])
      mkdirSync(join(root, path), { recursive: true });
    for (const path of ['tmp', 'var/tmp']) chmodSync(join(root, path), 0o1777);
    copyFileSync(executable, join(root, 'usr/local/bin/versitygw'));
    copyFileSync(await busybox(folder), join(root, 'bin/busybox'));
    for (const name of programs) symlinkSync('busybox', join(root, 'bin', name));
    await run(
      'tar',
      ['--create', '--file=root.tar', '--owner=0', '--group=0', '--directory=root', '.'],
      folder,
    );
    const path = 'ENV PATH=/usr/local/bin:/bin';
    await run('docker', ['import', '--change', path, 'root.tar', s3Image], folder);
    return undefined;
  } catch (error) {
    return `no image ${s3Image}: ${(error as Error).message.split('\n')[0]}`;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Downloads the system's package of a statically linked BusyBox into a folder. Returns the path of the program. */
async function busybox(folder: string): Promise<string> {
  await run('apt-get', ['-o', 'APT::Sandbox::User=', 'download', 'busybox-static'], folder);
  const [archive = ''] = globSync('*.deb', { cwd: folder });
  await run('dpkg-deb', ['-x', archive, 'busybox'], folder);
  const found = ['bin/busybox', 'usr/bin/busybox']
    .map((path) => join(folder, 'busybox', path))
    .find(existsSync);
  if (found === undefined) throw new Error('busybox-static has no busybox');
  return found;
}

async function run(command: string, args: string[], cwd: string): Promise<void> {
  const { code, problem } = await capture(command, args, { cwd });
  if (code !== 0) throw new Error(`${command}: ${problem}`);
}
