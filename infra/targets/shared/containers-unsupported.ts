import { defaultStart } from '../../artifacts/entries.ts';
import type { ServiceGraph } from '../../graph/types.ts';
import type { Finding } from '../../stack/finding.ts';
import { isNodeService } from '../../stack/schema.ts';

/** Returns a finding for each command that needs another runtime than Node: built images contain only Node. */
export function unsupportedInContainers({ services }: Pick<ServiceGraph, 'services'>): Finding[] {
  return services.flatMap(({ name, form, config }): Finding[] => {
    if (form !== 'code' || !isNodeService(config)) return [];
    const { start = defaultStart, preDeploy = { command: [] } } = config;
    const finding = (field: string, command: string): Finding => ({
      path: ['services', name, field],
      message: `runs in an image that contains only Node; add a "dockerfile" that installs what ${JSON.stringify(command)} needs`,
    });
    const lacking = preDeploy.command.filter((command) => runtimesOf(command).some(isForeign));
    return [
      ...(callsNode(start) ? [] : [finding('start', start)]),
      ...lacking.map((command) => finding('preDeploy', command)),
    ];
  });
}

/** Returns true if the command runs Node. Services must be Node programs; preDeploy can also be a shell script. */
function callsNode(line: string): boolean {
  const runtimes = runtimesOf(line);
  return runtimes.length > 0 && !runtimes.some(isForeign);
}

/** Returns the runtimes that the commands of a shell line start. */
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
