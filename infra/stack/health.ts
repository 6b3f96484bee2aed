import * as z from 'zod';
import { fields } from '../fields/fields.ts';
import { obeys, valueAt, type Rule } from '../fields/rules.ts';
import { argument } from './container.ts';
import { plainText } from './names.ts';
import { running } from './running.ts';

const kinds = ['path', 'tcp', 'command'] as const;

/** How many kinds of checks a map has. */
const kindsOf = (health: object) => kinds.filter((kind) => valueAt(health, kind) !== undefined);

const rules: Rule[] = [
  {
    key: 'path',
    holds: (health) => kindsOf(health).length > 0,
    problem: 'is missing: a path such as /health, or one of "tcp" and "command"',
  },
  {
    key: 'command',
    holds: (health) => valueAt(health, 'command') === undefined || kindsOf(health).length === 1,
    problem: 'must be left out with "path" or "tcp": a service has one kind of check',
  },
  {
    key: 'tcp',
    holds: (health) => valueAt(health, 'tcp') === undefined || valueAt(health, 'path') === undefined,
    problem: 'must be left out with "path": a service has one kind of check',
  },
  {
    key: 'ready',
    holds: (health) => valueAt(health, 'ready') === undefined || valueAt(health, 'path') !== undefined,
    problem: 'needs "path": it is a further path',
  },
];

/** How to find out whether a replica is ready: by HTTP, by a connection to its port, or by a command in it. */
export const health = obeys(
  fields({
    path: running.health.shape.path.optional().describe('Path that returns 200 while the process is alive.'),
    ready: running.health.shape.ready
      .optional()
      .describe('Path that returns 200 while the replica accepts requests; default: `path`.'),
    tcp: z.literal(true, 'true').optional().describe('The port accepts connections.'),
    command: z
      .union(
        [plainText('a command'), z.array(argument, 'a list of arguments').min(1, 'a list of arguments')],
        'a command, or a list of its arguments',
      )
      .optional()
      .describe(
        'Command that ends with exit code 0 while the replica is alive. It runs where the replica runs.',
      ),
    timeout: running.timeout.prefault('300s').describe('Maximum time for a new replica to become ready.'),
  }),
  rules,
).transform((value) => {
  const ready = value.ready ?? value.path;
  return { ...value, ...(ready !== undefined && { ready }) };
});

/** Returns the paths of a check by HTTP; undefined if the service has another check or none. */
export function httpHealth(
  health: { path?: string | undefined; ready?: string | undefined } | undefined,
): { path: string; ready: string } | undefined {
  if (health?.path === undefined) return undefined;
  return { path: health.path, ready: health.ready ?? health.path };
}
