import { AwsClient } from 'aws4fetch';

/** Returns a function that signs a request of S3 with a key and sends it. */
export function signingClient(address: string, accessKeyId: string, secretAccessKey: string) {
  const client = new AwsClient({
    accessKeyId,
    secretAccessKey,
    service: 's3',
    region: 'us-east-1',
    retries: 0,
  });
  return async (method: string, path: string, body?: string) => {
    const response = await client.fetch(`${address}${path}`, { method, ...(body !== undefined && { body }) });
    return { status: response.status, text: await response.text() };
  };
}
