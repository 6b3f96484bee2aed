import { z } from 'zod';
import { capture } from '../../../tools/command.ts';
import type { ServiceGraph } from '../../graph/types.ts';
import { patience } from '../preflight.ts';

const shownLines = 20;

const inspected = z.object({
  Name: z.string(),
  RestartCount: z.number(),
  State: z.object({
    Status: z.string(),
    ExitCode: z.number(),
    OOMKilled: z.boolean(),
    Health: z
      .object({
        Status: z.string(),
        Log: z.array(z.object({ ExitCode: z.number(), Output: z.string() })).nullish(),
      })
      .nullish(),
  }),
  Config: z.object({
    Labels: z.record(z.string(), z.string()),
    Healthcheck: z.object({ Test: z.array(z.string()).nullish() }).nullish(),
  }),
});

type Inspected = z.infer<typeof inspected>;

/** What is wrong with the containers of an environment, a text each: how it ended, its check, its last lines, and what next. */
export async function containerFailures({ name, environment }: ServiceGraph): Promise<string[]> {
  const labels = [`railhead.stack=${name}`, `railhead.environment=${environment}`];
  const filters = labels.flatMap((label) => ['--filter', `label=${label}`]);
  const ids = (await docker('ps', '--all', '--quiet', ...filters)).split('\n').filter(Boolean);
  if (ids.length === 0) return [];
  const containers = z.array(inspected).parse(JSON.parse(await docker('inspect', ...ids)));
  const failed = containers.filter(hasFailed).toSorted((one, other) => (one.Name < other.Name ? -1 : 1));
  return Promise.all(failed.map(async (container) => describeFailure(container, await lastLines(container))));
}

function hasFailed({ State, RestartCount }: Inspected): boolean {
  const { Status, ExitCode, Health } = State;
  if (Status === 'exited' || Status === 'dead' || Status === 'created') return ExitCode !== 0;
  return (
    Status === 'restarting' ||
    Health?.Status === 'unhealthy' ||
    (RestartCount > 0 && Health?.Status === 'starting')
  );
}

/** @param lines the last ones that it printed */
export function describeFailure({ Name, RestartCount, State, Config }: Inspected, lines: string[]): string {
  const name = Name.replace(/^\//, '');
  const service = Config.Labels['railhead.service'] ?? name;
  const output =
    lines.length === 0 ? ['It printed nothing.'] : ['Its last lines:', ...lines.map((line) => `  ${line}`)];
  return [
    `${service} (container ${name}) ${[endOf(State, RestartCount), checkOf(State, Config)].filter(Boolean).join('; ')}.`,
    ...output,
    `The whole log: docker logs ${name}`,
  ].join('\n');
}

function endOf({ Status, ExitCode, OOMKilled }: Inspected['State'], restarts: number): string {
  if (Status === 'running' && restarts === 0) return 'runs, but is not healthy';
  const reason = OOMKilled ? ', as it needed more memory than its limit' : '';
  const again = restarts === 0 ? '' : `, and was started again ${restarts} time${restarts === 1 ? '' : 's'}`;
  // While it runs again Docker says nothing of its last end.
  return Status === 'running'
    ? `does not stay up: it was started again ${restarts} times`
    : `ended with exit code ${ExitCode}${reason}${again}`;
}

/** The last health check that failed: what it says of itself, or the port that it could not connect to. */
function checkOf({ Health }: Inspected['State'], { Healthcheck }: Inspected['Config']): string {
  const last = Health?.Log?.at(-1);
  if (last === undefined || last.ExitCode === 0) return '';
  const [said = ''] = last.Output.trim().split('\n');
  const port = /connect\((\d+)/.exec((Healthcheck?.Test ?? []).join(' '))?.[1];
  const asked = port === undefined ? '' : ` of port ${port}`;
  return `its check${asked} failed${said === '' ? '' : `: ${said.slice(0, 200)}`}`;
}

async function lastLines({ Name }: Inspected): Promise<string[]> {
  const { stdout, problem } = await capture(
    'docker',
    ['logs', '--tail', String(shownLines), Name.replace(/^\//, '')],
    {
      timeout: patience,
    },
  );
  return `${stdout}\n${problem}`
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(-shownLines);
}

async function docker(...args: string[]): Promise<string> {
  const { code, stdout, problem } = await capture('docker', args, { timeout: patience });
  if (code !== 0) throw new Error(problem);
  return stdout;
}
