// Texts of the server in Markdown.

// plain returns a text as Markdown that shows it as it is, but for names in backquotes, which
// stay code, and addresses, which stay links: what means something only at the start of a
// line is escaped only there.
export function plain(text: string): string {
  return text
    .split(/(`[^`]+`)/)
    .map((part, i) => (i % 2 === 1 ? part : part.replace(/[\\`*[\]<>&~]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, "\\$&").replace(/^(\s*\d*)([#+\-=.)])/gm, "$1\\$2")))
    .join("");
}

// preformatted returns a text as a block whose lines stay as they are.
export function preformatted(text: string): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}text\n${text}\n${fence}`;
}
