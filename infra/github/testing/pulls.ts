import { paged, type Route } from './reply.ts';

export interface FakePull {
  number: number;
  state: string;
  head: { label: string; sha: string; repo: { id: number } | null };
  html_url?: string;
  title?: string;
  body?: string;
  base?: string;
}

/** The routes that list, read and open pull requests. */
export function pullRoutes(github: { pulls: FakePull[] }): Route[] {
  const open = (head: string | null) =>
    github.pulls.filter(({ state, head: { label } }) => state === 'open' && label === head);
  return [
    [/^GET \/repos\/(.+)\/pulls$/, (_, url) => paged(url, open(url.searchParams.get('head')))],
    [
      /^GET \/repos\/(.+)\/pulls\/(\d+)$/,
      (_, __, [, number]) => ({ body: github.pulls.find((pull) => pull.number === Number(number)) }),
    ],
    [
      /^POST \/repos\/(.+)\/pulls$/,
      ({ body }, _, [repository = '']) => {
        const { head, ...texts } = body as { head: string; title: string; body: string; base: string };
        const number = github.pulls.length + 1;
        const label = `${repository.split('/')[0]}:${head}`;
        const html_url = `https://github.test/pull/${number}`;
        github.pulls.push({
          number,
          state: 'open',
          head: { label, sha: '', repo: { id: 1 } },
          html_url,
          ...texts,
        });
        return { status: 201, body: github.pulls.at(-1) };
      },
    ],
  ];
}
