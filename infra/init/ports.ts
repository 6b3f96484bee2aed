import type { Unit } from './types.ts';

/** What the code of a service says about the port that it listens on. */
export interface FoundPort {
  port: number;
  /** `src/main.ts:12` */
  place: string;
  /** Whether the code listens there whatever the variable PORT contains. */
  fixed: boolean;
}

/** Returns the first port from `start` on that is not in use. */
export function nextPort(start: number, used: { has: (port: number) => boolean }): number {
  let port = start;
  while (used.has(port)) port++;
  return port;
}

const code = /\.([cm]?[jt]sx?|py|go|rb|ru|php|java|kt|cs|fs)$/;
const test = /[._](test|spec)\.[^.]+$|(^|\/)(test_[^/]+|conftest)\.py$/;

/** A default for the variable PORT: the code uses another port if PORT is set. */
const defaults = [
  // process.env.PORT || 3000; Number(process.env['PORT'] ?? '3000'); os.environ.get("PORT", 8000); getenv('PORT') or 8000
  /\bPORT\b['"]?\s*\]?\s*\)?\s*(?:\|\||\?\?|,|\bor\b)\s*(?:Number\(|int\()?['"]?(\d{2,5})\b/,
  // const { PORT = 3000 } = process.env
  /\bPORT\s*=\s*['"]?(\d{2,5})['"]?\s*[,}].*process\.env/,
];

/** A port that is written into a call that listens. */
const listening = [
  /\.listen\(\s*(?:\{\s*port:\s*)?(\d{2,5})\b/,
  /\b(?:ListenAndServe(?:TLS)?|Run|Start|Listen)\(\s*"[\w.]*:(\d{2,5})"/,
  /\.run\([^)]*\bport\s*=\s*(\d{2,5})\b/,
  /HTTPServer\(\s*\(\s*['"][^'"]*['"]\s*,\s*(\d{2,5})\b/,
];

/** In Go, the default usually is an assignment: `if port == "" { port = "8080" }`. */
const goDefault = /\bport\s*=\s*"(\d{2,5})"/i;

/** Finds the port in the code of a unit: a default of PORT, else a port that the code listens on. */
export function findPort(unit: Unit, within = ''): FoundPort | undefined {
  const paths = codeFiles(unit).filter((path) => path.startsWith(within));
  const isRead = readsPort(unit, within);
  const search = (patterns: RegExp[], fixed: boolean): FoundPort[] =>
    patterns.flatMap((pattern) => {
      const found = firstMatch(unit, paths, pattern);
      const port = portOf(found?.value);
      return found === undefined || port === undefined ? [] : { port, place: found.place, fixed };
    });
  const [first] = [
    ...search(isRead ? [...defaults, goDefault] : defaults, false),
    ...search(listening, !isRead),
  ];
  return first;
}

/** Returns whether the code of a unit reads the variable PORT. */
export function readsPort(unit: Unit, within = ''): boolean {
  return codeFiles(unit).some((path) => path.startsWith(within) && reads(unit.text(path)));
}

/** Returns the path of a route for health checks, where the code declares one plainly. */
export function findHealth(unit: Unit, within = ''): { path: string; place: string } | undefined {
  const paths = codeFiles(unit).filter((path) => path.startsWith(within));
  const route =
    /(?:\.(?:get|all|use|route|GET)|HandleFunc|Handle|===?|\bcase|\bpath)\s*\(?\s*['"`](?:GET )?(\/healthz?)['"`]/;
  const found = firstMatch(unit, paths, route);
  return found && { path: found.value, place: found.place };
}

/** Finds code that listens only on 127.0.0.1, where other services and the gateway cannot reach it. */
export function findLoopback(unit: Unit, within = ''): { host: string; place: string } | undefined {
  const paths = codeFiles(unit).filter((path) => path.startsWith(within));
  const listens = /(?:\.listen\(.*['"]|ListenAndServe\("|HTTPServer\(\(['"])(localhost|127\.0\.0\.1)\b/;
  const found = firstMatch(unit, paths, listens);
  return found && { host: found.value, place: found.place };
}

/** Finds where the code of a unit reads the address of a database or of Redis from its variables. */
export function findServers(unit: Unit, within = ''): { variable: string; place: string }[] {
  const paths = codeFiles(unit).filter((path) => path.startsWith(within));
  return ['DATABASE_URL', 'REDIS_URL'].flatMap((variable) => {
    const read = new RegExp(
      `(?:env(?:iron)?(?:\\.(?:get|fetch)\\(|\\[|\\.)\\s*['"]?|getenv\\(\\s*['"])(${variable})\\b`,
      'i',
    );
    const found = firstMatch(unit, paths, read);
    return found === undefined ? [] : { variable, place: found.place };
  });
}

/** Returns the port of an EXPOSE line. */
export function exposedPort(dockerfile: string): number | undefined {
  return portOf(/^\s*EXPOSE\s+(\d{2,5})\b/im.exec(dockerfile)?.[1]);
}

export function codeFiles({ files }: Unit): string[] {
  return files.filter((path) => code.test(path) && !test.test(path));
}

function reads(text: string): boolean {
  return /\benv(?:iron)?\b(?:\.(?:get|fetch)\(|\[|\.)\s*['"]?PORT\b|getenv\(\s*['"]PORT['"]|\bPORT\b.*=\s*process\.env/i.test(
    text,
  );
}

/** Returns the first group of the first match, line by line, outside of comments. */
function firstMatch(unit: Unit, paths: string[], pattern: RegExp) {
  for (const path of paths) {
    for (const [index, line] of unit.text(path).split('\n').entries()) {
      const value = isComment.test(line) ? undefined : pattern.exec(line)?.[1];
      if (value !== undefined) return { value, place: `${path}:${index + 1}` };
    }
  }
  return undefined;
}

const isComment = /^\s*(\/\/|#|\*|\/\*)/;

function portOf(text: string | undefined): number | undefined {
  const port = Number(text);
  return port >= 1 && port <= 65_535 ? port : undefined;
}
