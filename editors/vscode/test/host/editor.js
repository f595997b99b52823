// What the editor itself takes from its start until a hover can be read, to hold the times of
// a whole kernel against: the same text without a language, and a hover that is there at once.
const vscode = require("vscode");
const { test, run, open, say, user } = require("./harness.js");

exports.run = run;

test("the editor shows a hover that is there at once", async () => {
  const start = Date.now();
  vscode.languages.registerHoverProvider({ scheme: "file" }, { provideHover: () => new vscode.Hover("Defined at once") });
  await open("kernel.txt");
  const opened = Date.now() - start;
  const hovered = (await user.hoverSeen("config X86_64", "X86_64", "Defined at")) - start;
  await say(`# the same text without Kconfig: shown after ${opened} ms, a hover that is there at once to be seen after ${hovered} ms`);
});
