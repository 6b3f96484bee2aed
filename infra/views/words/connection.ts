import type { NetworkChange } from '../../changes/model.ts';
import { publicClients } from '../../changes/network.ts';
import { type Phrase, say } from '../phrase.ts';
import { at } from './names.ts';

/** `site may connect to api (stacks/rota.yaml:63)` */
export function connection({ change, from, to, place }: NetworkChange): Phrase {
  const sentence =
    from === publicClients
      ? say`${to} ${[change === 'added' ? 'becomes public' : 'is no longer public']}`
      : say`${from} ${[change === 'added' ? 'may connect to' : 'can no longer connect to']} ${to}`;
  return say`${sentence}${at(place)}`;
}
