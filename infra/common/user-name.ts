import { userInfo } from 'node:os';

/** Returns the name of the user that runs this process, also where the system has no entry for the user. */
export function userName(env: NodeJS.ProcessEnv = process.env): string {
  if (env['USER']) return env['USER'];
  try {
    return userInfo().username;
  } catch {
    return `uid-${process.getuid?.()}`;
  }
}
