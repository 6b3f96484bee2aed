import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { PreviewRun } from '../event.ts';
import type { GitHubAccess } from '../client.ts';
import { issueRoutes, type FakeIssue } from './issues.ts';
import { pullRoutes, type FakePull } from './pulls.ts';
import { bot, paged, type Reply, type Route, type SeenRequest } from './reply.ts';

export interface FakeComment {
  id: number;
  html_url: string;
  body: string;
  user: { login: string } | null;
}

/** Answers a request before the stand-in does, or returns undefined. */
export type Fault = (request: SeenRequest) => FaultAnswer | undefined;
export interface FaultAnswer {
  status: number;
  headers?: Record<string, string>;
  body?: unknown;
  /** Whether the request has its effect all the same. */
  andDo?: boolean;
}

/** A stand-in of the part of GitHub's API that Railhead uses: pages, comments, check runs, issues, pull requests, artifacts, faults. */
export interface FakeGitHub {
  access: GitHubAccess;
  comments: FakeComment[];
  checks: {
    name: string;
    head_sha: string;
    conclusion: string;
    output: { title: string; summary: string };
  }[];
  pulls: FakePull[];
  issues: FakeIssue[];
  files: string[];
  /** The zip archive that the run handed over. */
  artifact: Buffer | undefined;
  faults: Fault[];
  requests: SeenRequest[];
  close: () => Promise<void>;
}

export const token = 'canary-token-of-the-job';

/** Starts the stand-in on loopback. The archive is served from another origin, as GitHub does. */
export async function startGitHub({
  repository,
  id,
}: Pick<PreviewRun, 'repository' | 'id'>): Promise<FakeGitHub> {
  const storage = await listen((_, response) => void response.end(github.artifact));
  const server = await listen((request, response) => void answer(request, response));
  const origin = originOf(server);
  const github: FakeGitHub = {
    access: { api: origin, graphql: `${origin}/graphql`, token, needs: '`issues: write`' },
    comments: [],
    checks: [],
    pulls: [],
    issues: [],
    files: [],
    artifact: undefined,
    faults: [],
    requests: [],
    close: async () => {
      await Promise.all([close(server), close(storage)]);
    },
  };
  storage.on('request', ({ method, url, headers }) => {
    const { authorization } = headers;
    github.requests.push({ method: method ?? '', path: `storage:${url}`, body: undefined, authorization });
  });
  const routes: Route[] = [
    [/^POST \/graphql$/, () => ({ body: { data: { viewer: { login: bot } } } })],
    [
      /^GET \/repos\/(.+)\/pulls\/\d+\/files$/,
      (_, url) =>
        paged(
          url,
          github.files.map((filename) => ({ filename })),
        ),
    ],
    ...pullRoutes(github),
    ...issueRoutes(github),
    [/^GET \/repos\/(.+)\/issues\/\d+\/comments$/, (_, url) => paged(url, github.comments)],
    [/^POST \/repos\/(.+)\/issues\/\d+\/comments$/, ({ body }) => ({ status: 201, body: addComment(body) })],
    [
      /^PATCH \/repos\/(.+)\/issues\/comments\/(\d+)$/,
      ({ body }, _, [, comment]) => editComment(Number(comment), body),
    ],
    [
      /^POST \/repos\/(.+)\/check-runs$/,
      ({ body }) => ({ status: 201, body: (github.checks.push(body as never), {}) }),
    ],
    [new RegExp(`^GET /repos/(.+)/actions/runs/${id}/artifacts$`), (_, url) => ({ body: artifacts(url) })],
    [
      /^GET \/repos\/(.+)\/actions\/artifacts\/9\/zip$/,
      () => ({ status: 302, headers: { location: `${originOf(storage)}/blob?sig=x` } }),
    ],
  ];

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', headers } = request;
    const url = new URL(request.url ?? '', origin);
    const text = (await request.toArray()).join('');
    const body: unknown = text === '' ? undefined : JSON.parse(text);
    const seen = { method, path: url.pathname, body, authorization: headers.authorization };
    github.requests.push(seen);
    const fault = github.faults.map((each) => each(seen)).find((found) => found !== undefined);
    const reply = fault !== undefined && fault.andDo !== true ? fault : (route(seen, url) ?? { status: 404 });
    send(response, fault ?? reply);
  }

  function route(seen: SeenRequest, url: URL): Reply | undefined {
    if (seen.authorization !== `Bearer ${token}`) return { status: 401 };
    for (const [pattern, handle] of routes) {
      const found = pattern.exec(`${seen.method} ${seen.path}`);
      if (found === null) continue;
      const [, name] = found;
      return name === undefined || name === repository
        ? handle(seen, url, [...found].slice(1))
        : { status: 404 };
    }
    return undefined;
  }

  const artifacts = (url: URL) => {
    const name = url.searchParams.get('name');
    const { artifact } = github;
    return {
      artifacts:
        artifact === undefined ? [] : [{ id: 9, name, size_in_bytes: artifact.length, expired: false }],
    };
  };

  function addComment(body: unknown): FakeComment {
    const comment = commentOf(github.comments.length + 1, (body as FakeComment).body);
    github.comments.push(comment);
    return comment;
  }

  function editComment(id: number, body: unknown): Reply {
    const comment = github.comments.find((each) => each.id === id);
    if (comment === undefined) return { status: 404 };
    comment.body = (body as FakeComment).body;
    return { body: comment };
  }

  return github;
}

/** Makes a comment. Its author is the job's own user unless another one is named. */
export function commentOf(id: number, body: string, login = bot): FakeComment {
  return { id, html_url: `https://github.test/comment/${id}`, body, user: { login } };
}

function send(response: ServerResponse, { status = 200, headers = {}, body = {} }: Reply): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}

async function listen(handle: (request: IncomingMessage, response: ServerResponse) => void): Promise<Server> {
  const server = createServer(handle);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

function originOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function close(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}
