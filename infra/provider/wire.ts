import structProto from 'google-protobuf/google/protobuf/struct_pb.js';

/** A property bag of the engine, separated into plain values and the paths of its secrets. */
export interface Properties {
  values: Record<string, unknown>;
  /** Paths of the values that are marked secret, outermost first. */
  secrets: Path[];
}

export type Path = (string | number)[];

/** Pulumi's mark of a value of a special kind, such as a secret: a key of the object in its place. */
export const signature = '4dabf18193072939515e22adb298388d';
const secretSignature = '1b47061264138c4ac30d75fd1eb44270';

/** The engine's placeholder for a value that is known only after other resources are deployed. */
export const unknownValue = '04da6b54-80e4-46f7-96ec-b56ff0331ba9';

export function decodeProperties(struct: structProto.Struct | undefined): Properties {
  const secrets: Path[] = [];
  const values = struct === undefined ? {} : decode(struct.toJavaScript(), [], secrets);
  return { values: values as Record<string, unknown>, secrets };
}

/** Encodes values for the engine and marks the values at the given paths as secret. Ignores paths without a value. */
export function encodeProperties(values: object, secrets: Path[]): structProto.Struct {
  const sealed = new Set(secrets.map(key));
  return structProto.Struct.fromJavaScript(encode(values, [], sealed) as Record<string, never>);
}

function decode(value: unknown, path: Path, secrets: Path[]): unknown {
  if (Array.isArray(value)) return value.map((item, index) => decode(item, [...path, index], secrets));
  if (!isObject(value)) return value;
  if (value[signature] === secretSignature) {
    secrets.push(path);
    return decode(value.value, path, secrets);
  }
  return mapObject(value, (item, name) => decode(item, [...path, name], secrets));
}

function encode(value: unknown, path: Path, sealed: Set<string>): unknown {
  const inner = Array.isArray(value)
    ? value.map((item, index) => encode(item, [...path, index], sealed))
    : isObject(value)
      ? mapObject(value, (item, name) => encode(item, [...path, name], sealed))
      : value;
  return sealed.has(key(path)) ? { [signature]: secretSignature, value: inner } : inner;
}

function mapObject(value: Record<string, unknown>, map: (item: unknown, name: string) => unknown) {
  const present = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(present.map(([name, item]) => [name, map(item, name)]));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function key(path: Path): string {
  return JSON.stringify(path);
}
