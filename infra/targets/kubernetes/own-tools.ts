import type { OwnTools, ToolPlace } from '../shared/own-tools.ts';

export function kubernetesTools({ stack, environment, service }: ToolPlace): OwnTools {
  const namespace = `${stack}-${environment}`;
  const label = service === undefined ? `part-of=${stack}` : `name=${service}`;
  return {
    status: `kubectl get pods -n ${namespace}`,
    logs: `kubectl logs -f -n ${namespace} -l app.kubernetes.io/${label} --max-log-requests 20`,
    run: `kubectl create job -n ${namespace} --from=cronjob/${service} ${service}-now`,
  };
}
