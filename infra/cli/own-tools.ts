import { join } from 'node:path';
import { repositoryRoot, type Environment } from '../common/environment.ts';
import { loadStack } from '../stack/load.ts';
import { UserError } from '../../tools/user-error.ts';

/** Commands of docker or kubectl that replace `railhead status`, `logs` and `run` on the other targets. */
export type OwnTools = Record<'status' | 'logs' | 'run', string>;

/** Returns the commands for the target of an environment; undefined for `process`, which railhead's commands cover. */
export function ownTools(
  { name: environment, stackFile, target, identity }: Environment,
  service?: string,
): OwnTools | undefined {
  if (target === 'process') return undefined;
  const stack = identity ?? loadStack(join(repositoryRoot, stackFile)).stack.name;
  const place = { stack, environment, service };
  return target === 'docker' ? dockerTools(place) : kubernetesTools(place);
}

/** Throws a UserError that names the command to use instead, unless the target is `process`. */
export function requireProcesses(environment: Environment, what: keyof OwnTools, service?: string): void {
  const tools = ownTools(environment, service);
  if (tools === undefined) return;
  throw new UserError(
    `${environment.name} runs on ${environment.target}, which \`railhead ${what}\` does not cover. Use instead:\n  ${tools[what]}`,
  );
}

interface Place {
  stack: string;
  environment: string;
  /** Name of a service; undefined for all services. */
  service: string | undefined;
}

function dockerTools({ stack, environment, service }: Place): OwnTools {
  const filters = `--filter label=railhead.stack=${stack} --filter label=railhead.environment=${environment}`;
  const one = service === undefined ? '' : ` --filter label=railhead.service=${service}`;
  return {
    status: `docker ps ${filters}`,
    logs: `docker ps -q ${filters}${one} | xargs -n 1 docker logs`,
    run: `docker kill --signal SIGUSR2 $(docker ps -q ${filters}${one})`,
  };
}

function kubernetesTools({ stack, environment, service }: Place): OwnTools {
  const namespace = `${stack}-${environment}`;
  const label = service === undefined ? `part-of=${stack}` : `name=${service}`;
  return {
    status: `kubectl get pods -n ${namespace}`,
    logs: `kubectl logs -f -n ${namespace} -l app.kubernetes.io/${label} --max-log-requests 20`,
    run: `kubectl create job -n ${namespace} --from=cronjob/${service} ${service}-now`,
  };
}
