import * as z from 'zod';
import { fields } from '../fields/fields.ts';
import { size } from '../fields/quantities.ts';
import { obeys, valueAt, type Rule } from '../fields/rules.ts';
import { plainText } from './names.ts';
import { running } from './running.ts';

export const absolutePath = z
  .string('an absolute path')
  .regex(/^\/[^\s:]+$/, 'an absolute path, such as /data')
  .refine((path) => !/^\/+tmp\/*$/.test(path), 'must be another folder: every replica has its own /tmp');

/** The user in `user` that an image sets itself. */
export const ofImage = 'image';

const highestId = 2 ** 31 - 1;
const userRule =
  'a user by its number, such as 101 or "472:0" for user and group, or "image" for that of the image';

/** `uid:gid`, or `image`. Numbers, since a cluster cannot check that a user with a name is not root. */
const user = z
  .union(
    [z.int(userRule), z.string(userRule).regex(/^(image|(0|[1-9]\d{0,9})(:(0|[1-9]\d{0,9}))?)$/, userRule)],
    userRule,
  )
  .transform(String)
  .refine(
    (text) => text.split(':').every((id) => !(Number(id) > highestId || Number(id) < 0)),
    `is not ${userRule}`,
  )
  .transform((text) => (text === ofImage || text.includes(':') ? text : `${text}:${text}`));

/** Returns whether the processes of a container can be root. True for an invalid user, which is reported already. */
export function mayBeRoot(user: unknown): boolean {
  return user !== undefined && !(typeof user === 'string' && /^[1-9]/.test(user));
}

const scratchFolder = fields({ path: absolutePath, size });

const tmpfs = z.array(
  z
    .union([absolutePath, scratchFolder], 'an absolute path, or a map with the keys path, size')
    .transform((value) =>
      typeof value === 'string' ? { path: value, size: { bytes: 2 ** 26, text: '64Mi' } } : value,
    ),
  'a list of folders',
);

/** What Linux knows, except for the limits that a container cannot raise. */
const ulimitNames = [
  'core',
  'cpu',
  'data',
  'fsize',
  'memlock',
  'msgqueue',
  'nofile',
  'nproc',
  'rss',
  'sigpending',
  'stack',
];
const ulimitRule = `one of ${ulimitNames.join(', ')}`;
const limitRule = 'a whole number, -1 for no limit, or a map with the keys soft, hard';
const limit = z.int(limitRule).min(-1, limitRule);

/** -1 is no limit. */
const softRule: Rule = {
  key: 'soft',
  holds: (map) => {
    const [soft, hard] = [valueAt(map, 'soft'), valueAt(map, 'hard')];
    if (typeof soft !== 'number' || typeof hard !== 'number') return true;
    return hard === -1 || (soft !== -1 && soft <= hard);
  },
  problem: 'must be at most "hard"',
};

const ulimits = z.record(
  z.string(ulimitRule).regex(new RegExp(`^(${ulimitNames.join('|')})$`), ulimitRule),
  z
    .union([limit, obeys(fields({ soft: limit, hard: limit }), [softRule])], limitRule)
    .transform((value) => (typeof value === 'number' ? { soft: value, hard: value } : value)),
  'a map of limits',
);

/** The capabilities that Docker gives by default, and Pod Security `baseline` allows. */
const usual = [
  ...['AUDIT_WRITE', 'CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'FSETID', 'KILL', 'MKNOD', 'NET_BIND_SERVICE'],
  ...['SETFCAP', 'SETGID', 'SETPCAP', 'SETUID', 'SYS_CHROOT'],
];
const further = [
  'IPC_LOCK',
  'NET_ADMIN',
  'NET_RAW',
  'SYS_ADMIN',
  'SYS_NICE',
  'SYS_PTRACE',
  'SYS_RESOURCE',
  'SYS_TIME',
];
export const usualCapabilities: ReadonlySet<string> = new Set(usual);

const capabilityRule = `one of ${[...usual, ...further].join(', ')}`;

/** Fields that say how the container of a service differs from a hardened one. All are absent by default. */
export const containerFields = {
  user: user
    .optional()
    .describe(
      'User and group of the processes, `uid` or `uid:gid`. Default: 10001. `image` is the user that the image sets.',
    ),
  readOnly: z
    .boolean('true or false')
    .optional()
    .describe('Whether the root file system is read-only; default: true.'),
  tmpfs: tmpfs
    .optional()
    .describe(
      'Further writable folders besides `/tmp`, in memory and empty at each start: paths, or maps with path and size.',
    ),
  stopSignal: running.stopSignal
    .optional()
    .describe(
      'Signal that asks a replica to stop. Default: SIGTERM; in a container, the `STOPSIGNAL` of its image if that sets one.',
    ),
  shmSize: size
    .optional()
    .describe('Size of the shared memory, `/dev/shm`. Docker and Kubernetes give 64 MiB.'),
  ulimits: ulimits
    .optional()
    .describe('Limits of the processes by name, such as `nofile`: a number, or soft and hard.'),
  capabilities: fields({
    add: z
      .array(z.enum([...usual, ...further], capabilityRule), 'a list of capabilities')
      .min(1, 'a list of capabilities'),
  })
    .optional()
    .describe('Capabilities that root keeps. By default, all are dropped.'),
};

const commandRule = 'words without quotes and shell syntax, or a list of arguments';
const words = plainText('a command')
  .regex(/^[\w@%+=:,./ -]+$/, commandRule)
  .transform((line) => line.trim().split(/ +/));
export const argument = z
  .string('an argument')
  .max(4096, 'an argument')
  .refine((text) => !text.includes('\0'), 'must not contain NUL')
  .refine((text) => !text.includes('${{'), 'must contain no reference: put it under "variables"');

/** A command of an image as a list of arguments, which no shell reads. */
export const imageCommand = z.union(
  [words, z.array(argument, 'a list of arguments').min(1, 'a list of at least one argument')],
  commandRule,
);
