/**
 * Matches characters that no text may contain: control characters, lone surrogates (which UTF-8 cannot encode), and
 * marks that reorder the surrounding text, so that `gpj.exe` appears as `exe.jpg`. Arabic and Hebrew need none of
 * these marks.
 */
export const harmful = /[^\P{Cc}\n\r\t]|\p{Cs}|[\u202a-\u202e\u2066-\u2069]/u;

/** Replaces such characters with U+FFFD, for text that was stored before they were refused. */
export function harmless(text: string): string {
  return text.replaceAll(new RegExp(harmful, 'gu'), '\ufffd');
}
