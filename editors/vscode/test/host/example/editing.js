// What one types: findings, completion, fixes, formatting, rename.
const vscode = require("vscode");
const { test, execute, until, open, append, file, read, at, finding, user, equal, contains } = require("../harness.js");

test("a name that nothing defines is a warning while one types, with a page about it", async () => {
  const editor = await open("drivers/net/Kconfig");
  await append(editor, "\nconfig TYPED\n\tbool \"Typed\"\n\tdepends on HAS_DMAA\n");
  const problem = await finding(editor.document.uri, "undefined-symbol");
  contains(problem.message, "HAS_DMAA", "the message");
  equal(problem.severity, vscode.DiagnosticSeverity.Warning, "the severity");
  equal(problem.source, "kconfig", "the source");
  equal(editor.document.getText(problem.range), "HAS_DMAA", "the place");
  contains(problem.code.target.toString(), "docs/checks/undefined-symbol.md", "the page");
  await execute("workbench.action.files.revert");
  await until("end of the warning", () => vscode.languages.getDiagnostics(editor.document.uri).every((one) => !one.message.includes("HAS_DMAA")));
});

test("completion offers what fits, and marks what needs Rust", async () => {
  const editor = await open("samples/rust/Kconfig");
  await append(editor, "\nconfig TYPED\n\tbool \"Typed\"\n\tdepends on SAMPLE\n");
  const nameOf = (item) => item.label.label ?? item.label;
  const list = await until("completion with a mark", async () => {
    const found = await execute("vscode.executeCompletionItemProvider", editor.document.uri, at(editor.document, "depends on SAMPLE\n", 17));
    return found.items.some((item) => nameOf(item) === "SAMPLE_RUST_MINIMAL" && /Rust/.test(item.label.detail ?? "")) && found;
  });
  const item = list.items.find((one) => nameOf(one) === "SAMPLE_RUST_MINIMAL");
  contains(item.label.detail, "Rust: off", "the mark");
  equal(item.tags ?? [], [vscode.CompletionItemTag.Deprecated], "the tags, of which one strikes it through");
});

test("definition leads to another file", async () => {
  const { document } = await open("samples/rust/Kconfig");
  const found = await until("definition", async () => {
    const links = await execute("vscode.executeDefinitionProvider", document.uri, at(document, "depends on RUST", 12));
    return links.length > 0 && links;
  });
  const { path } = found[0].targetUri ?? found[0].uri;
  contains(path, "/init/Kconfig", "where RUST is defined");
  const target = await vscode.workspace.openTextDocument(found[0].targetUri ?? found[0].uri);
  const range = found[0].targetSelectionRange ?? found[0].targetRange ?? found[0].range;
  equal(target.lineAt(range.start.line).text, "config RUST", "the line");
});

test("references are found in all files", async () => {
  const { document } = await open("init/Kconfig");
  const found = await until("references", async () => {
    const places = await execute("vscode.executeReferenceProvider", document.uri, at(document, "config EXPERT\n", 8));
    return places.length > 0 && places;
  });
  const files = new Set(found.map((place) => vscode.workspace.asRelativePath(place.uri)));
  for (const name of ["init/Kconfig", "arch/x86/Kconfig", "drivers/gpio/Kconfig", "lib/Kconfig.debug"]) {
    if (!files.has(name)) {
      throw new Error(`${name} is not among ${[...files]}`);
    }
  }
});

test("rename changes and saves all files, and findings stay what they were", async () => {
  const files = ["init/Kconfig", "arch/x86/Kconfig", "drivers/gpio/Kconfig", "lib/Kconfig.debug"];
  const rename = async (from, to) => {
    const editor = await open("init/Kconfig");
    const position = at(editor.document, `config ${from}\n`, 8);
    editor.selection = new vscode.Selection(position, position);
    const ended = execute("editor.action.rename");
    await user.rename(to);
    await ended;
    for (const name of files) {
      await until(`${to} in ${name} on disk`, async () => (await read(name)).includes(to) && !(await read(name)).includes(from));
    }
  };
  const before = await Promise.all(files.map(read));
  await rename("EXPERT", "ADVANCED");
  const { document } = await open("arch/x86/Kconfig");
  const found = await until("definition of the new name", async () => {
    const links = await execute("vscode.executeDefinitionProvider", document.uri, at(document, "if ADVANCED", 5));
    return links.length > 0 && links;
  });
  contains((found[0].targetUri ?? found[0].uri).path, "/init/Kconfig", "where the new name is defined");
  equal(vscode.languages.getDiagnostics().filter(([, all]) => all.some((one) => one.message.includes("ADVANCED"))), [], "findings about it");
  await rename("ADVANCED", "EXPERT");
  equal(await Promise.all(files.map(read)), before, "the files after renaming back");
});

test("a fix is offered, and mends the line", async () => {
  const editor = await open("drivers/char/Kconfig");
  await append(editor, "\nconfig TYPED\n\tbool \"Typed \"\n");
  const problem = await finding(editor.document.uri, "prompt-whitespace");
  const actions = await execute("vscode.executeCodeActionProvider", editor.document.uri, problem.range, vscode.CodeActionKind.QuickFix.value, 20);
  const fix = actions.find((action) => action.edit && action.title === "Remove the blanks");
  if (!fix) {
    throw new Error("no fix among " + actions.map((action) => action.title));
  }
  await vscode.workspace.applyEdit(fix.edit);
  contains(editor.document.getText(), 'bool "Typed"\n', "the text after the fix");
  await until("end of the finding", () => vscode.languages.getDiagnostics(editor.document.uri).every((one) => one.message !== problem.message));
});

test("a document is formatted", async () => {
  const editor = await open("drivers/gpio/Kconfig");
  const before = editor.document.getText();
  await append(editor, "\nconfig TYPED\n    bool \"Typed\"\n");
  await until("formatted text", async () => {
    await execute("editor.action.formatDocument");
    return editor.document.getText() === before + "\nconfig TYPED\n\tbool \"Typed\"\n";
  });
});

test("a sourced file is a link", async () => {
  const { document } = await open("drivers/net/Kconfig");
  await until("link", async () => {
    const links = await execute("vscode.executeLinkProvider", document.uri, 100);
    return links.some((link) => link.target?.path === file("drivers/net/phy/Kconfig").path);
  });
});
