interface Settings {
  address: string;
  port: number;
  socket: string;
  accounts: string;
  connections: number | undefined;
  /** Bytes of memory that the server may use. */
  memory?: number | undefined;
}

/** Share of the memory limit for the buffer pool. The rest is for connections, temporary tables and the server itself. */
const poolShare = 0.5;

/** Returns the options of `mariadbd` except for its data. It reads no configuration file. */
export function settings({ address, port, socket, accounts, connections, memory }: Settings): string[] {
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
  ];
}
