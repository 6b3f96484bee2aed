import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { ProgramInfo } from '@pulumi/pulumi/proto/language_pb.js';

/** The validated `runtime.options` of Pulumi.yaml. */
export interface ProgramOptions {
  /** Arguments for Node itself. */
  nodeArguments: string[];
  env: Record<string, string>;
  /** Whether an installation omits development dependencies. */
  production: boolean;
}

/** Reads the options. Throws an Error that names an option of the wrong type. */
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

/** Splits text into words as a shell does: at whitespace, except within single or double quotes. */
export function splitWords(text: string): string[] {
  const words = text.match(/(?:[^\s"']+|"[^"]*"|'[^']*')+/g) ?? [];
  return words.map((word) => word.replace(/"([^"]*)"|'([^']*)'/g, '$1$2'));
}

/** Resolves a module as the program would. Throws an Error with the command that installs it. */
export function locateModule(name: string, programDirectory: string): string {
  try {
    return createRequire(join(programDirectory, 'package.json')).resolve(name);
  } catch (error) {
    throw new Error(`${name} is not installed for ${programDirectory}. Run: npm ci`, { cause: error });
  }
}
