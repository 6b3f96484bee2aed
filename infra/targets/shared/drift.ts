import * as z from 'zod';
import type { Path } from '../../provider/wire.ts';

/** A resource in the state of an environment, without Pulumi's marks. */
export interface DeployedResource {
  urn: string;
  /** Pulumi's type token. */
  type: string;
  /** The last part of the URN. */
  name: string;
  /** The id that its provider gave it. */
  id: string | undefined;
  /** A service or `gateway`; undefined for what belongs to the whole environment. */
  service: string | undefined;
  /** The inputs, with secrets in plain text. Only a finding that has passed `hideSecrets` may be shown. */
  inputs: Record<string, unknown>;
  /** The paths of the secrets among the inputs. */
  secrets: Path[];
}

/** Who changed something last, as far as the platform records it. */
const lastChangeSchema = z.strictObject({
  by: z
    .string()
    .optional()
    .describe('The program that made the change: `kubectl-scale`. Absent if not recorded.'),
  operation: z.string().optional().describe('How it made the change: `Update`, `Apply`.'),
  at: z.iso.datetime().optional().describe('Absent if not recorded.'),
});

const driftKinds = ['changed', 'deleted', 'stopped', 'failed', 'stray', 'foreign'] as const;

/** One difference between the state and what exists. */
export const driftFindingSchema = z.strictObject({
  kind: z
    .enum(driftKinds)
    .describe(
      '`changed`: a setting differs. `deleted`: it does not exist. `stopped`, `failed`: it does not run. `stray`: an update that was killed has left it. `foreign`: Railhead did not create it.',
    ),
  service: z.string().optional().describe('A service or `gateway`. Absent for what belongs to no service.'),
  resource: z.string().describe('Kind and name: `Deployment api`.'),
  urn: z.string().optional().describe('In the state. Absent for `stray` and `foreign`.'),
  what: z.string().optional().describe('What differs: `replicas`, `variable LOG_LEVEL`, `spec.paused`.'),
  deployed: z
    .string()
    .optional()
    .describe(
      'The value of the last update. Absent if the update set none. `(hidden)` if it is or looks secret.',
    ),
  live: z
    .string()
    .optional()
    .describe('The value that exists. Absent if there is none. `(hidden)` as above.'),
  detail: z.string().optional().describe('More about it, as a part of a sentence.'),
  changed: lastChangeSchema.optional(),
  replaces: z
    .literal(true)
    .optional()
    .describe(
      'Whether `--mend` has to make the resource again, since the engine does not see the difference.',
    ),
  remedy: z
    .string()
    .optional()
    .describe('The command that takes it back. Present only if `--mend` does not.'),
});

export type DriftFinding = z.infer<typeof driftFindingSchema>;

/** What exists of an environment, compared with its state. */
export interface Reality {
  /** Where the resources are, for sentences: `on the cluster`. */
  where: string;
  findings: DriftFinding[];
  /** What was not compared, and what the platform does not record. Complete sentences. */
  notes: string[];
}

/** Whether a value at a path of the inputs is secret, contains a secret, or is a part of one. */
export function isSecretAt({ secrets }: Pick<DeployedResource, 'secrets'>, path: Path): boolean {
  return secrets.some((secret) => {
    const shared = Math.min(secret.length, path.length);
    return secret.slice(0, shared).every((part, index) => String(part) === String(path[index]));
  });
}

/** The text in place of a value that is or looks secret. */
export const hiddenValue = '(hidden)';
