import type { OwnTarget } from './own-target.ts';
import { scalar } from './stack-text.ts';

/** Text of Pulumi.yaml. `plugin`: path of Railhead's provider plugin, relative to the project. */
export function projectText(name: string, plugin: string): string {
  return `name: ${name}
runtime:
  name: nodejs
  options:
    # Node runs TypeScript directly. With true, Pulumi would load ts-node,
    # which type-checks in every run.
    typescript: false
main: ${programFile}
${pluginText(plugin)}
config:
  # Without these two, Pulumi would replace a Secret or ConfigMap when its
  # values change, and all resources that use it.
  kubernetes:enableSecretMutable:
    value: true
  kubernetes:enableConfigMapMutable:
    value: true
`;
}

export function pluginText(plugin: string): string {
  return ['plugins:', '  providers:', '    - name: railhead', `      path: ${scalar(plugin)}`].join('\n');
}

export const programFile = 'infra/index.ts';

export const programLines = ["import { deploy } from 'railhead';", '', 'const system = await deploy();'];

/** Text of the program. Pulumi warns of an output without a value, so `url` is exported only with a gateway. */
export function programText(hasGateway: boolean): string {
  const services = 'export const services = system.addresses;';
  const url = 'export const url = system.url;';
  const outputs = hasGateway ? [url, services] : [services, `// With a gateway in the stack file: ${url}`];
  return [...programLines, '', ...outputs, ''].join('\n');
}

type OwnSettings = Pick<OwnTarget, 'stackFile' | 'target'>;

/** Text of Pulumi.dev.yaml. */
export function environmentText(own: OwnSettings): string {
  return ['config:', ...environmentLines(own).map((line) => `  ${line}`), ''].join('\n');
}

export function environmentLines({ stackFile, target }: OwnSettings): string[] {
  return [
    `railhead:stackFile: ${stackFile}`,
    `railhead:target: ${target}`,
    '# It protects nothing outside of this machine, so its secrets need no',
    '# passphrase of your own.',
    'railhead:ownMachine: true',
  ];
}

/** Text of the settings of an environment on a cluster, which the user completes. */
export function clusterText({ stackFile, target }: OwnSettings): string {
  return `config:
  # A name that \`kubectl config get-contexts\` shows.
  kubernetes:context: my-cluster
  railhead:stackFile: ${stackFile}
  railhead:target: ${target}
`;
}

/**
 * Text of a package.json that makes the TypeScript files of its folder ES modules. Node and Pulumi read the nearest
 * package.json, so the module type of the user's own stays as it is.
 */
export function moduleText(name: string): string {
  return `${JSON.stringify({ name, private: true, type: 'module' }, undefined, 2)}\n`;
}

/** Adds Railhead's folder to a .gitignore; `before` is undefined if there is none. */
export function ignoreText(before: string | undefined): string {
  if (before === undefined) return 'node_modules/\n.railhead/\n';
  if (/^\/?\.railhead\/?\s*$/m.test(before)) return before;
  const end = before === '' || before.endsWith('\n') ? '' : '\n';
  return `${before}${end}.railhead/\n`;
}
