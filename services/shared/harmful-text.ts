/**
 * What no text may hold: control characters, half a character (a lone surrogate, which UTF-8 cannot carry), and marks that
 * reorder the text around them, so that `gpj.exe` reads `exe.jpg`. The direction of Arabic or Hebrew needs none of these.
 */
export const harmful = /[^\P{Cc}\n\r\t]|\p{Cs}|[\u202a-\u202e\u2066-\u2069]/u;

/** Shows what got in before it was refused as a question mark in a box. */
export function harmless(text: string): string {
  return text.replaceAll(new RegExp(harmful, 'gu'), '\ufffd');
}
