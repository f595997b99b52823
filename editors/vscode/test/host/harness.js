// The little that the suites need: named tests, one after the other, and waiting.
const fs = require("node:fs");
const http = require("node:http");
const vscode = require("vscode");

const tests = [];

const patience = Number(process.env.KCONFIG_LS_PATIENCE ?? 60) * 1000;

exports.test = (name, action) => tests.push({ name, action });

exports.run = async () => {
  const only = new RegExp(process.env.KCONFIG_LS_ONLY ?? "");
  for (const { name, action } of tests.filter((one) => only.test(one.name))) {
    const start = Date.now();
    try {
      await action();
      await exports.say(`ok ${name} (${Date.now() - start} ms)`);
    } catch (error) {
      await exports.say(`not ok ${name}: ${error instanceof Error ? error.message : error}`);
      await ask("picture", [name]).catch((cause) => exports.say(`# no picture: ${cause.message}`));
    }
    await tidy();
  }
  await ask("end", []);
};

// tidy gives up what was typed and shown, so that tests do not hang on each other.
async function tidy() {
  await execute("workbench.action.closeQuickOpen");
  for (const document of vscode.workspace.textDocuments.filter((one) => one.isDirty)) {
    await vscode.window.showTextDocument(document);
    await execute("workbench.action.revertAndCloseActiveEditor");
  }
  await execute("workbench.action.closeAllEditors");
  await execute("notifications.clearAll");
  await execute("notifications.hideList");
}

// say has the program outside print a line.
exports.say = (line) => ask("say", [line]);

// ask has the program outside do what only a user can.
function ask(method, args) {
  return new Promise((resolve, reject) => {
    const request = http.request(process.env.KCONFIG_LS_DRIVER, { method: "POST" }, (response) => {
      let body = "";
      response.on("data", (chunk) => (body += chunk));
      response.on("end", () => {
        const { result, error } = JSON.parse(body);
        if (error === undefined) {
          resolve(result);
        } else {
          reject(new Error(error));
        }
      });
    });
    request.on("error", reject);
    request.end(JSON.stringify({ method, args }));
  });
}

// user has a method for each of the driver's: what they do is in driver.mjs.
exports.user = new Proxy({}, { get: (_, method) => (...args) => ask(method, args) });

const execute = (command, ...args) => vscode.commands.executeCommand(command, ...args);
exports.execute = execute;

// until waits for a value that is there.
exports.until = async (what, get, timeout = patience) => {
  const end = Date.now() + timeout;
  for (;;) {
    const value = await get();
    if (value) {
      return value;
    }
    if (Date.now() > end) {
      throw new Error(`no ${typeof what === "function" ? what() : what} after ${timeout / 1000} s`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};

exports.extension = () => vscode.extensions.getExtension("kconfig-ls.kconfig-ls");

// started returns what the extension offers to others, once its server runs.
exports.started = async () => {
  const api = await exports.extension().activate();
  await exports.until("running server", () => api.server.ready());
  return api;
};

// servers returns the processes that the extension host has started of a program.
exports.servers = () =>
  fs
    .readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        const [, parent] = /\) \S+ (\d+)/.exec(fs.readFileSync(`/proc/${pid}/stat`, "utf8"));
        return Number(parent) === process.pid && fs.readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("kconfig-ls");
      } catch {
        return false; // it has ended
      }
    })
    .map(Number);

// programOf returns the file of the program that a process runs.
exports.programOf = (pid) => fs.readlinkSync(`/proc/${pid}/exe`);

// file returns the address of a file of the workspace.
exports.file = (name) => vscode.Uri.joinPath(vscode.workspace.workspaceFolders[0].uri, name);

exports.read = async (name) => Buffer.from(await vscode.workspace.fs.readFile(exports.file(name))).toString();

exports.write = (name, text) => vscode.workspace.fs.writeFile(exports.file(name), Buffer.from(text));

// open shows a file.
exports.open = async (name) => vscode.window.showTextDocument(await vscode.workspace.openTextDocument(exports.file(name)));

// append types something at the end of an editor.
exports.append = (editor, text) => editor.edit((edit) => edit.insert(editor.document.positionAt(editor.document.getText().length), text));

// at returns the place of the first occurrence of a text, some characters into it.
exports.at = (document, text, into = 0) => {
  const offset = document.getText().indexOf(text);
  if (offset < 0) {
    throw new Error(`${document.fileName} has no ${JSON.stringify(text)}`);
  }
  return document.positionAt(offset + into);
};

const codeOf = (diagnostic) => (typeof diagnostic.code === "object" ? diagnostic.code.value : diagnostic.code);

// finding waits for a diagnostic of a document with a code.
exports.finding = (uri, code) =>
  exports.until(
    () => `${code} among ${vscode.languages.getDiagnostics(uri).map(codeOf)} of ${uri.path}`,
    () => vscode.languages.getDiagnostics(uri).find((diagnostic) => codeOf(diagnostic) === code),
  );

// hover waits for the text of a hover.
exports.hover = async (document, position) => {
  const found = await exports.until(`hover in ${document.uri.path}`, async () => {
    const hovers = await execute("vscode.executeHoverProvider", document.uri, position);
    return hovers.length > 0 && hovers;
  });
  return found.flatMap((one) => one.contents.map((content) => content.value ?? content)).join("\n");
};

// tokens returns the semantic tokens of a document with their text, type and modifiers.
exports.tokens = async (document) => {
  const legend = await execute("vscode.provideDocumentSemanticTokensLegend", document.uri);
  const { data } = await execute("vscode.provideDocumentSemanticTokens", document.uri);
  const found = [];
  let line = 0;
  let start = 0;
  for (let i = 0; i < data.length; i += 5) {
    line += data[i];
    start = data[i] === 0 ? start + data[i + 1] : data[i + 1];
    found.push({
      line,
      start,
      text: document.lineAt(line).text.slice(start, start + data[i + 2]),
      type: legend.tokenTypes[data[i + 3]],
      modifiers: legend.tokenModifiers.filter((_, bit) => data[i + 4] & (1 << bit)),
    });
  }
  return found;
};

exports.equal = (got, want, what) => {
  if (JSON.stringify(got) !== JSON.stringify(want)) {
    throw new Error(`${what}: ${JSON.stringify(got)}, want ${JSON.stringify(want)}`);
  }
};

exports.contains = (got, want, what) => {
  if (!String(got).includes(want)) {
    throw new Error(`${what}: ${JSON.stringify(got)} has no ${JSON.stringify(want)}`);
  }
};

exports.lacks = (got, unwanted, what) => {
  if (String(got).includes(unwanted)) {
    throw new Error(`${what}: ${JSON.stringify(got)} has ${JSON.stringify(unwanted)}`);
  }
};
