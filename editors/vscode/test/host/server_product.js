// Which server is run, and what happens if it cannot be, in the installed extension.
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");
const vscode = require("vscode");
const { test, run, until, open, file, equal, contains } = require("./harness.js");

exports.run = run;

let api;
let scratch;
const settings = () => vscode.workspace.getConfiguration("kconfig");
const name = "server.path";
const set = (value) => settings().update(name, value, vscode.ConfigurationTarget.Workspace);
const state = (wanted) => until(`server that is ${wanted}`, () => api.server.state === wanted);

// script writes a program that appends a line to a file each time that it is run.
function script(program, lines) {
  const target = path.join(scratch, program);
  fs.writeFileSync(target, `#!/bin/sh\necho run >>"${target}.runs"\n${lines}\n`, { mode: 0o755 });
  return target;
}
const runs = (target) => (fs.existsSync(target + ".runs") ? fs.readFileSync(target + ".runs", "utf8").trim().split("\n").length : 0);

test("the server of the package runs", async () => {
  scratch = fs.mkdtempSync(path.join(os.tmpdir(), "kconfig-server-"));
  api = await vscode.extensions.getExtension("kconfig-ls.kconfig-ls").activate();
  await state("running");
});

test("a path that does not exist stops it, and nothing is shown that it said", async () => {
  await set("/no/such/kconfig-ls");
  await state("stopped");
  await until("end of trees", () => api.trees.all().length === 0);
  equal(await api.menu.getChildren(), [], "the menu");
});

test("a path may have the workspace folder in it", async () => {
  const bundled = path.join(vscode.extensions.getExtension("kconfig-ls.kconfig-ls").extensionPath, "bin/kconfig-ls");
  fs.symlinkSync(bundled, file("my-server").fsPath);
  await set("${workspaceFolder}/my-server");
  await state("running");
  await until("tree", () => api.trees.current());
  fs.unlinkSync(file("my-server").fsPath);
});

test("a program that ends at once is not started for ever", async () => {
  const target = script("ends", "exit 3");
  await set(target);
  await until("first run", () => runs(target) > 0);
  await state("stopped");
  if (runs(target) > 6) {
    throw new Error(`it was started ${runs(target)} times`);
  }
});

test("a server that dies is started again, a few times", async () => {
  const bundled = path.join(vscode.extensions.getExtension("kconfig-ls.kconfig-ls").extensionPath, "bin/kconfig-ls");
  const target = script("dies", `echo $$ >"${scratch}/pid"\nexec "${bundled}" "$@"`);
  await set(target);
  await state("running");
  for (let ends = 1; ends <= 5; ends++) {
    const before = runs(target);
    process.kill(Number(fs.readFileSync(path.join(scratch, "pid"), "utf8")), "SIGKILL");
    if (ends <= 4) {
      await until(`run ${ends + 1}`, () => runs(target) > before);
      await until("tree", () => api.server.state === "running" && api.trees.current());
    }
  }
  await state("stopped");
  equal(runs(target), 5, "how often it was started");
});

test("the server of the package runs again without the setting", async () => {
  await set(undefined);
  await state("running");
  await until("tree", () => api.trees.current());
  fs.rmSync(scratch, { recursive: true });
});

test("a text that is no file yet has help, too", async () => {
  const document = await vscode.workspace.openTextDocument({ language: "kconfig", content: 'config A\n\tbool "A"\n\tdepends on A && A\n' });
  await vscode.window.showTextDocument(document);
  const hover = await until("hover", async () => {
    const hovers = await vscode.commands.executeCommand("vscode.executeHoverProvider", document.uri, new vscode.Position(0, 7));
    return hovers.length > 0 && hovers;
  });
  contains(JSON.stringify(hover[0].contents.map((content) => content.value)), "A", "the hover");
  await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
});

test("another tree in the workspace is found, and becomes current with its files", async () => {
  const inner = file("other-tree");
  await vscode.workspace.fs.writeFile(vscode.Uri.joinPath(inner, "Kconfig"), Buffer.from('mainmenu "Other"\n\nconfig OTHER_OPTION\n\tbool "Other option"\n'));
  const folders = vscode.workspace.workspaceFolders.length;
  const before = api.trees.current().uri;
  // What lies outside of the first tree: a folder of its own.
  const outside = vscode.Uri.file(fs.mkdtempSync(path.join(os.tmpdir(), "kconfig-other-")));
  try {
    await vscode.workspace.fs.copy(inner, vscode.Uri.joinPath(outside, "tree"));
    const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(outside, "tree/Kconfig"));
    await vscode.window.showTextDocument(document);
    const root = await until("second tree", () => api.trees.all().find((one) => one.uri.includes("kconfig-other-")));
    await until("the current tree", () => api.trees.current().uri === root.uri);
    const entries = await until("its menu", async () => {
      const found = await api.menu.getChildren();
      return found.some((entry) => entry.symbol === "OTHER_OPTION") && found;
    });
    await api.menu.change({ symbol: "OTHER_OPTION", value: "y" });
    equal(api.menu.pending.length, 1, "changes of the second tree");
    equal(entries.length, 1, "entries");
    await open("init/Kconfig");
    await until("the first tree", () => api.trees.current().uri === before);
    equal(api.menu.pending.length, 0, "changes of the first tree");
    await vscode.window.showTextDocument(document);
    await until("the second tree again", () => api.trees.current().uri === root.uri);
    equal(api.menu.pending.length, 1, "changes of the second tree, after a look at the first");
    equal(vscode.workspace.workspaceFolders.length, folders, "folders");
  } finally {
    await vscode.commands.executeCommand("kconfig.menu.discard");
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    await vscode.workspace.fs.delete(inner, { recursive: true });
    await vscode.workspace.fs.delete(outside, { recursive: true });
  }
});
