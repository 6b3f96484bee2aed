import { defaultStart } from '../artifacts/entries.ts';
import type { ServiceGraph } from '../graph/types.ts';
import type { Finding } from '../stack/finding.ts';

/** What no target that runs containers can do: the images that we make ourselves have Node and no other runtime. */
export function unsupportedInContainers({ services }: Pick<ServiceGraph, 'services'>): Finding[] {
  return services.flatMap(({ name, config }): Finding[] => {
    if (config.kind !== 'source' || config.dockerfile !== undefined) return [];
    const { start = defaultStart, preDeploy = { command: [] } } = config;
    const finding = (field: string, command: string): Finding => ({
      path: ['services', name, field],
      message: `is run in an image that has Node alone; add a "dockerfile" that brings what ${JSON.stringify(command)} needs`,
    });
    const lacking = preDeploy.command.filter((command) => runtimesOf(command).some(isForeign));
    return [
      ...(callsNode(start) ? [] : [finding('start', start)]),
      ...lacking.map((command) => finding('preDeploy', command)),
    ];
  });
}

/** A service is a program of Node; what runs before it may be a shell script, too. */
function callsNode(line: string): boolean {
  const runtimes = runtimesOf(line);
  return runtimes.length > 0 && !runtimes.some(isForeign);
}

/** The runtimes that the commands of a line name as their program. */
function runtimesOf(line: string): string[] {
  return line
    .split(/[;&|()'"\n]+/)
    .map((command) => command.trim().replace(/^((exec|env)\s+|\w+=\S*\s+)+/, ''))
    .map((command) => command.split(/\s/, 1).join(''))
    .filter((program) => ours.test(program) || isForeign(program));
}

function isForeign(program: string): boolean {
  return foreign.test(program);
}

const ours = /^(node|npm|npx|yarn)$/;
const foreign =
  /^(python[\d.]*|pip3?|uv|uvx|uvicorn|gunicorn|poetry|flask|celery|bun|bunx|deno|pnpm|ruby|bundle|rails|php|java|go|dotnet|elixir|mix|cargo)$/;
