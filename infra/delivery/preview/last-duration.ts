import { z } from 'zod';
import type { Pulumi } from '../state/read-plan.ts';

const history = z.array(
  z.object({
    kind: z.string(),
    result: z.string(),
    startTime: z.coerce.date(),
    endTime: z.coerce.date().optional(),
    resourceChanges: z.record(z.string(), z.number()).optional(),
  }),
);

/** Returns how many seconds the last successful update with changes took; undefined if there was none lately. */
export async function lastDuration(pulumi: Pulumi, environment: string): Promise<number | undefined> {
  const args = ['stack', 'history', '--stack', environment, '--json', '--page-size', '20'];
  const { code, stdout } = await pulumi.read(args);
  if (code !== 0) return undefined; // The stack does not exist yet.
  const updates = history.safeParse(JSON.parse(stdout)).data ?? [];
  const last = updates.find(({ kind, result, resourceChanges = {} }) => {
    const isChanged = Object.keys(resourceChanges).some((operation) => operation !== 'same');
    return kind === 'update' && result === 'succeeded' && isChanged;
  });
  return last?.endTime && Math.round((last.endTime.getTime() - last.startTime.getTime()) / 1000);
}
