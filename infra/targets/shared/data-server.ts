import { connectionsOf, kindOf } from '../../data/index.ts';
import { scriptsFolder, secretsFolder, type DataContainer } from '../../data/container.ts';
import { poolerConfig, poolerOf, poolerUsers } from '../../data/pooler/pooler.ts';
import type { SecretText } from '../../data/text.ts';
import { serverValues } from '../../data/values.ts';
import { join, type Text } from '../../plan/hole.ts';
import type { DataNode } from '../../graph/types.ts';
import { withMemoryLimit } from '../../containers/limits.ts';
import { databaseName, type ProvidedValues } from './service-values.ts';

type Passwords = Record<string, Text>;

/** A data server in a container. */
export interface ServerPlan {
  config: DataNode['config'];
  container: Omit<DataContainer, 'secrets'>;
  /** The files of `secretsFolder` by name. */
  secrets: Record<string, Text>;
  database: string;
  /** The pooler of the server. Absent without one. */
  pooler?: PoolerPlan;
  /** The password of the administrator. */
  adminPassword: Text;
  /** The variables that it provides to other services. */
  provided: ProvidedValues;
}

/** PgBouncer in a container. */
export interface PoolerPlan {
  port: number;
  command: string[];
  /** The configuration, a file of `scriptsFolder`. */
  config: { name: string; content: string };
  /** The users with their passwords, a file of `secretsFolder`. */
  users: { name: string; content: Text };
}

interface Where {
  stack: string;
  host: string;
  /** The host at which services reach its pooler, and the one at which the pooler reaches the server. */
  pooler: { host: string; server: string };
}

/**
 * Plans the container of a data server.
 *
 * @param passwordOf creates a password that is kept under a name, for example `postgres-owner`
 */
export function planServer(
  { name, config: declared }: DataNode,
  { stack, host, pooler }: Where,
  passwordOf: (name: string) => Text,
): ServerPlan {
  const config = withMemoryLimit(declared);
  const kind = kindOf(config);
  const database = databaseName(stack);
  const passwords = Object.fromEntries(
    Object.entries(kind.passwords).map(([login, suffix]) => [login, passwordOf(`${name}${suffix}`)]),
  );
  const { secrets, ...container } = kind.container(config, database);
  return {
    config,
    container,
    secrets: fillAll(secrets, passwords),
    database,
    ...planPooler(config, pooler.server, database, passwords),
    adminPassword: Object.values(passwords)[0] ?? '',
    provided: providedValues({ config }, { stack, host, pooler: pooler.host }, passwords),
  };
}

function planPooler(
  config: DataNode['config'],
  host: string,
  database: string,
  passwords: Passwords,
): Pick<ServerPlan, 'pooler'> {
  const port = poolerOf(config);
  const connections = connectionsOf(config);
  if (port === undefined || connections === undefined) return {};
  const [file, users] = ['pgbouncer.ini', 'pgbouncer-users.txt'];
  const server = { host, port: config.port };
  const paths = { address: '*', users: `${secretsFolder}/${users}` };
  return {
    pooler: {
      port,
      command: ['pgbouncer', `${scriptsFolder}/${file}`],
      config: { name: file, content: poolerConfig({ ...paths, port, server, database, connections }) },
      users: { name: users, content: fill(poolerUsers, passwords) },
    },
  };
}

/** Returns the variables that a data server provides. `pooler`: the host of its pooler. `passwords`: by login. */
export function providedValues(
  { config }: Pick<DataNode, 'config'>,
  { stack, host, pooler }: { stack: string; host: string; pooler: string },
  passwords: Passwords,
): ProvidedValues {
  const port = poolerOf(config);
  const address = {
    host,
    port: config.port,
    database: databaseName(stack),
    ...(port !== undefined && { pooler: { host: pooler, port } }),
  };
  return fillAll(serverValues(config, address), passwords);
}

function fillAll(texts: Record<string, SecretText>, passwords: Passwords): Record<string, Text> {
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, fill(text, passwords)]));
}

function fill(text: SecretText, passwords: Passwords): Text {
  return join(...text.map((part) => (typeof part === 'string' ? part : (passwords[part.passwordOf] ?? ''))));
}
