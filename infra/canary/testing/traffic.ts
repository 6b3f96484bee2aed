import { get } from 'node:http';
import { json } from 'node:stream/consumers';

interface Answer {
  /** Undefined without an answer. */
  version: string | undefined;
  failed: boolean;
}

/** What the clients saw. */
export interface Seen {
  all: number;
  failed: number;
  of: (version: string) => number;
  failedOf: (version: string) => number;
}

/**
 * Sends a request every `pause` milliseconds to a service that answers with its version as JSON. The returned function
 * stops that and counts the answers.
 */
export function startTraffic(url: string, pause = 4): () => Promise<Seen> {
  const answers: Answer[] = [];
  const running = new Set<Promise<void>>();
  const timer = setInterval(() => {
    const sent: Promise<void> = ask(url).then((answer) => {
      answers.push(answer);
      running.delete(sent);
    });
    running.add(sent);
  }, pause);
  return async () => {
    clearInterval(timer);
    await Promise.all(running);
    const count = (holds: (answer: Answer) => boolean) => answers.filter(holds).length;
    return {
      all: answers.length,
      failed: count(({ failed }) => failed),
      of: (of) => count(({ version }) => version === of),
      failedOf: (of) => count(({ version, failed }) => version === of && failed),
    };
  };
}

function ask(url: string): Promise<Answer> {
  const { promise, resolve } = Promise.withResolvers<Answer>();
  const fail = () => resolve({ version: undefined, failed: true });
  get(url, (response) => {
    const failed = response.statusCode !== 200;
    json(response).then((body) => resolve({ version: (body as { version: string }).version, failed }), fail);
  }).on('error', fail);
  return promise;
}
