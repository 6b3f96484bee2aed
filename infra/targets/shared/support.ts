import type { DataService } from '../../data/index.ts';
import type { Runtime } from '../../runtimes/index.ts';
import type { CodeService, Stack } from '../../stack/schema.ts';

/** The field is an error on this target. `instead` says what to write; by default, that an overlay can remove the field. */
export interface Refused {
  refused: string;
  instead?: string;
}

/** The field has no effect on this target, for a reason that makes this right. */
export interface Irrelevant {
  irrelevant: string;
}

/** The target honours some values of the field, as `honoured` says. `refuse` returns what is wrong with another value. */
export interface Limited<Value = never, Owner = never> {
  honoured: string;
  refuse?: (value: Value, owner: Owner) => string | undefined;
}

/** Whether a value has no fields of its own: scalars, sizes, runtimes, references to secrets, and maps with keys that users choose. */
type IsLeaf<Value> = [Value] extends [
  string | number | boolean | { bytes: number } | { secret: string } | Runtime,
]
  ? true
  : string extends keyof Value
    ? true
    : false;

type Item<Value> = Value extends readonly (infer Element)[] ? Element : Value;

/** The type of a field, or of the items of a list. Of a map that may also be a scalar, only the map. */
type Content<Value> = [Item<NonNullable<Value>>] extends [string | number | boolean]
  ? Item<NonNullable<Value>>
  : Exclude<Item<NonNullable<Value>>, string | number | boolean>;

/**
 * What a target does with a field. A field that is a map, or a list of maps, is honoured field by field. `Owner` is the
 * service, or the stack, that the field belongs to.
 */
type Support<Value, Owner> =
  | Refused
  | Irrelevant
  | Limited<NonNullable<Value>, Owner>
  | (IsLeaf<Content<Value>> extends true ? 'honoured' : SupportOfMap<Content<Value>, Owner>);

type SupportOfMap<Map, Owner> = { [Key in Exclude<keyof Map, 'kind'>]-?: Support<Map[Key], Owner> };

type KeyOf<Union> = Union extends unknown ? keyof Union : never;

/** A map with the fields of all members of a union. */
type Merged<Union> = {
  [Key in KeyOf<Union>]: Union extends unknown ? (Key extends keyof Union ? Union[Key] : never) : never;
};

/** The fields of data services of all kinds. */
type DataFields = Omit<Merged<DataService>, 'external'> & {
  external: Merged<NonNullable<DataService['external']>>;
};

/**
 * What a target does with every field of a stack file. A field that the schema has and this record lacks is a compile
 * error, so that no target can drop a new field silently. No target reads `policy` and `onFailure`.
 */
export type StackSupport = SupportOfMap<Omit<Stack, 'services' | 'policy' | 'onFailure'>, Stack> & {
  services: {
    [Kind in CodeService['kind']]: SupportOfMap<Extract<CodeService, { kind: Kind }>, CodeService>;
  } & { data: SupportOfMap<DataFields, DataService> };
};

/** The part of the record that source and image services share. */
export type CodeSupport = Omit<
  StackSupport['services']['image'],
  'image' | 'start' | 'entrypoint' | 'command'
>;

/** `StackSupport` without the types of the values, for code that walks the record. */
export type SupportEntry = 'honoured' | Refused | Irrelevant | Limited | { [field: string]: SupportEntry };

export const isRefused = (entry: SupportEntry): entry is Refused => hasText(entry, 'refused');
export const isIrrelevant = (entry: SupportEntry): entry is Irrelevant => hasText(entry, 'irrelevant');
export const isLimited = (entry: SupportEntry): entry is Limited => hasText(entry, 'honoured');

function hasText(entry: SupportEntry, key: string): boolean {
  return typeof entry === 'object' && typeof (entry as Record<string, unknown>)[key] === 'string';
}
