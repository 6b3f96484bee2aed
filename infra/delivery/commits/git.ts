import { spawn, type ChildProcess } from 'node:child_process';
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

/** A path cannot have so many characters. */
const maxRecord = 64 * 1024;

/**
 * Passes each record that git prints to `take`; records end with NUL. Git is ended if `take` throws: a commit can be made so that
 * the output has no practical end. Throws UserError.
 */
export async function eachRecord(
  folder: string,
  args: readonly string[],
  variables: Record<string, string>,
  take: (record: string) => void,
): Promise<void> {
  const child = spawn('git', [...safe, ...args], {
    cwd: folder,
    env: environment(variables),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const closed = endOf(child);
  let problem = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (problem += text));
  child.stdout.setEncoding('utf8');
  try {
    let rest = '';
    for await (const chunk of child.stdout as AsyncIterable<string>) {
      const records = (rest + chunk).split('\0');
      rest = records.pop() ?? '';
      for (const record of records) take(record);
      if (rest.length > maxRecord) throw new UserError('The commit has a path that is too long.');
    }
  } catch (error) {
    child.kill();
    await closed;
    throw error;
  }
  if ((await closed) !== 0) throw new UserError(`git ${args[0]} failed: ${problem.trim()}`);
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
  const closed = endOf(child);
  // git has ended before it has read all ids; its exit code says so.
  child.stdin.on('error', () => undefined);
  child.stdin.end(ids.map((id) => `${id}\n`).join(''));
  let index = 0;
  let missing: string | undefined;
  let chunks: Buffer[] = [];
  let length = 0;
  let wanted = 0;
  for await (const chunk of child.stdout as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    length += chunk.length;
    // Each concatenation copies all chunks, so a long object waits for its last one.
    if (length < wanted) continue;
    let rest: Buffer = Buffer.concat(chunks);
    let next = nextObject(rest);
    for (; next.end <= rest.length; next = nextObject(rest)) {
      if (next.content === undefined) missing ??= next.header;
      else take(next.content, index);
      index += 1;
      rest = rest.subarray(next.end);
    }
    chunks = [rest];
    length = rest.length;
    wanted = next.end;
  }
  const code = await closed;
  if (missing !== undefined || code !== 0 || index !== ids.length) {
    throw new UserError(
      `git cannot read an object of the commit: ${missing ?? `exit code ${code}`}. Fetch it: git fetch`,
    );
  }
}

/**
 * Reads an object of `git cat-file --batch`: `<id> <type> <size>`, the content, and a line break; or `<id> missing`. The object
 * is complete if the bytes reach its end.
 */
function nextObject(bytes: Buffer): { header: string; content?: Buffer; end: number } {
  const line = bytes.indexOf('\n');
  if (line === -1) return { header: '', end: bytes.length + 1 };
  const header = bytes.toString('utf8', 0, line);
  const size = / (\d+)$/.exec(header)?.[1];
  if (size === undefined) return { header, end: line + 1 };
  const end = line + 1 + Number(size);
  return { header, content: bytes.subarray(line + 1, end), end: end + 1 };
}

/** Waits for the end of a process and returns its exit code. */
function endOf(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
}

/** Variables of a hook that runs this would point to another repository or index. */
function environment(variables: Record<string, string>): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^GIT_(?:DIR|WORK_TREE|INDEX_FILE|OBJECT_DIRECTORY|PREFIX)$/.test(name),
  );
  return { ...Object.fromEntries(inherited), LC_ALL: 'C', GIT_TERMINAL_PROMPT: '0', ...variables };
}
