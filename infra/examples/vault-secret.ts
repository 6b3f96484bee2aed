/**
 * Passes a secret of HashiCorp Vault to the stack file, which uses it as `${{pulumi.SMTP_PASSWORD}}`. Each `preview` and `up`
 * reads the newest version of the secret from the KV engine, version 2, with VAULT_ADDR and VAULT_TOKEN, as Vault's own CLI does.
 */
import { RunError, secret } from '@pulumi/pulumi';
import { deploy } from 'railhead';

const password = secret(await readVault('secret', 'shop/smtp', 'password'));

const system = await deploy({ values: { SMTP_PASSWORD: password } });

export const url = system.url;

/** Returns a field of a secret. Throws an error that Pulumi prints without a stack trace, before it changes anything. */
async function readVault(mount: string, path: string, field: string): Promise<string> {
  const name = `${mount}/${path}`;
  const { VAULT_ADDR, VAULT_TOKEN } = process.env;
  if (!VAULT_ADDR || !VAULT_TOKEN)
    throw new RunError(
      `Set VAULT_ADDR to the address of Vault and VAULT_TOKEN to a token that can read ${name}.`,
    );
  const { status, data, errors } = await request(VAULT_ADDR, VAULT_TOKEN, `${mount}/data/${path}`);
  const put = `vault kv put -mount=${mount} ${path} ${field}=-`;
  if (status === 403)
    throw new RunError(
      `Vault at ${VAULT_ADDR} refuses to read ${name}: ${errors}. Next: get a new VAULT_TOKEN with "vault login", or a policy with the capability "read" on ${mount}/data/${path}.`,
    );
  if (status === 404) throw new RunError(`Vault at ${VAULT_ADDR} has no secret ${name}. Next: ${put}`);
  if (status !== 200) throw new RunError(`Vault at ${VAULT_ADDR} answered ${status} for ${name}: ${errors}.`);
  const value = data[field];
  if (typeof value === 'string' && value !== '') return value;
  const found = Object.keys(data).join(', ') || 'none';
  throw new RunError(
    `The secret ${name} in Vault has no text "${field}". Its fields: ${found}. Next: ${put}`,
  );
}

async function request(address: string, token: string, path: string) {
  try {
    const response = await fetch(new URL(`/v1/${path}`, address), {
      headers: { 'X-Vault-Token': token, 'X-Vault-Request': 'true' },
      // A redirect could send the token to another host.
      redirect: 'manual',
      signal: AbortSignal.timeout(10_000),
    });
    const body = (await response.json().catch(() => ({}))) as Answer;
    const errors = (body.errors ?? []).join(', ').replaceAll(/\s+/g, ' ') || 'no reason given';
    return { status: response.status, data: body.data?.data ?? {}, errors };
  } catch (error) {
    const { cause = error } = error as Error;
    throw new RunError(`Vault at ${address} cannot be reached: ${(cause as Error).message}`);
  }
}

interface Answer {
  errors?: string[];
  /** The data of a secret that was deleted are null. */
  data?: { data: Record<string, unknown> | null };
}
