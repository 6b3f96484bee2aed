/** The settings of the meter of a pod, passed as environment variables. */
export interface MeterEnvironment {
  /** The port of the service in the same pod. */
  service: number;
  /** The port at which the meter receives its requests. */
  listen: number;
  /** The port at which the meter tells its figures. */
  figures: number;
}

export function meterEnvironment({ service, listen, figures }: MeterEnvironment): Record<string, string> {
  return { SERVICE_PORT: String(service), PORT: String(listen), FIGURES_PORT: String(figures) };
}

/** The variable with the version of the pod: the hash of its template, which Argo Rollouts sets as a label. */
export const versionVariable = 'VERSION';

export function readMeterEnvironment(env: NodeJS.ProcessEnv): MeterEnvironment & { version: string } {
  const { SERVICE_PORT, PORT, FIGURES_PORT, [versionVariable]: version = '' } = env;
  if (SERVICE_PORT === undefined || PORT === undefined || FIGURES_PORT === undefined)
    throw new Error('SERVICE_PORT, PORT and FIGURES_PORT must be set');
  return { service: Number(SERVICE_PORT), listen: Number(PORT), figures: Number(FIGURES_PORT), version };
}
