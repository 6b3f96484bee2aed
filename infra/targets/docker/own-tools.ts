import type { OwnTools, ToolPlace } from '../shared/own-tools.ts';

export function dockerTools({ stack, environment, service }: ToolPlace): OwnTools {
  const filters = `--filter label=railhead.stack=${stack} --filter label=railhead.environment=${environment}`;
  const one = service === undefined ? '' : ` --filter label=railhead.service=${service}`;
  return {
    status: `docker ps ${filters}`,
    logs: `docker ps -q ${filters}${one} | xargs -n 1 docker logs`,
    run: `docker kill --signal SIGUSR2 $(docker ps -q ${filters}${one})`,
  };
}
