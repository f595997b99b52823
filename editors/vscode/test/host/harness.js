// The little that the suites need: named tests, one after the other, and waiting.
const vscode = require("vscode");

const tests = [];

exports.test = (name, action) => tests.push({ name, action });

exports.run = async () => {
  let failed = 0;
  for (const { name, action } of tests) {
    try {
      await action();
      console.log(`ok ${name}`);
    } catch (error) {
      failed++;
      console.log(`not ok ${name}: ${error instanceof Error ? error.message : error}`);
    }
  }
  console.log(`# ${tests.length - failed} of ${tests.length} passed`);
  if (failed > 0) {
    throw new Error(`${failed} tests failed`);
  }
};

// until waits for a value that is there.
exports.until = async (what, get, timeout = 20000) => {
  const end = Date.now() + timeout;
  for (;;) {
    const value = await get();
    if (value) {
      return value;
    }
    if (Date.now() > end) {
      throw new Error(`no ${what} after ${timeout / 1000} s`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};

// file returns the address of a file of the workspace.
exports.file = (name) => vscode.Uri.joinPath(vscode.workspace.workspaceFolders[0].uri, name);

// open shows a file.
exports.open = async (name) => vscode.window.showTextDocument(await vscode.workspace.openTextDocument(exports.file(name)));

// at returns the place of the first occurrence of a text, some characters into it.
exports.at = (document, text, into = 0) => {
  const offset = document.getText().indexOf(text);
  if (offset < 0) {
    throw new Error(`${document.fileName} has no ${JSON.stringify(text)}`);
  }
  return document.positionAt(offset + into);
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
