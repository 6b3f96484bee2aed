import { Type, type Static, type TObject, type TProperties } from 'typebox';
import { EnvironmentError, readEnvironment } from './environment.ts';
import { createLogger, type Logger } from './logger.ts';

/** Identifies a process in the system. */
export interface Identity {
  service: string;
  replica: string;
  /** Each rollout has its own value. */
  deployment: string;
}

export function identityOf(
  environment: Record<'RAILWAY_SERVICE_NAME' | 'RAILWAY_REPLICA_ID' | 'RAILWAY_DEPLOYMENT_ID', string>,
): Identity {
  return {
    service: environment.RAILWAY_SERVICE_NAME,
    replica: environment.RAILWAY_REPLICA_ID,
    deployment: environment.RAILWAY_DEPLOYMENT_ID,
  };
}

/**
 * Runs a service; every `main.ts` calls it. Creates the logger, reads the environment and calls `start`. An invalid
 * environment or an error during the start ends the process with exit code 1 and one log line.
 */
export async function runProcess<Properties extends TProperties>(
  variables: Properties,
  start: (environment: Static<TObject<Properties>>, log: Logger) => Promise<void>,
): Promise<void> {
  const log = createLogger({
    level: 'info',
    service: process.env.RAILWAY_SERVICE_NAME || 'local',
    replica: process.env.RAILWAY_REPLICA_ID || 'local',
  });
  try {
    const environment = readEnvironment(Type.Object(variables), process.env);
    log.level = process.env.LOG_LEVEL || 'info';
    await start(environment, log);
  } catch (error) {
    if (error instanceof EnvironmentError) log.fatal(`cannot start: ${error.message}`);
    else log.fatal({ err: error }, 'failed');
    process.exit(1);
  }
}
