import type { Tree } from '../../stack/tree.ts';
import { textsOf } from '../read.ts';

/** Returns what a health check of Compose asks: a path of the service itself, or a command. */
export function healthOf(test: Tree): { path: string } | { command: string } | 'none' {
  const [first = '', ...rest] = textsOf(test);
  if (test.kind === 'list' && first === 'NONE') return 'none';
  const words = test.kind === 'list' && /^CMD(-SHELL)?$/.test(first) ? rest : [first, ...rest];
  const command = words.join(' ');
  const url = /https?:\/\/(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\])(?::\d+)?(\/[^\s"'|;)]*)?/.exec(
    command,
  );
  const isRequest = /\b(curl|wget|fetch|http\.get|urlopen|requests\.get|httpx?)\b/i.test(command);
  if (url === null || !isRequest) return { command };
  return { path: (url[1] ?? '/').replace(/[?#].*$/, '') };
}
