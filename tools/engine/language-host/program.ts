import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { ProgramInfo } from '@pulumi/pulumi/proto/language_pb.js';

/** What `runtime.options` of Pulumi.yaml says, checked. */
export interface ProgramOptions {
  /** Arguments for Node itself, before the program. */
  nodeArguments: string[];
  env: Record<string, string>;
  /** Leave development dependencies out of an installation. */
  production: boolean;
}

/** Throws an Error that names the option which has the wrong type. */
export function programOptions(info: ProgramInfo | undefined): ProgramOptions {
  const given: Record<string, unknown> = info?.getOptions()?.toJavaScript() ?? {};
  const { typescript = true, tsconfig = '', nodeargs = '', production = false } = given;
  if (typeof typescript !== 'boolean') throw wrongType('typescript', 'boolean');
  if (typeof tsconfig !== 'string') throw wrongType('tsconfig', 'string');
  if (typeof nodeargs !== 'string') throw wrongType('nodeargs', 'string');
  if (typeof production !== 'boolean') throw wrongType('production', 'boolean');
  return {
    nodeArguments: splitWords(nodeargs),
    env: {
      ...(typescript && { PULUMI_NODEJS_TYPESCRIPT: 'true' }),
      ...(tsconfig !== '' && { PULUMI_NODEJS_TSCONFIG_PATH: tsconfig }),
    },
    production,
  };
}

function wrongType(option: string, type: string): Error {
  return new Error(`Pulumi.yaml: runtime.options.${option} must be a ${type}`);
}

/** Splits as a shell would: blanks part words, single and double quotes keep them together. */
export function splitWords(text: string): string[] {
  const words = text.match(/(?:[^\s"']+|"[^"]*"|'[^']*')+/g) ?? [];
  return words.map((word) => word.replace(/"([^"]*)"|'([^']*)'/g, '$1$2'));
}

/** The file of a module as the program itself would find it. Throws an Error that says what to install. */
export function locateModule(name: string, programDirectory: string): string {
  try {
    return createRequire(join(programDirectory, 'package.json')).resolve(name);
  } catch (error) {
    throw new Error(`${name} is not installed for ${programDirectory}. Run: npm ci`, { cause: error });
  }
}
