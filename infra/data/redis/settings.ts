import { settingTexts, type FixedOptions, type Settings } from '../settings.ts';

/** The options that Railhead sets, and those on which its password, its addresses and its data depend. */
export const fixedOptions: FixedOptions = {
  fixed: {
    port: 'port',
    bind: '',
    'protected-mode': '',
    'unixsocket*': '',
    'tls-*': '',
    requirepass: '',
    user: '',
    aclfile: '',
    include: '',
    dir: '',
    dbfilename: '',
    // A server that is started without its append-only file is empty.
    appendfilename: '',
    appenddirname: '',
    appendonly: '',
    replicaof: '',
    slaveof: '',
    'master*': '',
    'cluster-enabled': '',
    daemonize: '',
    logfile: '',
    pidfile: '',
  },
};

interface RedisOptions {
  address: string;
  port: number;
  /** Absolute path. */
  folder: string;
  /** Bytes for data. Absent: no limit. */
  memory?: number | undefined;
  settings: Settings | undefined;
}

/**
 * Returns the lines of the configuration file except for the password. At most one second of acknowledged writes can be
 * lost. When the memory is full, Redis refuses writes and evicts no jobs. Of two lines with one name, the last one counts.
 */
export function redisConfig({ address, port, folder, memory, settings }: RedisOptions): string[] {
  return [
    `bind ${address}`,
    `port ${port}`,
    'protected-mode yes',
    `dir ${folder}`,
    'appendonly yes',
    'appendfsync everysec',
    'save ""',
    'maxmemory-policy noeviction',
    ...(memory === undefined ? [] : [`maxmemory ${memory}`]),
    'daemonize no',
    'logfile ""',
    ...settingTexts(settings, ['yes', 'no']).map(([name, value]) => `${name} ${value === '' ? '""' : value}`),
  ];
}
