// Texts of the server in Markdown.

// plain returns a text as Markdown that shows it as it is, but for names in backquotes, which
// stay code.
export function plain(text: string): string {
  return text
    .split(/(`[^`]+`)/)
    .map((part, i) => (i % 2 === 1 ? part : part.replace(/[\\`*_{}[\]()#+\-.!<>&|~]/g, "\\$&")))
    .join("");
}

// preformatted returns a text as a block whose lines stay as they are.
export function preformatted(text: string): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}text\n${text}\n${fence}`;
}
