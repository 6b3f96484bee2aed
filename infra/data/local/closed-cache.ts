import { openToOthers, runsAsRoot, toolCache } from '../../../tools/tool-cache.ts';

/** Returns why another user could not run a server of the tool cache; undefined if it could, or if none needs to. */
export function closedCache(title: string): string | undefined {
  if (!runsAsRoot() || openToOthers(toolCache())) return undefined;
  return `${title} does not run as root, and no other user can read ${toolCache()}. Set RAILHEAD_CACHE_DIR to another folder, or give other users access to its parent folders: chmod o+x`;
}
