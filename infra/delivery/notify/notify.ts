import { secretCommand } from '../../common/commands.ts';
import type { Environment } from '../../common/environment.ts';
import type { Message } from './notification.ts';
import { send } from './send.ts';
import { keyBytes } from './signature.ts';

/** The name of the secret that signs notifications: `railhead:webhookKey`. */
export const webhookKeyName = 'webhookKey';

interface Options {
  /** Returns the signing key. */
  readKey: () => Promise<string>;
  /** Receives progress and warnings. */
  say: (line: string) => void;
}

/** Tells the webhook of an environment, if it has one, that a command has ended. Never throws: the command has done its work. */
export async function notify(
  { name, webhook }: Pick<Environment, 'name' | 'webhook'>,
  { id, subject, notification }: Message,
  { readKey, say }: Options,
): Promise<void> {
  if (webhook === undefined) return;
  const key = await readKey().then(
    (text) =>
      keyBytes(text) ?? `railhead:${webhookKeyName} is no signing key (whsec_ and 24 to 64 bytes as base64).`,
    (error: unknown) => (error as Error).message,
  );
  if (typeof key === 'string') {
    say(`The webhook of ${name} was not called: ${key} Next: ${secretCommand(name, webhookKeyName)}`);
    return;
  }
  const problem = await send({ url: webhook, key, id, body: JSON.stringify(notification) }, say);
  if (problem !== undefined)
    say(`The webhook of ${name} did not accept the notification of ${subject}: it ${problem}.`);
}
