/**
 * Keys that services have in Compose or on Railway, each with the field of Railhead that replaces it, if there is one, and what
 * to write if that is more than the name of the field. Similar names, such as `depends_on`, are found without this list.
 */
const counterparts: Readonly<Record<string, readonly [field: string | undefined, text?: string]>> = {
  environment: ['variables'],
  env: ['variables'],
  secrets: ['variables', '${{secret.NAME}} in "variables" or "files"'],
  configs: ['files'],
  healthcheck: ['health'],
  healthcheckPath: ['health', '"health.path"'],
  cap_add: ['capabilities', '"capabilities.add"'],
  labels: ['kubernetes', '"kubernetes.labels"'],
  profiles: [undefined, '"enabled: false", and "enabled: true" in the overlay of an environment'],
  expose: ['port', '"port" and "ports"'],
  deploy: ['resources', '"replicas" and "resources"'],
  cpus: ['resources', '"resources.cpu"'],
  mem_limit: ['resources', '"resources.memory"'],
  stop_grace_period: ['drain'],
  schedule: ['cron'],
  startCommand: ['start'],
  buildCommand: ['build'],
  numReplicas: ['replicas'],
};

/** Returns what to write in place of a key that a map with these keys does not have; undefined if that is not known. */
export function counterpartOf(key: string, known: readonly string[]): string | undefined {
  if (!Object.hasOwn(counterparts, key)) return undefined;
  const [field, text = JSON.stringify(field)] = counterparts[key]!;
  return field === undefined || known.includes(field) ? text : undefined;
}
