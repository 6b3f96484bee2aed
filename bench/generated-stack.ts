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
