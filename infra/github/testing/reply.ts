/** An answer of a stand-in. */
export interface Reply {
  status?: number;
  headers?: Record<string, string>;
  body?: unknown;
}

/** Returns one page of a list, with the header that names the next one. */
export function paged(url: URL, items: readonly unknown[]): Reply {
  const size = Math.min(Number(url.searchParams.get('per_page') ?? 30), 100);
  const page = Number(url.searchParams.get('page') ?? 1);
  const next = new URL(url);
  next.searchParams.set('page', String(page + 1));
  const headers =
    page * size < items.length ? { link: `<${next.href}>; rel="next", <${url.href}>; rel="first"` } : {};
  return { headers, body: items.slice((page - 1) * size, page * size) };
}

export interface SeenRequest {
  method: string;
  path: string;
  body: unknown;
  authorization: string | undefined;
}

/** The requests that it matches, with the repository as the first group, and their answer. */
export type Route = [RegExp, (seen: SeenRequest, url: URL, found: string[]) => Reply];

/** The login of the job's own user. */
export const bot = 'github-actions[bot]';
