import { readFileSync } from 'node:fs';
import { builtFile } from '../../../common/roots.ts';
import type { CodeService } from '../../../stack/schema.ts';
import { withFiles } from '../files.ts';
import { privateFolder } from '../hardening.ts';
import { health, nodeCheck } from '../probes.ts';

const folder = '/run/railhead';
/** Health check that fails after a failed run and prints how it ended. */
const lastRun = [
  `const fs=require('fs'),file='${folder}/failed'`,
  "if(fs.existsSync(file)){console.log(fs.readFileSync(file,'utf8'));process.exit(1)}",
].join(';');
/** Plans a container that runs `command` on a schedule. Its scheduler needs no Docker socket. */
export function planSchedule(cron: NonNullable<CodeService['cron']>, command: string[], user: string) {
  const schedule = typeof cron === 'string' ? cron : JSON.stringify(cron);
  return {
    ...withFiles(
      ['node', `${folder}/runner.mjs`, schedule, ...command],
      [
        {
          path: `${folder}/runner.mjs`,
          content: readFileSync(builtFile('programs/cron/main.js'), 'utf8'),
        },
      ],
    ),
    tmpfs: { [folder]: privateFolder(user) },
    // `docker ps` then shows the container as unhealthy until a run succeeds.
    health: health(nodeCheck(lastRun)),
  };
}
