import { toServiceName } from '../stack/names.ts';
import { suggest } from '../stack/nearest.ts';
import type { Stack } from '../stack/schema.ts';
import type { Path } from '../stack/tree.ts';
import { variableKey, type Meaning, type Unknown } from './meaning.ts';
import { describeOffer } from './offer.ts';
import { providedByGateway } from './provided.ts';

/** Resolves `${{scope.name}}` in a variable of the service `from`, which is undefined for a shared variable. */
export type Lookup = (scope: string | undefined, name: string, from: string | undefined) => Meaning | Unknown;

export function createLookup(stack: Stack, environment: string): Lookup {
  const offerOf = describeOffer(stack, environment);

  return (scope, name, from) => {
    const word = scope === undefined ? 'self' : toServiceName(scope);
    switch (word) {
      case 'secret':
      case 'secrets':
        return secret(name);
      case 'pulumi':
        return { kind: 'pulumi', name };
      case 'shared':
        return shared(stack, name);
      case 'gateway':
        return ofGateway(stack, name);
      case 'self':
        if (from === undefined) {
          return unknown(
            `a shared variable has no service of its own; for another shared variable, write \${{shared.${name}}}`,
          );
        }
        return ofService(from, name, from);
      default:
        return ofService(word, name, from);
    }
  };

  function ofService(owner: string, name: string, from: string | undefined): Meaning | Unknown {
    const offer = offerOf(owner);
    if (offer === undefined) {
      const known = [...Object.keys(stack.services), 'shared', 'secret', 'pulumi'];
      const message = `there is no service ${quote(owner)}; ${suggest(owner, known)}`;
      return unknown(message, ['services', owner]);
    }
    // First the exact spelling, then the lower-case spelling of older files: `${{postgres.url}}`.
    const spellings = name === name.toLowerCase() ? [name, name.toUpperCase()] : [name];
    for (const spelling of spellings) {
      const meaning = offer.find(spelling, owner === from);
      if (meaning !== undefined) {
        return meaning;
      }
    }
    if (owner === from && Object.hasOwn(stack.variables, name)) {
      return unknown(`${quote(owner)} has no variable ${quote(name)}; did you mean \${{shared.${name}}}?`);
    }
    const message = `${quote(owner)} has no variable ${quote(name)}; ${suggest(name, offer.names(owner === from))}`;
    return unknown(message, ['services', owner, 'variables', name]);
  }
}

function secret(name: string): Meaning | Unknown {
  return /^[A-Z][A-Z0-9_]*$/.test(name)
    ? { kind: 'secret', name }
    : unknown(`names of secrets are upper-case; did you mean \${{secret.${name.toUpperCase()}}}?`);
}

function shared({ variables }: Stack, name: string): Meaning | Unknown {
  if (Object.hasOwn(variables, name)) {
    return { kind: 'variable', key: variableKey('shared', name) };
  }
  const message = `there is no shared variable ${quote(name)}; ${suggest(name, Object.keys(variables))}`;
  return unknown(message, ['variables', name]);
}

function ofGateway({ gateway }: Stack, name: string): Meaning | Unknown {
  if (gateway === undefined) {
    return unknown('this stack has no gateway', ['gateway']);
  }
  if (!Object.hasOwn(providedByGateway, name)) {
    return unknown(
      `the gateway has no variable ${quote(name)}; ${suggest(name, Object.keys(providedByGateway))}`,
    );
  }
  return { kind: 'provided', service: 'gateway', name };
}

function unknown(message: string, cause?: Path): Unknown {
  return { kind: 'unknown', message, ...(cause && { cause }) };
}

function quote(name: string): string {
  return JSON.stringify(name);
}
