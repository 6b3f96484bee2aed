import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { UserError } from '../../../../tools/user-error.ts';
import { startHint } from '../../../containers/start-hint.ts';
import { runFailure, runName, shownLines } from '../../../common/failure-messages.ts';
import type { Step } from '../../../provider/kind.ts';
import { docker, isOwnVariable } from './docker.ts';
import type { RunOnceInputs } from './inputs.ts';

/** Runs the container to its end and removes it; rejects with a UserError that shows its last lines. */
export async function runContainer(inputs: RunOnceInputs, { signal, progress }: Step): Promise<void> {
  const { name, environment, container, networks, variables, isService = false } = inputs;
  const title = isService ? 'run' : 'preDeploy';
  // Of a run that was killed.
  await docker(['rm', '--force', '--volumes', container]);
  const command = [...inputs.entrypoint, ...inputs.command].join(' ');
  progress(`${title}: ${command || inputs.image}`);
  const last: string[] = [];
  const take = (line: string) => {
    last.push(line);
    last.splice(0, last.length - shownLines);
    progress(`${title}: ${line}`);
  };
  const remove = () => docker(['rm', '--force', '--volumes', container]);
  const cancel = () => void remove();
  signal.addEventListener('abort', cancel);
  try {
    await mustSucceed(['create', ...createOptions(inputs)], variables);
    for (const network of networks.slice(1)) await mustSucceed(['network', 'connect', network, container]);
    signal.throwIfAborted();
    const code = await attach(container, take);
    if (code === 0) return;
    // The container is removed with its log, so no command shows more than the message.
    const end = signal.aborted ? 'was cancelled' : `ended with exit code ${code}`;
    const what = `${runName(name, isService)} ${end}`;
    throw new UserError(runFailure({ environment, what, isService, hint: startHint(last), log: last }));
  } finally {
    signal.removeEventListener('abort', cancel);
    await remove();
  }
}

/** Values are not among the arguments, which every user of the machine can read: Docker takes them from its environment. */
export function createOptions(inputs: RunOnceInputs): string[] {
  const { container, image, entrypoint, command, variables, networks, tmpfs, labels } = inputs;
  const { user, readOnly = true, capabilities = [], ulimits = [], shmSize, gpus } = inputs;
  const { files = [], binds = [] } = inputs;
  const mounts = [...files.map((file) => ({ ...file, readOnly: true })), ...binds];
  const [program, ...args] = entrypoint;
  const variableOf = ([name, value]: [string, string]) => (isOwnVariable(name) ? `${name}=${value}` : name);
  const each = (option: string, values: string[]) => values.flatMap((value) => [option, value]);
  return [
    ...['--name', container, '--network', networks[0] ?? 'none'],
    ...(user === undefined ? [] : ['--user', user]),
    ...(readOnly ? ['--read-only'] : []),
    ...['--cap-drop', 'ALL', '--security-opt', 'no-new-privileges:true'],
    ...each('--cap-add', capabilities),
    ...each(
      '--ulimit',
      ulimits.map(({ name, soft, hard }) => `${name}=${soft}:${hard}`),
    ),
    ...(shmSize === undefined ? [] : ['--shm-size', `${shmSize}m`]),
    ...(gpus === undefined ? [] : ['--gpus', String(gpus)]),
    ...['--pids-limit', String(inputs.pids)],
    ...(inputs.cpus === undefined ? [] : ['--cpus', String(inputs.cpus)]),
    ...(inputs.memory === undefined
      ? []
      : ['--memory', `${inputs.memory}m`, '--memory-swap', `${inputs.memory}m`]),
    ...each('--tmpfs', pairs(tmpfs, ':')),
    ...each(
      '--mount',
      mounts.map(
        ({ source, target, readOnly }) =>
          `type=bind,source=${source},target=${target}${readOnly ? ',readonly' : ''}`,
      ),
    ),
    ...each('--label', pairs(labels, '=')),
    ...each('--env', Object.entries(variables).map(variableOf)),
    ...(program === undefined ? [] : ['--entrypoint', program]),
    image,
    ...args,
    ...command,
  ];
}

function pairs(map: Record<string, string>, between: string): string[] {
  return Object.entries(map).map(([name, value]) => `${name}${between}${value}`);
}

async function mustSucceed(args: string[], variables: Record<string, string> = {}): Promise<void> {
  const { code, problem } = await docker(args, variables);
  if (code !== 0) throw new UserError(`docker ${args[0]} failed: ${problem}`);
}

/** Starts the container and gives every line that it prints; resolves to its exit code. */
async function attach(container: string, take: (line: string) => void): Promise<number | null> {
  const child = spawn('docker', ['start', '--attach', container], { stdio: ['ignore', 'pipe', 'pipe'] });
  for (const input of [child.stdout, child.stderr]) createInterface({ input }).on('line', take);
  const [code] = (await once(child, 'close')) as [number | null];
  return code;
}
