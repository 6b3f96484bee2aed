import { kindOf } from '../../data/index.ts';
import type { DataContainer } from '../../data/container.ts';
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
  /** The password of the administrator. */
  adminPassword: Text;
  /** The variables that it provides to other services. */
  provided: ProvidedValues;
}

/**
 * Plans the container of a data server.
 *
 * @param passwordOf creates a password that is kept under a name, for example `postgres-owner`
 */
export function planServer(
  { name, config: declared }: DataNode,
  { stack, host }: { stack: string; host: string },
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
    adminPassword: Object.values(passwords)[0] ?? '',
    provided: providedValues({ config }, { stack, host }, passwords),
  };
}

/** Returns the variables that a data server provides. `passwords`: by login. */
export function providedValues(
  { config }: Pick<DataNode, 'config'>,
  { stack, host }: { stack: string; host: string },
  passwords: Passwords,
): ProvidedValues {
  const address = { host, port: config.port, database: databaseName(stack) };
  return fillAll(serverValues(config, address), passwords);
}

function fillAll(texts: Record<string, SecretText>, passwords: Passwords): Record<string, Text> {
  const valueOf = (part: SecretText[number]) =>
    typeof part === 'string' ? part : (passwords[part.passwordOf] ?? '');
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, join(...text.map(valueOf))]));
}
