import type { Finding } from '../stack/finding.ts';
import { suggest } from '../stack/nearest.ts';
import { isCode, runsOnce, type Stack } from '../stack/schema.ts';

/** Checks that the services of `dependsOn` exist, and that a service waits for the end of those that have one. */
export function checkDependsOn({ services }: Stack): Finding[] {
  return Object.entries(services).flatMap(([name, config]) =>
    Object.entries((isCode(config) && config.dependsOn) || {}).flatMap(([other, condition]): Finding[] => {
      const path = ['services', name, 'dependsOn', other];
      const quoted = JSON.stringify(other);
      const service = Object.hasOwn(services, other) ? services[other] : undefined;
      if (other === name) return [{ path, ofKey: true, message: 'a service cannot wait for itself' }];
      if (service === undefined) {
        const near = suggest(other, Object.keys(services));
        return [
          {
            path,
            ofKey: true,
            message: `there is no service ${quoted}; ${near}`,
            cause: ['services', other],
          },
        ];
      }
      const ends = isCode(service) && runsOnce(service);
      if (ends === (condition === 'completed')) return [];
      const message = ends
        ? `${quoted} runs once: write "${other}: completed"`
        : `${quoted} does not run once: write "ready", or give it "restart: never" without "port", "health" and "cron"`;
      return [{ path, message }];
    }),
  );
}
