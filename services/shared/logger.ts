import { pino, stdTimeFunctions, type Logger } from 'pino';

export type { Logger };

/**
 * Creates a logger that writes JSON lines to stdout. `correlationId` links the lines of one request across services.
 */
export function createLogger(options: { level: string; service: string; replica: string }): Logger {
  const { level, service, replica } = options;
  return pino({
    level,
    base: { service, replica },
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
  });
}
