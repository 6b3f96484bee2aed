import type { CodeService } from '../../stack/schema.ts';
import { containsSecret, looksSecret } from '../../fields/credentials.ts';
import { definePolicy, type PolicyProblem } from '../define.ts';
import { adviceInDevelopment } from '../levels.ts';

export const plainSecrets = definePolicy({
  name: 'plain-secrets',
  description:
    'No variable, command or file in the stack file contains a password, token or key in plain text.',
  levels: adviceInDevelopment,
  check: ({ stack }) => [
    ...inVariables(stack.variables, ['variables']),
    ...Object.entries(stack.services).flatMap(([name, service]) =>
      service.kind === 'source' || service.kind === 'image' ? inService(service, ['services', name]) : [],
    ),
  ],
});

function inService(service: CodeService, path: string[]): PolicyProblem[] {
  const { variables, preDeploy, start, entrypoint, command, health, files = [] } = service;
  const commands: Record<string, string | readonly string[] | undefined> = {
    ...(service.kind === 'source' && { build: service.build }),
    ...{ start, entrypoint, command, preDeploy: preDeploy?.command },
    ...(health && 'command' in health && { health: health.command }),
  };
  return [
    ...inVariables(variables, [...path, 'variables']),
    ...inVariables(preDeploy?.variables ?? {}, [...path, 'preDeploy', 'variables']),
    ...Object.entries(commands)
      .filter(([, command]) => looksSecret('', [command ?? []].flat().join('\n')))
      .map(([field]) => ({
        path: [...path, field],
        message: `the command contains a credential: ${advice('NAME')}`,
      })),
    ...files.flatMap(({ path: mounted, content }, index) =>
      content === undefined || !containsSecret(content)
        ? []
        : {
            path: [...path, 'files', index, 'content'],
            message: `the file ${mounted} contains a credential in plain text: ${advice('NAME')}`,
          },
    ),
  ];
}

function inVariables(variables: Record<string, string>, path: string[]): PolicyProblem[] {
  return Object.entries(variables)
    .filter(([name, value]) => looksSecret(name, value))
    .map(([name]) => ({
      path: [...path, name],
      message: `the variable ${name} contains a credential in plain text: ${advice(name)}`,
    }));
}

function advice(name: string): string {
  return `write \${{secret.${name}}} and set its value as a secret of the environment`;
}
