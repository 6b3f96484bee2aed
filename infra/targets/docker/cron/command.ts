import { readFileSync } from 'node:fs';
import { withFiles } from '../files.ts';
import { privateFolder } from '../hardening.ts';
import { health, nodeCheck } from '../probes.ts';

const folder = '/run/railhead';
/** Health check that fails after a failed run and prints how it ended. */
const lastRun = [
  `const fs=require('fs'),file='${folder}/failed'`,
  "if(fs.existsSync(file)){console.log(fs.readFileSync(file,'utf8'));process.exit(1)}",
].join(';');
/**
 * The programs in the container, 4 kB in total. `schedule.ts` stands in for croner: every compose file contains the text
 * of the programs, and croner is one line of 33 kB. A test compares the two.
 */
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
    // `docker ps` then shows the container as unhealthy until a run succeeds.
    health: health(nodeCheck(lastRun)),
  };
}
