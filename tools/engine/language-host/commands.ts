import type { ServerWritableStream } from '@grpc/grpc-js';
import language from '@pulumi/pulumi/proto/language_pb.js';
import { ending, startChild } from './children.ts';
import { locateModule, programOptions } from './program.ts';

/** Runs a plugin that is written for Node, for example a policy pack, and streams its output. */
export function runPlugin(
  call: ServerWritableStream<language.RunPluginRequest, language.RunPluginResponse>,
): void {
  const request = call.request;
  const info = request.getInfo();
  const directory = info?.getProgramDirectory() ?? request.getPwd();
  const isPolicyPack = request.getKind() === 'analyzer';
  stream(call, language.RunPluginResponse, () => {
    const { nodeArguments, env } = programOptions(info);
    const runner = locateModule(
      `@pulumi/pulumi/cmd/${isPolicyPack ? 'run-policy-pack' : 'run-plugin'}`,
      directory,
    );
    // The runner of policy packs expects the folder as its last argument, the other runner as its first.
    const args = isPolicyPack ? [...request.getArgsList(), directory] : [directory, ...request.getArgsList()];
    return startChild(process.execPath, [...nodeArguments, runner, ...args], {
      cwd: isPolicyPack ? directory : request.getPwd(),
      env: { ...parseEnvironment(request.getEnvList()), ...env },
    });
  });
}

/** Implements `pulumi install`: installs the packages as package-lock.json pins them. */
export function installDependencies(
  call: ServerWritableStream<language.InstallDependenciesRequest, language.InstallDependenciesResponse>,
): void {
  const info = call.request.getInfo();
  stream(call, language.InstallDependenciesResponse, () => {
    const { production } = programOptions(info);
    return startChild('npm', ['ci', ...(production ? ['--omit=dev'] : [])], {
      cwd: info?.getProgramDirectory() ?? call.request.getDirectory(),
    });
  });
}

interface Output {
  setStdout(bytes: Uint8Array): unknown;
  setStderr(bytes: Uint8Array): unknown;
}

/**
 * Streams the output of a process through the call. Ends the call when the process ends, and the process when it is
 * cancelled.
 */
function stream<Response extends Output>(
  call: ServerWritableStream<unknown, Response>,
  response: new () => Response,
  start: () => ReturnType<typeof startChild>,
): void {
  const run = async () => {
    const child = start();
    call.on('cancelled', () => child.kill('SIGTERM'));
    child.stdout?.on('data', (bytes: Buffer) => call.write(filled(new response(), 'setStdout', bytes)));
    child.stderr?.on('data', (bytes: Buffer) => call.write(filled(new response(), 'setStderr', bytes)));
    const end = await ending(child);
    if (end === 0) call.end();
    else throw new Error(typeof end === 'number' ? `exited with code ${end}` : end);
  };
  run().catch((error: Error) => call.destroy(error));
}

function filled<Response extends Output>(response: Response, part: keyof Output, bytes: Buffer): Response {
  response[part](bytes);
  return response;
}

function parseEnvironment(lines: string[]): Record<string, string> {
  return Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );
}
