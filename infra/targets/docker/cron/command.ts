import { readFileSync } from 'node:fs';
import { withFiles } from '../files.ts';
import { privateFolder } from '../hardening.ts';

const folder = '/run/railhead';
const programs = ['runner.ts', 'schedule.ts'];

/** Runs `command` at its times inside of the service's own container: no socket of the daemon is needed for it. */
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
