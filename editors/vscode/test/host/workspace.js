// A window with two folders, each of which is a tree.
const vscode = require("vscode");
const { test, run, until, open, at, execute, finding, hover, user, started, equal, contains } = require("./harness.js");

exports.run = run;

const folder = (index, name) => vscode.Uri.joinPath(vscode.workspace.workspaceFolders[index].uri, name);
const show = async (uri) => vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri));

test("both trees are known", async () => {
  const api = await started();
  const client = await api.server.ready();
  await open("init/Kconfig");
  await show(folder(1, "Kconfig"));
  const roots = await until("two trees", async () => {
    const found = (await client.sendRequest("kconfig/views")).roots;
    return found.length === 2 && found;
  });
  equal(roots.map((root) => vscode.Uri.parse(root.uri).fsPath).sort(), vscode.workspace.workspaceFolders.map((one) => one.uri.fsPath).sort(), "the trees");
});

test("names are looked up in the tree of the document", async () => {
  const first = await show(folder(0, "init/Kconfig"));
  contains(await hover(first.document, at(first.document, "config EXPERT", 8)), "Settings for experts", "the hover in the first tree");
  const second = await show(folder(1, "Kconfig"));
  contains(await hover(second.document, at(second.document, "config EXPERT", 8)), "Show what only makers need", "the hover in the second tree");
});

test("the views and the item at the bottom follow the active editor", async () => {
  const api = await started();
  await execute("kconfig.menu.focus");
  await show(folder(0, "init/Kconfig"));
  await user.shown("General setup");
  await user.status("x86");
  await show(folder(1, "Kconfig"));
  await user.shown("Board with a name");
  equal(vscode.Uri.parse(api.trees.current().uri).fsPath, vscode.workspace.workspaceFolders[1].uri.fsPath, "the tree");
  await show(folder(0, "init/Kconfig"));
  await user.shown("General setup");
});

test("a configuration counts for its own tree", async () => {
  await show(folder(1, "prj.conf"));
  const problem = await finding(folder(1, "prj.conf"), "config-unknown-symbol");
  contains(problem.message, "LOG_BUF_SHIFT", "the message about a symbol of the other tree");
  equal(vscode.languages.getDiagnostics(folder(1, "prj.conf")).filter((one) => one.message.includes("BOARD_LED")), [], "findings about a symbol of its own");
});
