import { spawn } from 'node:child_process';
import { capture, type CommandResult } from '../../../tools/command.ts';
import { UserError } from '../../../tools/user-error.ts';

/** Hooks and the file system monitor are programs, which a preview does not run. */
const safe = [
  '-c',
  'core.hooksPath=/dev/null',
  '-c',
  'core.fsmonitor=false',
  '-c',
  'log.showSignature=false',
];

/** Runs git in a folder. The result says whether it failed. */
export function tryGit(
  folder: string,
  args: readonly string[],
  variables: Record<string, string> = {},
): Promise<CommandResult> {
  return capture('git', [...safe, ...args], { cwd: folder, env: environment(variables) });
}

/** Runs git in a folder and returns what it prints. Throws UserError. */
export async function git(
  folder: string,
  args: readonly string[],
  variables: Record<string, string> = {},
): Promise<string> {
  const { code, stdout, problem } = await tryGit(folder, args, variables);
  if (code === 0) return stdout;
  throw new UserError(`git ${args[0]} failed: ${problem}`);
}

/** Passes the content of each object to `take`, in their order. Throws UserError. */
export async function readObjects(
  folder: string,
  ids: readonly string[],
  variables: Record<string, string>,
  take: (content: Buffer, index: number) => void,
): Promise<void> {
  const child = spawn('git', [...safe, 'cat-file', '--batch', '--buffer'], {
    cwd: folder,
    env: environment(variables),
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const closed = new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  // git has ended before it has read all ids; its exit code says so.
  child.stdin.on('error', () => undefined);
  child.stdin.end(ids.map((id) => `${id}\n`).join(''));
  let index = 0;
  let rest: Buffer = Buffer.alloc(0);
  let missing: string | undefined;
  for await (const chunk of child.stdout as AsyncIterable<Buffer>) {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    for (let next = nextObject(rest); next !== undefined; next = nextObject(rest)) {
      if (next.content === undefined) missing ??= next.header;
      else take(next.content, index);
      index += 1;
      rest = rest.subarray(next.end);
    }
  }
  const code = await closed;
  if (missing !== undefined || code !== 0 || index !== ids.length) {
    throw new UserError(
      `git cannot read an object of the commit: ${missing ?? `exit code ${code}`}. Fetch it: git fetch`,
    );
  }
}

/** Reads an object of `git cat-file --batch`: `<id> <type> <size>`, the content, and a line break; or `<id> missing`. */
function nextObject(bytes: Buffer): { header: string; content?: Buffer; end: number } | undefined {
  const line = bytes.indexOf('\n');
  if (line === -1) return undefined;
  const header = bytes.toString('utf8', 0, line);
  const size = / (\d+)$/.exec(header)?.[1];
  if (size === undefined) return { header, end: line + 1 };
  const end = line + 1 + Number(size);
  return bytes.length > end ? { header, content: bytes.subarray(line + 1, end), end: end + 1 } : undefined;
}

/** Variables of a hook that runs this would point to another repository or index. */
function environment(variables: Record<string, string>): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^GIT_(?:DIR|WORK_TREE|INDEX_FILE|OBJECT_DIRECTORY|PREFIX)$/.test(name),
  );
  return { ...Object.fromEntries(inherited), LC_ALL: 'C', GIT_TERMINAL_PROMPT: '0', ...variables };
}
