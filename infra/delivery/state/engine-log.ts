import * as z from 'zod';

const values = z.record(z.string(), z.unknown());

const side = z.object({
  parent: z.string().optional(),
  protect: z.boolean().default(false),
  retainOnDelete: z.boolean().default(false),
  inputs: values.nullish().transform((inputs) => inputs ?? {}),
  outputs: values.nullish(),
});

const metadata = z.object({
  op: z.string(),
  urn: z.string(),
  type: z.string(),
  old: side.nullish(),
  new: side.nullish(),
  diffs: z.array(z.string()).nullish(),
  detailedDiff: z.record(z.string(), z.unknown()).nullish(),
});

const event = z.object({
  resourcePreEvent: z.object({ metadata }).optional(),
  resOutputsEvent: z.object({ metadata }).optional(),
  resOpFailedEvent: z.object({ metadata }).optional(),
  diagnosticEvent: z.object({ message: z.string(), severity: z.string() }).optional(),
});

export type EngineEvent = z.infer<typeof event>;
export type EventMetadata = z.infer<typeof metadata>;

/** Parses the file of `--event-log`: one JSON object per line. The engine has replaced secret values. */
export function parseEvents(text: string): EngineEvent[] {
  const lines = text.split('\n').filter((line) => line !== '');
  return lines.map((line) => event.parse(JSON.parse(line)));
}

/** Returns the errors that the engine reported, without its marks of colours. */
export function errorsOf(events: readonly EngineEvent[]): string[] {
  return events.flatMap(({ diagnosticEvent: found }) =>
    found?.severity === 'error' ? found.message.replaceAll(/<\{%.*?%\}>/g, '').trim() : [],
  );
}
