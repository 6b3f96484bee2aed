import type { CodeService } from '../../stack/schema.ts';
import { looksSecret } from '../../fields/credentials.ts';
import { definePolicy, type PolicyProblem } from '../define.ts';
import { adviceInDevelopment } from '../levels.ts';

export const plainSecrets = definePolicy({
  name: 'plain-secrets',
  description: 'No variable or command contains a password, token or key in plain text.',
  levels: adviceInDevelopment,
  check: ({ stack }) => [
    ...inVariables(stack.variables, ['variables']),
    ...Object.entries(stack.services).flatMap(([name, service]) =>
      service.kind === 'source' || service.kind === 'image' ? inService(service, ['services', name]) : [],
    ),
  ],
});

function inService(service: CodeService, path: string[]): PolicyProblem[] {
  const { variables, preDeploy, start } = service;
  const commands = { start: start ?? '', preDeploy: preDeploy?.command.join('\n') ?? '' };
  return [
    ...inVariables(variables, [...path, 'variables']),
    ...inVariables(preDeploy?.variables ?? {}, [...path, 'preDeploy', 'variables']),
    ...Object.entries(commands)
      .filter(([, command]) => looksSecret('', command))
      .map(([field]) => ({
        path: [...path, field],
        message: `the command contains a credential: ${advice('NAME')}`,
      })),
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
