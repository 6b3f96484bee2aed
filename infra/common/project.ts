import { join } from 'node:path';
import * as z from 'zod';
import { UserError } from '../../tools/user-error.ts';
import { readSettingsFile } from './environment.ts';

const projectFile = z.object({
  name: z.string(),
  backend: z.object({ url: z.string().optional() }).nullish(),
});

/** The fields of a Pulumi.yaml that Railhead reads. */
export interface Project {
  /** Part of every URN, and of the paths in the state. */
  name: string;
  /** The backend that the project names for all of its users. */
  backend: string | undefined;
}

/** Reads the Pulumi.yaml of a project. Throws UserError. */
export function readProject(root: string): Project {
  const parsed = projectFile.safeParse(readSettingsFile(join(root, 'Pulumi.yaml')));
  if (!parsed.success) throw new UserError(`Pulumi.yaml:\n${z.prettifyError(parsed.error)}`);
  const { name, backend } = parsed.data;
  return { name, backend: backend?.url };
}
