import type { EngineCall } from './engine-call.ts';

/** Returns the outputs of a stack by name, with `[secret]` in place of a secret; none if they cannot be read. */
export async function readOutputs(
  pulumi: Pick<EngineCall, 'read'>,
  stack: string,
): Promise<Record<string, unknown>> {
  const { code, stdout } = await pulumi.read(['stack', 'output', '--stack', stack, '--json']);
  return code === 0 ? (JSON.parse(stdout) as Record<string, unknown>) : {};
}
