import { Type, type Static, type TObject, type TProperties } from 'typebox';
import { Value } from 'typebox/value';
import { fromText } from './from-text.ts';

/** Variables that every service of Rota reads. The `description` of a variable completes "it must be …". */
export const commonVariables = {
  LOG_LEVEL: Type.Enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace'], {
    default: 'info',
    description: 'fatal, error, warn, info, debug or trace',
  }),
  RAILWAY_SERVICE_NAME: Type.String({ default: 'local', description: 'the name of the service' }),
  RAILWAY_REPLICA_ID: Type.String({ default: 'local', description: 'the name of the replica' }),
  RAILWAY_DEPLOYMENT_ID: Type.String({ default: 'local', description: 'the name of the deployment' }),
};

/** Variables of a service that listens. */
export const serverVariables = {
  ...commonVariables,
  PORT: Type.Integer({ minimum: 1, maximum: 65535, description: 'a port number from 1 to 65535' }),
  HOST: Type.String({ default: '0.0.0.0', description: 'the address to listen on' }),
  // Longer where the load balancer polls readiness and gets no other notice of the shutdown.
  DRAIN_DELAY_SECONDS: Type.Integer({
    minimum: 0,
    maximum: 10,
    default: 1,
    description: 'a whole number of seconds from 0 to 10',
  }),
};

export const postgresUrl = Type.String({
  pattern: '^postgres(ql)?://.',
  description: 'a URL that begins with postgres://',
});
/** Maximum number of connections to Postgres per replica. */
export const poolSize = Type.Integer({
  minimum: 1,
  default: 10,
  description: 'a whole number from 1',
});
export const redisUrl = Type.String({
  pattern: '^rediss?://.',
  description: 'a URL that begins with redis://',
});
export const httpUrl = Type.String({
  pattern: '^https?://.',
  description: 'a URL that begins with http:// or https://',
});

export const publicKey = Type.String({
  pattern: '-----BEGIN PUBLIC KEY-----',
  description: 'an Ed25519 public key in PEM (SPKI), or several',
});
export const privateKey = Type.String({
  pattern: '-----BEGIN PRIVATE KEY-----',
  description: 'an Ed25519 private key in PEM (PKCS8)',
});

/** Its message names every missing or wrong variable, but no value: a value may be a secret. */
export class EnvironmentError extends Error {
  override name = 'EnvironmentError';
}

/**
 * Returns the variables of `schema` as typed values with defaults filled in. An empty variable counts as missing.
 * Throws EnvironmentError.
 */
export function readEnvironment<Properties extends TProperties>(
  schema: TObject<Properties>,
  source: NodeJS.ProcessEnv,
): Static<TObject<Properties>> {
  const names = Object.keys(schema.properties);
  const given = Object.fromEntries(names.filter((name) => source[name]).map((name) => [name, source[name]]));
  const values = fromText(schema, given);
  if (Value.Check(schema, values)) return values;
  throw new EnvironmentError(problems(schema, values as Record<string, unknown>).join('; '));
}

function problems(schema: TObject, values: Record<string, unknown>): string[] {
  return Object.entries(schema.properties)
    .filter(([name, property]) => !Value.Check(property, values[name]))
    .map(([name, property]) => {
      const state = values[name] === undefined ? 'missing' : 'wrong';
      return `${name} is ${state}: it must be ${String('description' in property && property.description)}`;
    });
}
