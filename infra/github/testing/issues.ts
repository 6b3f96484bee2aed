import { bot, paged, type Route } from './reply.ts';

export interface FakeIssue {
  number: number;
  html_url: string;
  state: 'open' | 'closed';
  title: string;
  body: string;
  user: { login: string } | null;
  pull_request?: object;
}

/** Makes an issue. Its author is the job's own user unless another one is named. */
export function issueOf(number: number, body: string, more: Partial<FakeIssue> = {}): FakeIssue {
  const html_url = `https://github.test/issues/${number}`;
  return { number, html_url, state: 'open', title: 'Drift', body, user: { login: bot }, ...more };
}

/** The routes that list, open and edit issues. */
export function issueRoutes(github: { issues: FakeIssue[] }): Route[] {
  const open = () => github.issues.filter(({ state }) => state === 'open');
  return [
    [/^GET \/repos\/(.+)\/issues$/, (_, url) => paged(url, open())],
    [
      /^POST \/repos\/(.+)\/issues$/,
      ({ body }) => {
        const issue = issueOf(github.issues.length + 1, '', body as Partial<FakeIssue>);
        github.issues.push(issue);
        return { status: 201, body: issue };
      },
    ],
    [
      /^PATCH \/repos\/(.+)\/issues\/(\d+)$/,
      ({ body }, _, [, number]) => {
        const issue = github.issues.find((each) => each.number === Number(number));
        return issue === undefined ? { status: 404 } : { body: Object.assign(issue, body) };
      },
    ],
  ];
}
