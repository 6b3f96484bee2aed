import language from '@pulumi/pulumi/proto/language_pb.js';
import { ending, startChild } from './children.ts';
import { locateModule, programOptions } from './program.ts';

// Exit code of @pulumi/pulumi when it has already reported the problem to the user.
const exitedAfterMessage = 32;

/** Runs the program once with the engine's resource monitor, and returns how it ended. */
export async function runProgram(
  request: language.RunRequest,
  engineAddress: string,
): Promise<language.RunResponse> {
  if (request.getAttachDebugger()) {
    return failed('--attach-debugger needs the official CLI. Here: NODE_OPTIONS=--inspect-brk');
  }
  const info = request.getInfo();
  const directory = info?.getProgramDirectory() ?? request.getPwd();
  const { nodeArguments, env } = programOptions(info);
  const runner = locateModule('@pulumi/pulumi/cmd/run', directory);
  const child = startChild(
    process.execPath,
    [...nodeArguments, runner, ...runArguments(request, engineAddress)],
    {
      // The engine shows the output of this process, which includes that of the program.
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...env, ...configuration(request) },
    },
  );
  const end = await ending(child);
  if (end === 0) return new language.RunResponse();
  if (end === exitedAfterMessage) return new language.RunResponse().setBail(true);
  return failed(typeof end === 'number' ? `The program exited with code ${end}` : `The program ${end}`);
}

function failed(error: string): language.RunResponse {
  return new language.RunResponse().setError(error);
}

function runArguments(request: language.RunRequest, engineAddress: string): string[] {
  const info = request.getInfo();
  const flags = {
    monitor: request.getMonitorAddress(),
    engine: engineAddress,
    organization: request.getOrganization(),
    project: request.getProject(),
    'root-directory': info?.getRootDirectory() ?? '',
    stack: request.getStack(),
    pwd: info?.getProgramDirectory() ?? request.getPwd(),
    parallel: String(request.getParallel()),
  };
  const given = Object.entries(flags).filter(([, value]) => value !== '');
  return [
    ...given.flatMap(([name, value]) => [`--${name}`, value]),
    ...(request.getDryrun() ? ['--dry-run'] : []),
    info?.getEntryPoint() ?? '.',
    ...request.getArgsList(),
  ];
}

/**
 * Returns environment variables with the stack configuration: other users can read arguments, but not the
 * environment.
 */
function configuration(request: language.RunRequest): Record<string, string> {
  return {
    PULUMI_CONFIG: JSON.stringify(Object.fromEntries(request.getConfigMap().entries())),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
  };
}
