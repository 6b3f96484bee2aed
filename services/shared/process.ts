import { Type, type Static, type TObject, type TProperties } from 'typebox';
import { EnvironmentError, readEnvironment } from './environment.ts';
import { createLogger, type Logger } from './logger.ts';

/**
 * The frame of every `main.ts`: reads the environment, makes the logger, runs the service. A wrong environment and
 * an error on the way up each end the process with exit code 1 and one log line.
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
