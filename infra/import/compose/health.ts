import type { Tree } from '../../stack/tree.ts';
import { textsOf } from '../read.ts';

type Health = { path: string } | { command: string | string[] } | 'none';

/**
 * Returns what a health check of Compose asks: a path of the service itself, or a command.
 *
 * @param port of the service, as far as it is known
 * @param resolve puts values in place of variables
 */
export function healthOf(test: Tree, port: number | undefined, resolve: (text: string) => string): Health {
  const [first = '', ...rest] = textsOf(test).map(resolve);
  if (test.kind === 'list' && first === 'NONE') return 'none';
  const words = test.kind === 'list' && /^CMD(-SHELL)?$/.test(first) ? rest : [first, ...rest];
  const command = words.join(' ');
  const url = /https?:\/\/(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\])(?::(\d+))?(\/[^\s"'|;)]*)?/.exec(
    command,
  );
  const isRequest = /\b(curl|wget|fetch|http\.get|urlopen|requests\.get|httpx?)\b/i.test(command);
  const isOwn = url !== null && (url[1] === undefined || Number(url[1]) === port);
  if (isRequest && isOwn) return { path: (url[2] ?? '/').replace(/[?#].*$/, '') };
  return { command: test.kind === 'list' && first === 'CMD' ? words : command };
}
