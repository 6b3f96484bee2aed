import { setTimeout as sleep } from 'node:timers/promises';
import type { Wish } from './stack.ts';

/** Milliseconds after which an answer will not come. */
const patience = 10_000;

/** What the two services answer by the gateway. */
export async function answersOf(url: string): Promise<string[]> {
  return Promise.all(['/api/version', '/'].map((path) => ask(url, path)));
}

export async function ask(url: string, path: string): Promise<string> {
  const headers = { connection: 'close' };
  const response = await fetch(new URL(path, url), { headers, signal: AbortSignal.timeout(patience) });
  return response.ok ? response.text() : `${response.status} ${await response.text()}`;
}

export function expectedAnswers({ api, web }: Wish): string[] {
  return [`api ${api}`, `web ${web}`];
}

/** Asks both services again and again while `work` is done; gives what was answered otherwise, each once. */
export async function otherAnswers<T>(url: string, wish: Wish, work: () => Promise<T>) {
  const others = new Set<string>();
  const end = new AbortController();
  const asking = (async () => {
    while (!end.signal.aborted) {
      const answers = await answersOf(url).catch((error: unknown) => [
        String((error as Error).cause ?? error),
      ]);
      if (answers.join() !== expectedAnswers(wish).join()) others.add(answers.join());
      await sleep(20);
    }
  })();
  try {
    return { result: await work(), others: [...others] };
  } finally {
    end.abort();
    await asking;
  }
}
