import { readFileSync } from 'node:fs';
import { withFiles } from '../files.ts';
import { privateFolder } from '../hardening.ts';

const folder = '/run/railhead';
const programs = ['runner.ts', 'schedule.ts'];

/** Plans a container that runs `command` on a schedule. Its scheduler needs no Docker socket. */
export function planSchedule(schedule: string, command: string[], user: string) {
  return {
    ...withFiles(
      ['node', `${folder}/runner.ts`, schedule, ...command],
      [
        { path: `${folder}/package.json`, content: '{ "type": "module" }' },
        ...programs.map((file) => ({
          path: `${folder}/${file}`,
          content: readFileSync(new URL(file, import.meta.url), 'utf8'),
        })),
      ],
    ),
    tmpfs: { [folder]: privateFolder(user) },
  };
}
