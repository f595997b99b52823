// It starts by itself, from what was packed.
const vscode = require("vscode");
const { test, started, extension, servers, programOf, until, equal, contains, lacks } = require("../harness.js");

test("it becomes active in a workspace with a Kconfig file, without a document", async () => {
  equal(vscode.window.visibleTextEditors.length, 0, "editors");
  await until("activation", () => extension().isActive);
});

test("the installed package is what runs", async () => {
  const api = await started();
  const client = await api.server.ready();
  contains(client.initializeResult.serverInfo.name, "kconfig-ls", "the server");
  lacks(extension().extensionPath, "editors/vscode", "where the extension is");
  equal(extension().extensionKind, vscode.ExtensionKind.Workspace, "where the extension runs");
  equal(servers().map(programOf), [process.env.KCONFIG_LS_TAP ?? `${extension().extensionPath}/bin/kconfig-ls`], "the programs that run");
});

test("the tree is found", async () => {
  const api = await started();
  const tree = await until("tree", () => api.trees.current());
  equal(vscode.Uri.parse(tree.uri).fsPath, vscode.workspace.workspaceFolders[0].uri.fsPath, "its directory");
  equal(tree.arch, "x86", "its architecture");
});
