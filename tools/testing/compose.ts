import { spawnSync } from 'node:child_process';

const candidates = [['docker', 'compose'], ['docker-compose']];

/** Returns the command of Compose on this machine: a plugin of docker, or a program; undefined if there is none. */
export function composeCommand(): string[] | undefined {
  return candidates.find(([program = '', ...args]) => {
    const { stdout } = spawnSync(program, [...args, 'version', '--short'], { encoding: 'utf8' });
    // Version 1 reads an older format of the file.
    return /^v?[2-9]/.test(stdout ?? '');
  });
}
