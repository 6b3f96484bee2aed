/** What a rule of Traefik asks of a request. Absent: nothing. */
export interface Asked {
  host?: string;
  /** As the path of a route: `/api/*`. */
  path?: string;
}

/** A rule that a route cannot say. The message names the part. */
export class RuleProblem extends Error {}

const token = /\s*(&&|\|\||[!()]|[A-Za-z]+(?=\s*\()|`[^`]*`|"(?:[^"\\]|\\.)*"|,|\S)/gy;

/**
 * Returns the alternatives of a rule, such as ``Host(`a`) && (PathPrefix(`/b`) || Path(`/c`))``: a request fits if it has what one of
 * them asks. Throws RuleProblem.
 */
export function alternativesOf(rule: string): Asked[] {
  const tokens = [...rule.matchAll(token)].map(([, text = '']) => text);
  const take = (wanted: string) => tokens[0] === wanted && tokens.shift() !== undefined;
  const found = either();
  if (tokens.length > 0) throw new RuleProblem(`the rule cannot be read at ${tokens.join(' ')}`);
  return found;

  function either(): Asked[] {
    const all = [...both()];
    while (take('||')) all.push(...both());
    return all;
  }

  function both(): Asked[] {
    let all = one();
    while (take('&&')) {
      const others = one();
      all = all.flatMap((left) => others.map((right) => join(left, right)));
    }
    return all;
  }

  function one(): Asked[] {
    if (take('(')) {
      const inner = either();
      if (!take(')')) throw new RuleProblem('a parenthesis of the rule is not closed');
      return inner;
    }
    const name = tokens.shift() ?? '';
    if (name === '!') throw new RuleProblem('a route does not exclude requests');
    if (!take('(')) throw new RuleProblem(`the rule cannot be read at ${JSON.stringify(name)}`);
    const values: string[] = [];
    for (let next = tokens.shift(); next !== ')'; next = tokens.shift()) {
      if (next === undefined) throw new RuleProblem('a parenthesis of the rule is not closed');
      if (next !== ',') values.push(next.slice(1, -1));
    }
    return values.map((value) => asked(name, value));
  }
}

function asked(name: string, value: string): Asked {
  switch (name.toLowerCase()) {
    case 'host':
      return { host: value.toLowerCase() };
    case 'hostregexp':
      return { host: wildcardOf(value) };
    case 'path':
      return { path: value };
    case 'pathprefix':
      return { path: `${value.replace(/\/+$/, '')}/*` };
    default:
      throw new RuleProblem(`a route matches hosts and paths, and not by ${name}`);
  }
}

/** Returns the wildcard of a pattern for every subdomain: `{sub:.+}.example.com`, `^.+\.example\.com$`. */
function wildcardOf(pattern: string): string {
  const [, domain = ''] =
    /^(?:\{\w+:[^{}]+\}\.|\^?\(?(?:\[[^\]]+\]|\.|\\w)[+*]\)?\\\.)((?:[\w-]|\\?\.)+)\$?$/.exec(pattern) ?? [];
  if (domain === '') throw new RuleProblem(`a host is one, or *.<domain>, and not ${pattern}`);
  return `*.${domain.replaceAll('\\', '').toLowerCase()}`;
}

function join(left: Asked, right: Asked): Asked {
  const isTwice = (['host', 'path'] as const).some(
    (key) => left[key] !== undefined && right[key] !== undefined,
  );
  if (isTwice) throw new RuleProblem('a route has one host and one path');
  return { ...left, ...right };
}
