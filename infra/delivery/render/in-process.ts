import structs from 'google-protobuf/google/protobuf/struct_pb.js';

type Values = ReturnType<structs.Struct['toJavaScript']>;

/**
 * Takes away, while `run` runs, what Pulumi's runtime does for an engine in another process: it encodes every resource,
 * and keeps the stack of every promise and resource. Half of the time of a large stack goes there.
 */
export async function inProcess<T>(run: () => Promise<T>): Promise<T> {
  const { stackTraceLimit } = Error;
  const struct = Object.getOwnPropertyDescriptors(structs.Struct);
  // Pulumi sets it to all frames, for every resource; a limit that is no plain number means none.
  Object.defineProperty(Error, 'stackTraceLimit', { get: () => 0, set: () => undefined });
  Object.assign(structs.Struct, { fromJavaScript: (values: Values) => new Unencoded(values) });
  try {
    return await run();
  } finally {
    Object.defineProperty(Error, 'stackTraceLimit', { value: stackTraceLimit, writable: true });
    Object.defineProperties(structs.Struct, struct);
  }
}

/** A message that is handed over as it is. */
class Unencoded extends structs.Struct {
  readonly values: Values;

  constructor(values: Values) {
    super();
    this.values = values;
  }

  override toJavaScript(): Values {
    return this.values;
  }
}
