import type { Finding } from '../stack/finding.ts';
import { isCode, type Stack } from '../stack/schema.ts';
import type { Path } from '../stack/tree.ts';
import { externalUrls } from './external.ts';
import type { Lookup } from './lookup.ts';
import { fileKey } from './mounted-files.ts';
import { variableKey, type Meaning } from './meaning.ts';
import { formatCycle, sortByDependency } from './order.ts';
import { parseTemplate } from './template.ts';
import type { ProgramReference, SecretReference, Template } from './types.ts';

export interface ResolvedVariables {
  /** Templates by `variableKey`; those of `preDeploy` by `preDeployKey`, of files by `fileKey`, of external servers by `externalKey`. */
  templates: Map<string, Template>;
  findings: Finding[];
  /** Path of the first variable that refers to a secret or to a value of the program, by `openKey`. */
  openPlaces: Map<string, Path>;
}

/** Maximum length of a variable: Linux does not start a process with a longer one. */
const maxLength = 128 * 1024;
const maxPieces = 500;

interface Variable {
  key: string;
  path: Path;
  /** The service in which `${{NAME}}` is resolved; undefined for a shared variable. */
  from: string | undefined;
  text: string;
}

/**
 * Resolves every variable of the stack, and inlines chains of references. Works in one pass in dependency order; the
 * results are not parsed again.
 */
export function resolveVariables(stack: Stack, lookup: Lookup): ResolvedVariables {
  const findings: Finding[] = [];
  const paths = new Map<string, Path>();
  const meanings = new Map<string, Meaning[]>();
  const uses = new Map<string, string[]>();
  const openPlaces = new Map<string, Path>();
  for (const variable of declaredVariables(stack)) {
    const { key, path } = variable;
    const parts = meaningsOf(variable, lookup, findings);
    paths.set(key, path);
    meanings.set(key, parts);
    uses.set(key, parts.flatMap(usedKeys));
    for (const part of parts) {
      const isOpen = part.kind === 'secret' || part.kind === 'pulumi';
      if (isOpen && !openPlaces.has(openKey(part))) openPlaces.set(openKey(part), path);
    }
  }
  const { order, cycles } = sortByDependency(uses);
  for (const cycle of cycles) {
    const path = paths.get(cycle[0] ?? '') ?? [];
    findings.push({ path, message: `refers to itself: ${formatCycle(cycle)}` });
  }

  const templates = new Map<string, Template>();
  for (const key of order) {
    const template = inline(meanings.get(key) ?? [], templates);
    if (isTooLong(template)) {
      const path = paths.get(key) ?? [];
      findings.push({ path, message: `expands to more than ${maxLength} characters or ${maxPieces} parts` });
      templates.set(key, []);
    } else templates.set(key, template);
  }
  return { templates, findings, openPlaces };
}

/**
 * Returns the key of a variable of `preDeploy`, to which references cannot refer: it exists only during `preDeploy`.
 */
export function preDeployKey(service: string, name: string): string {
  return variableKey(`${service}.preDeploy`, name);
}

/** Returns the key of an external server's address. References use the variables that the data server provides. */
export function externalKey(service: string, name: string): string {
  return variableKey(`${service}.external`, name);
}

/** Returns the key of a value that comes from outside of the stack file: `secret.TOKEN`, `pulumi.BUCKET`. */
export function openKey({ kind, name }: SecretReference | ProgramReference): string {
  return `${kind}.${name}`;
}

function declaredVariables(stack: Stack): Variable[] {
  const shared = Object.entries(stack.variables).map(([name, text]) => ({
    key: variableKey('shared', name),
    path: ['variables', name],
    from: undefined,
    text,
  }));
  const ofServices = Object.entries(stack.services).flatMap(([service, config]): Variable[] => {
    const path = ['services', service];
    if (!isCode(config)) {
      return Object.entries(externalUrls(config) ?? {}).map(([name, text]) => ({
        key: externalKey(service, name),
        path: [...path, 'external', name],
        from: undefined,
        text,
      }));
    }
    const own = Object.entries(config.variables).map(([name, text]) => ({
      key: variableKey(service, name),
      path: [...path, 'variables', name],
      from: service,
      text,
    }));
    const preDeploy = Object.entries(config.preDeploy?.variables ?? {}).map(([name, text]) => ({
      key: preDeployKey(service, name),
      path: [...path, 'preDeploy', 'variables', name],
      from: service,
      text,
    }));
    const files = (config.files ?? []).flatMap(({ path: file, content }, index) =>
      content === undefined
        ? []
        : [
            {
              key: fileKey(service, file),
              path: [...path, 'files', index, 'content'],
              from: service,
              text: content,
            },
          ],
    );
    return [...own, ...preDeploy, ...files];
  });
  return [...shared, ...ofServices];
}

/** Resolves the parts of a template. Adds a finding for each reference that cannot be resolved. */
function meaningsOf({ text, path, from }: Variable, lookup: Lookup, findings: Finding[]): Meaning[] {
  return parseTemplate(text).flatMap((part): Meaning[] => {
    if (part.kind === 'text') {
      findings.push(...missingBraces(part.text, from, lookup).map((message) => ({ path, message })));
      return [part];
    }
    if (part.kind === 'invalid') {
      findings.push({ path, message: `${JSON.stringify(part.text)} ${part.reason}` });
      return [];
    }
    const meaning = lookup(part.scope, part.name, from);
    if (meaning.kind === 'unknown') {
      const { message, cause } = meaning;
      const text = `${JSON.stringify(part.text)}: ${message}`;
      findings.push({ path, message: text, ...(cause && { cause }) });
      return [];
    }
    return [meaning];
  });
}

/** Finds text that is probably a reference with a missing brace or dollar sign, and would be passed on literally. */
function missingBraces(text: string, from: string | undefined, lookup: Lookup): string[] {
  if (!text.includes('{')) return [];
  const slips = text.matchAll(
    /\$\{\s*([\w -]+?)\s*\.\s*(\w+)\s*\}|(?<!\$)\{\{\s*([\w -]+?)\s*\.\s*(\w+)\s*\}\}/g,
  );
  return [...slips].flatMap(([slip, scope = '', name = '', other = scope, otherName = name]) =>
    lookup(other, otherName, from).kind === 'unknown'
      ? []
      : `${JSON.stringify(slip)} is not a reference; write \${{${other}.${otherName}}}`,
  );
}

function usedKeys(part: Meaning): string[] {
  return part.kind === 'variable' ? [part.key] : [];
}

/** Inlines variables. Stops when the result is too long, so that variables that double each other stay bounded. */
function inline(parts: Meaning[], templates: ReadonlyMap<string, Template>): Template {
  const template: Template = [];
  for (const part of parts) {
    const pieces =
      part.kind === 'variable' ? (templates.get(part.key) ?? []) : [part.kind === 'text' ? part.text : part];
    for (const piece of pieces) {
      const last = template.at(-1);
      if (typeof piece === 'string' && typeof last === 'string') {
        template[template.length - 1] = last + piece;
      } else {
        template.push(piece);
      }
    }
    if (isTooLong(template)) {
      break;
    }
  }
  return template;
}

function isTooLong(template: Template): boolean {
  const length = template.reduce((sum, piece) => sum + (typeof piece === 'string' ? piece.length : 0), 0);
  return length > maxLength || template.length > maxPieces;
}
