// A folder without Kconfig files: nothing is started until there is a Kconfig document.
const vscode = require("vscode");
const { test, run, execute, until, open, extension, started, finding, equal } = require("./harness.js");

exports.run = run;

test("it is not active in a folder without Kconfig, with other documents", async () => {
  const { document } = await open("main.c");
  equal(document.languageId, "c", "the language");
  // These tests began when the extension host had found a file of the folder by a pattern,
  // which is how it looks for Kconfig files.
  equal(extension().isActive, false, "whether it is active");
});

test("it becomes active with the first Kconfig document", async () => {
  const document = await vscode.workspace.openTextDocument({ language: "kconfig", content: 'config TYPED\n\tbool "Typed "\n' });
  await vscode.window.showTextDocument(document);
  await until("activation", () => extension().isActive);
  await started();
  await finding(document.uri, "prompt-whitespace");
});

test("commands about rows of views do nothing without a row", async () => {
  const { commands, menus } = extension().packageJSON.contributes;
  const hidden = menus.commandPalette.filter(({ when }) => when === "false").map(({ command }) => command);
  equal(hidden.every((command) => commands.some((one) => one.command === command)), true, `whether all of ${hidden} are commands`);
  for (const command of hidden) {
    await execute(command);
  }
});
