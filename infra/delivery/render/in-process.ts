import structs from 'google-protobuf/google/protobuf/struct_pb.js';

type Values = ReturnType<structs.Struct['toJavaScript']>;

/**
 * Runs `run` with two features of Pulumi's runtime disabled that only an engine in another process needs: the encoding
 * of every resource, and the stack trace of every promise and resource. They take half of the time for a large stack.
 */
export async function inProcess<T>(run: () => Promise<T>): Promise<T> {
  const { stackTraceLimit } = Error;
  const struct = Object.getOwnPropertyDescriptors(structs.Struct);
  // Pulumi sets the limit to all frames for every resource. V8 captures no trace if the limit is a getter.
  Object.defineProperty(Error, 'stackTraceLimit', { get: () => 0, set: () => undefined });
  Object.assign(structs.Struct, { fromJavaScript: (values: Values) => new Unencoded(values) });
  try {
    return await run();
  } finally {
    Object.defineProperty(Error, 'stackTraceLimit', { value: stackTraceLimit, writable: true });
    Object.defineProperties(structs.Struct, struct);
  }
}

/** A protobuf message that holds its values without encoding them. */
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
