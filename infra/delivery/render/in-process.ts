import structs from 'google-protobuf/google/protobuf/struct_pb.js';

type Values = ReturnType<structs.Struct['toJavaScript']>;

/**
 * Takes away, while `run` runs, what Pulumi's runtime does for an engine in another process: it encodes every resource,
 * and keeps the stack of every promise and resource. Half of the time of a large stack goes there.
 */
export async function inProcess<T>(run: () => Promise<T>): Promise<T> {
  const error = Object.getOwnPropertyDescriptors(Error);
  const struct = Object.getOwnPropertyDescriptors(structs.Struct);
  Object.assign(Error, { stackTraceLimit: 0, prepareStackTrace: () => '' });
  Object.assign(structs.Struct, { fromJavaScript: (values: Values) => new Unencoded(values) });
  try {
    return await run();
  } finally {
    Reflect.deleteProperty(Error, 'prepareStackTrace');
    Object.defineProperties(Error, error);
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
