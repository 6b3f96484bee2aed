import { pino, stdTimeFunctions, type Logger } from 'pino';

export type { Logger };

/** JSON lines on standard output; `correlationId` joins the lines of one request across services. */
export function createLogger(options: { level: string; service: string; replica: string }): Logger {
  const { level, service, replica } = options;
  return pino({
    level,
    base: { service, replica },
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
  });
}
