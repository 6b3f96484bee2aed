import { UserError } from '../../../tools/user-error.ts';

/** Milliseconds to wait for the answer to a request. */
export const defaultPatience = 60_000;

const mebibyte = 1024 * 1024;

/** Largest answers, in bytes. The specification of registries allows 4 MiB for a manifest. */
export const limits = { manifest: 4 * mebibyte, token: mebibyte, tags: 16 * mebibyte, record: 64 * mebibyte };

/**
 * Sends a request to a registry, or to where it issues tokens. Throws UserError if no answer begins in time. The upload of a stream
 * takes as long as it needs.
 *
 * @param registry what it is called in messages
 */
export async function ask(
  registry: string,
  url: URL,
  init: RequestInit,
  patience = defaultPatience,
): Promise<Response> {
  const controller = new AbortController();
  const isUpload = init.body instanceof ReadableStream;
  const timer = isUpload ? undefined : setTimeout(() => controller.abort(), patience);
  try {
    return await fetch(url, { ...init, signal: controller.signal });
  } catch (error) {
    const { message, cause } = error as Error;
    const reason = cause instanceof Error && cause.message !== '' ? cause.message : message;
    const shown = controller.signal.aborted ? `no answer within ${patience / 1000} s` : reason;
    const through = url.host === registry ? '' : `, ${url.host}`;
    throw new UserError(
      `${registry} cannot be reached${through}: ${shown}. Check the address and the network, then try again.`,
    );
  } finally {
    clearTimeout(timer);
  }
}

/** Reads a text. Throws UserError if it is longer than `limit` bytes. */
export async function readText(
  bytes: AsyncIterable<Uint8Array> | null,
  limit: number,
  name: string,
): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const part of bytes ?? []) {
      size += part.length;
      if (size > limit) break;
      parts.push(part);
    }
  } catch {
    throw new UserError(`${name} cannot be read: the connection ended early. Try again.`);
  }
  if (size > limit) throw new UserError(`${name} is larger than ${limit / mebibyte} MiB, so it is not read.`);
  return Buffer.concat(parts).toString();
}
