import * as z from 'zod';
import type { GitHub } from './client.ts';

const viewerSchema = z.object({ data: z.object({ viewer: z.object({ login: z.string() }) }) });

/**
 * Returns the login that the token acts as, such as `github-actions[bot]`: the token of a job cannot read `/user`.
 */
export async function ownLogin(github: GitHub): Promise<string> {
  const { data } = await github.query(viewerSchema, '{ viewer { login } }');
  return data.viewer.login;
}
