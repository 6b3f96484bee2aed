import { settingTexts, type FixedOptions, type Settings } from '../settings.ts';

interface ServerOptions {
  address: string;
  port: number;
  socket: string;
  accounts: string;
  connections: number | undefined;
  /** Bytes of memory that the server may use. */
  memory?: number | undefined;
  /** Options of the stack file. Of two with one name, the last one counts. */
  further: Settings | undefined;
}

/** Share of the memory limit for the buffer pool. The rest is for connections, temporary tables and the server itself. */
const poolShare = 0.5;

/** Returns the options of `mariadbd` except for its data. It reads no configuration file. */
export function serverArgs({
  address,
  port,
  socket,
  accounts,
  connections,
  memory,
  further,
}: ServerOptions): string[] {
  return [
    '--no-defaults',
    `--bind-address=${address}`,
    `--port=${port}`,
    `--socket=${socket}`,
    `--init-file=${accounts}`,
    '--character-set-server=utf8mb4',
    // Accounts are for any address, so the server needs no DNS.
    '--skip-name-resolve',
    ...(connections === undefined ? [] : [`--max-connections=${connections}`]),
    ...(memory === undefined ? [] : [`--innodb-buffer-pool-size=${Math.floor(memory * poolShare)}`]),
    ...settingTexts(further).map(([name, value]) => `--${name}=${value}`),
  ];
}

/** The options that Railhead sets, and those on which its accounts and its addresses depend. */
export const fixedOptions: FixedOptions = {
  isLenient: true,
  hasConnections: true,
  fixed: {
    port: 'port',
    bind_address: '',
    socket: '',
    init_file: '',
    datadir: '',
    basedir: '',
    pid_file: '',
    user: '',
    log_error: '',
    networking: '',
    grant_tables: '',
    name_resolve: '',
    require_secure_transport: '',
    'ssl*': '',
    'tls*': '',
    'defaults*': '',
    lc_messages_dir: '',
    character_sets_dir: '',
  },
};
