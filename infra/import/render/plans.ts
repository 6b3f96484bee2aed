import type { Tree } from '../../stack/tree.ts';
import { say } from '../say.ts';
import { cannot, type Outcome } from '../ledger.ts';
import { textOf } from '../read.ts';
import { sizeOf } from '../sizes.ts';
import type { Taking } from '../take.ts';

/** CPU and memory of the instance types of services. */
const plans = new Map<string, [cpu: string, memory: string]>([
  ['free', ['0.1', '512Mi']],
  ['starter', ['0.5', '512Mi']],
  ['standard', ['1', '2Gi']],
  ['pro', ['2', '4Gi']],
  ['pro plus', ['4', '8Gi']],
  ['pro max', ['4', '16Gi']],
  ['pro ultra', ['8', '32Gi']],
]);

export function servicePlan(tree: Tree, { service }: Taking): Outcome | undefined {
  const found = plans.get((textOf(tree) ?? '').toLowerCase().replace(/[_-]/g, ' '));
  if (found === undefined) return unknown;
  say(service, 'cpu', found[0], tree);
  say(service, 'memory', found[1], tree);
  return undefined;
}

/** The plan of a database names its memory: `basic-1gb`. */
export function dataPlan(tree: Tree, { service }: Taking): Outcome | undefined {
  const memory = sizeOf(/-(\d+[mg]b)$/i.exec(textOf(tree) ?? '')?.[1] ?? '');
  if (memory === undefined) return unknown;
  say(service, 'memory', memory, tree);
  return undefined;
}

const unknown = cannot('this plan of Render has no known size', 'write `resources`');
