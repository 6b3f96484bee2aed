/** Generates a stack file in which each service refers to the previous one, with a database per ten services. */
export function generateStack(count: number): string {
  const services = Array.from({ length: count }, (_, index) =>
    index % 10 === 0
      ? [`  db-${index}: { type: postgres, version: "17", port: ${10_000 + index} }`]
      : [
          `  app-${index}:`,
          `    image: example.org/app:${index}`,
          `    port: ${10_000 + index}`,
          `    health: { path: /health, timeout: 60s }`,
          `    variables:`,
          `      DATABASE_URL: \${{db-${index - (index % 10)}.DATABASE_URL}}`,
          `      LOG_LEVEL: \${{shared.LOG_LEVEL}}`,
          ...(index % 10 > 1 ? [`      BEFORE: "\${{app-${index - 1}.URL}}/v1"`] : []),
        ],
  );
  return ['name: bench', 'variables: { LOG_LEVEL: info }', 'services:', ...services.flat(), ''].join('\n');
}

/** Generates the same services as a Compose file. */
export function generateCompose(count: number): string {
  const services = Array.from({ length: count }, (_, index) => {
    const database = `db-${index - (index % 10)}`;
    return index % 10 === 0
      ? [`  ${database}: { image: "postgres:17", expose: ["${10_000 + index}"] }`]
      : [
          `  app-${index}:`,
          `    image: example.org/app:${index}`,
          `    expose: ["${10_000 + index}"]`,
          `    healthcheck: { test: [CMD, check, /health], timeout: 60s }`,
          `    environment:`,
          `      DATABASE_URL: postgres://app:\${PASSWORD:-none}@${database}:5432/bench`,
          `      LOG_LEVEL: \${LOG_LEVEL:-info}`,
          ...(index % 10 > 1 ? [`      BEFORE: "http://app-${index - 1}:${10_000 + index - 1}/v1"`] : []),
          `    depends_on:`,
          `      ${database}: { condition: service_started }`,
          ...(index % 10 > 1 ? [`      app-${index - 1}: { condition: service_healthy }`] : []),
        ];
  });
  return ['name: bench', 'services:', ...services.flat(), ''].join('\n');
}
