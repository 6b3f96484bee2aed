import { capture } from '../../tools/command.ts';
import type { TargetName } from '../targets/target.ts';
import type { Check } from './doctor-checks.ts';

/** What the targets that run containers need besides: their provider plugins, Pulumi fetches itself. */
export function containerChecks(target: TargetName): Promise<Check>[] {
  if (target === 'docker') return [checkDaemon()];
  return target === 'kubernetes' ? [checkCluster()] : [];
}

async function checkDaemon(): Promise<Check> {
  const name = 'Docker daemon';
  const { code, stdout, problem } = await capture('docker', ['version', '--format', '{{.Server.Version}}']);
  if (code === 0) return { name, found: stdout.trim() };
  return { name, found: lastLine(problem), mend: 'start Docker, or set DOCKER_HOST' };
}

async function checkCluster(): Promise<Check> {
  const name = 'Cluster';
  const context = await capture('kubectl', ['config', 'current-context']);
  if (context.code === null)
    return { name, found: 'not looked at: kubectl, which only this check needs, is not on the PATH' };
  const ready = await capture('kubectl', ['get', '--raw', '/readyz', '--request-timeout=5s']);
  if (ready.code === 0) return { name, found: `${context.stdout.trim()} answers` };
  return {
    name,
    found: lastLine(ready.problem),
    mend: 'export KUBECONFIG=…, or kubectl config use-context …',
  };
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}
