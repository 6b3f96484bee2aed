/** Returns the command of a Dockerfile as one line: its last CMD, behind its last ENTRYPOINT. */
export function imageCommand(text: string): string | undefined {
  const lines = text.replace(/\\\r?\n/g, ' ').split('\n');
  const last = (instruction: string) =>
    lines
      .findLast((line) => new RegExp(`^\\s*${instruction}\\s`, 'i').test(line))
      ?.trim()
      .slice(instruction.length)
      .trim();
  const words = [last('ENTRYPOINT'), last('CMD')].flatMap((form) =>
    form === undefined ? [] : commandOf(form),
  );
  return words.length === 0 ? undefined : words.join(' ');
}

function commandOf(form: string): string[] {
  if (!form.startsWith('[')) return [form];
  try {
    const words: unknown = JSON.parse(form);
    return Array.isArray(words) ? words.map(String) : [];
  } catch {
    return [form];
  }
}
