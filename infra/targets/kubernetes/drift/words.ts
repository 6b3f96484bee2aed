import type { DriftFinding } from '../../shared/drift.ts';
import type { Step } from './step.ts';

/** What a path means in the words of a stack file: `replicas`, `variable LOG_LEVEL`, `limits.memory`; else the path. */
export function wordsOf(path: readonly Step[]): string {
  const names = path.map(nameOf);
  const fields = path.map((step) => (isKey(step) ? '' : String(step)));
  const variable = fields.indexOf('env');
  if (variable !== -1 && fields.includes('containers')) return `variable ${names[variable + 1]}`;
  if (path.join('.') === 'spec.replicas') return 'replicas';
  if (fields.at(-1) === 'image' && fields.includes('containers')) return 'image';
  const resources = fields.indexOf('resources');
  if (resources !== -1) return names.slice(resources + 1).join('.') || 'resources';
  if (['data', 'stringData'].includes(fields[0] ?? '') && names.length === 2) return `key ${names[1]}`;
  return names.join('.');
}

/** The name of an element: `api` for `k:{"name":"api"}`. */
function nameOf(step: Step): string {
  if (!isKey(step)) return String(step);
  return Object.values(JSON.parse(step.slice(2)) as Record<string, unknown>).join('/');
}

function isKey(step: Step): step is string {
  return typeof step === 'string' && step.startsWith('k:');
}

/** Returns the values of a finding. An element of a list that is a variable is shown as its value. */
export function textsOf({
  deployed,
  live,
}: {
  deployed?: unknown;
  live?: unknown;
}): Pick<DriftFinding, 'deployed' | 'live'> {
  const [before, after] = [deployed, live].map(textOf);
  return { ...(before !== undefined && { deployed: before }), ...(after !== undefined && { live: after }) };
}

function textOf(value: unknown): string | undefined {
  if (value === undefined || typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const { name, value: text, ...others } = value as Record<string, unknown>;
  const isVariable = typeof name === 'string' && typeof text === 'string' && Object.keys(others).length === 0;
  return isVariable ? text : JSON.stringify(value);
}
