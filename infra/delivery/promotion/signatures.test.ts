import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { openShop } from './testing/shop.ts';

test('an environment that requires a signature gets only what is signed, and promote signs with the key', async (t) => {
  const shop = openShop(t);
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  shop.write('release.pub', publicKey.export({ format: 'pem', type: 'spki' }).toString());
  shop.environment('qa', { signedBy: 'release.pub' });
  const { release } = await shop.update();
  const refusal =
    /api: has no signature of release\.pub in the store .*qa-store\. Set RAILHEAD_SIGNING_KEY to the private key/;
  await expect(shop.promote()).rejects.toThrow(refusal);
  const other = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  await expect(shop.promote({ key: other.privateKey })).rejects.toThrow(refusal);
  expect(shop.file()).toBeUndefined();
  await shop.promote({ key: privateKey });
  expect(await shop.stores.qa.objects.isSigned(release?.api?.content ?? '', publicKey)).toBe(true);
});
