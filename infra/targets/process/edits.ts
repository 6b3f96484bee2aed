import { diffInputs } from '../../provider/diff.ts';
import { readServing, readSpec } from '../../supervisor/files.ts';
import type { WorkloadSpec } from '../../supervisor/spec.ts';
import { hiddenValue, isSecretAt, type DeployedResource, type DriftFinding } from '../shared/drift.ts';
import { cronSpec, type CronInputs } from './kinds/cron.ts';
import { inherited } from './kinds/environment.ts';
import { serviceSpec, type ServiceInputs } from './kinds/service.ts';

type Edit = Pick<DriftFinding, 'what' | 'deployed' | 'live' | 'detail'>;

/** Returns what was edited in a `spec.json`, in the words of the stack file. */
export function editsOf(resource: DeployedResource, folder: string): Edit[] {
  const unknown = [{ detail: 'its spec.json was edited' }];
  const [deployed, live] = [deployedSpec(resource) ?? readServing(folder)?.spec, readSpec(folder)];
  if (live === undefined) return [{ detail: 'its spec.json was edited and cannot be read' }];
  if (deployed === undefined) return unknown;
  const [before, after] = [comparable(deployed), comparable(live)];
  const edits = diffInputs(before, after, { replaceOn: [], ignored: [] }).map(({ property, path }): Edit => {
    const name = property === 'env' ? nameIn(path) : undefined;
    const [old, now] = [before, after].map((side) =>
      textOf(valueAt(side, name === undefined ? [property] : ['env', name])),
    );
    const isSecret =
      name === undefined
        ? resource.secrets.length > 0 && property === 'command'
        : isSecretAt(resource, ['variables', name]);
    return {
      what: name === undefined ? (words[property] ?? property) : `variable ${name}`,
      ...(old !== undefined && { deployed: isSecret ? hiddenValue : old }),
      ...(now !== undefined && { live: isSecret ? hiddenValue : now }),
    };
  });
  return edits.length === 0 ? unknown : uniqueEdits(edits);
}

/** The words of a stack file for the fields of a spec. */
const words: Record<string, string> = { cron: 'cron', cwd: 'folder', listen: 'address', stop: 'drain' };

/** Makes the spec of an update again. Those of a data server and the gateway depend on what is installed. */
function deployedSpec({ type, inputs }: DeployedResource): WorkloadSpec | undefined {
  switch (type) {
    case 'railhead:process:Service':
      return serviceSpec(inputs as ServiceInputs);
    case 'railhead:process:Cron':
      return cronSpec(inputs as CronInputs);
    default:
      return undefined;
  }
}

/** Returns the fields of a spec that an update sets. Basic variables are those of the shell that has run the update. */
function comparable(spec: WorkloadSpec & { request?: string; seal?: string }): Record<string, unknown> {
  // A canary says how an update changes what runs, not what runs.
  const { deploymentId, kind, request, seal, canary, env, ...fields } = spec;
  void [deploymentId, kind, request, seal, canary];
  const own = Object.entries(env).filter(([name]) => !basic.has(name));
  return { ...fields, env: Object.fromEntries(own) };
}

const basic = new Set([...inherited, 'RAILWAY_DEPLOYMENT_ID']);

/** `env.LOG_LEVEL` → `LOG_LEVEL`. A name that is no identifier is in brackets: `env["a-b"]`. */
function nameIn(path: string): string {
  const [, bracketed] = /^env\[(".*")\]$/.exec(path) ?? [];
  return bracketed === undefined ? path.slice('env.'.length) : (JSON.parse(bracketed) as string);
}

function valueAt(side: Record<string, unknown>, [property = '', name]: string[]): unknown {
  const value = side[property];
  return name === undefined ? value : (value as Record<string, unknown>)[name];
}

function textOf(value: unknown): string | undefined {
  return value === undefined || typeof value === 'string' ? value : JSON.stringify(value);
}

/** Several fields below one property are one edit, which shows the whole property. */
function uniqueEdits(edits: Edit[]): Edit[] {
  return [...new Map(edits.map((edit) => [`${edit.deployed}\n${edit.live}\n${edit.what}`, edit])).values()];
}
