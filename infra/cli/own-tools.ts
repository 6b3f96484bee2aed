import { join } from 'node:path';
import { pulumiCommand } from '../commands.ts';
import { repositoryRoot, type Environment } from '../environment.ts';
import { loadStack } from '../stack/load.ts';
import { UserError } from '../stack/problem.ts';

/** Commands of the tools that come with a target, for what ours do with processes: show them, run a cron service, remove data. */
export type OwnTools = Record<'status' | 'logs' | 'run' | 'data', string>;

/** Undefined for processes: their tools are ours. */
export function ownTools({ name: environment, stackFile, target }: Environment): OwnTools | undefined {
  if (target === 'process') return undefined;
  const { name } = loadStack(join(repositoryRoot, stackFile)).stack;
  return target === 'docker'
    ? dockerTools(name, environment)
    : kubernetesTools(`${name}-${environment}`, environment);
}

/** Throws a UserError that names the command to use instead. */
export function requireProcesses(environment: Environment, what: keyof OwnTools): void {
  const tools = ownTools(environment);
  if (tools === undefined) return;
  throw new UserError(
    `${environment.name} is on ${environment.target}, where this is done with its own tools:\n  ${tools[what]}`,
  );
}

function dockerTools(stack: string, environment: string): OwnTools {
  const filters = `--filter label=railhead.stack=${stack} --filter label=railhead.environment=${environment}`;
  return {
    status: `docker ps ${filters}`,
    logs: `docker ps -q ${filters} --filter label=railhead.service=<service> | xargs -n 1 docker logs`,
    run: `docker kill --signal SIGUSR2 $(docker ps -q ${filters} --filter label=railhead.service=<service>)`,
    data: `docker volume rm $(docker volume ls -q ${filters})`,
  };
}

function kubernetesTools(namespace: string, environment: string): OwnTools {
  return {
    status: `kubectl get pods -n ${namespace}`,
    logs: `kubectl logs -f -n ${namespace} -l app.kubernetes.io/name=<service> --max-log-requests 20`,
    run: `kubectl create job -n ${namespace} --from=cronjob/<service> <service>-now`,
    // Protected outside dev.
    data: `${pulumiCommand(environment, 'state', 'unprotect', '--all')} && ${pulumiCommand(environment, 'destroy')}`,
  };
}
