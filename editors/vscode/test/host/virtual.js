// A folder that is not on disk: highlighting, and nothing that needs the server.
const vscode = require("vscode");
const { test, run, until, user, extension, servers, equal } = require("./harness.js");

const text = 'config HELD\n\tbool "Held in memory"\n';
const changed = new vscode.EventEmitter();
const isFile = (uri) => uri.path === "/tree/Kconfig";
const missing = (uri) => vscode.FileSystemError.FileNotFound(uri);
const readOnly = () => {
  throw vscode.FileSystemError.NoPermissions();
};
vscode.workspace.registerFileSystemProvider("memory", {
  onDidChangeFile: changed.event,
  watch: () => new vscode.Disposable(() => {}),
  stat: (uri) => {
    if (!isFile(uri) && uri.path !== "/tree") {
      throw missing(uri);
    }
    return { type: isFile(uri) ? vscode.FileType.File : vscode.FileType.Directory, ctime: 0, mtime: 0, size: isFile(uri) ? text.length : 0 };
  },
  readDirectory: () => [["Kconfig", vscode.FileType.File]],
  readFile: (uri) => {
    if (!isFile(uri)) {
      throw missing(uri);
    }
    return Buffer.from(text);
  },
  createDirectory: readOnly,
  writeFile: readOnly,
  delete: readOnly,
  rename: readOnly,
});

exports.run = run;

test("the extension is there, and starts no server", async () => {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.parse("memory:/tree/Kconfig"));
  await vscode.window.showTextDocument(document);
  equal(document.languageId, "kconfig", "the language");
  await until("activation", () => extension().isActive);
  equal(servers(), [], "servers");
  equal(await user.notices(), [], "messages");
});

test("the view says what is off", async () => {
  await vscode.commands.executeCommand("kconfig.menu.focus");
  await user.see('.pane-body .welcome-view-content:has-text("there is only highlighting")');
});
