// What works by the names of files and while one types, with or without the server.
const vscode = require("vscode");
const { test, execute, until, open, file, write, append, at, finding, user, equal, contains } = require("../harness.js");

test("languages are told by file names", async () => {
  const names = {
    kconfig: ["Kconfig", "Kconfig.debug", "Kconfig-nommu", "Config.in", "Config.in.legacy", "Config.src", "Config.ext.in", "board.kconfig"],
    "kconfig-config": [".config", ".config.old", "defconfig", "larch_defconfig", "configs/debug.config", ".kunitconfig", "prj.conf", "prj_small.conf", "sdkconfig", "sdkconfig.defaults", "sdkconfig.defaults.heron", "boards/larch.conf", "sysbuild.conf", "config-6.6", "configs/config.larch_heron"],
    other: ["Kconfigs", "other.conf", "README", "configs/web.config", "configs/config.yaml"],
  };
  for (const [language, all] of Object.entries(names)) {
    for (const name of all) {
      await write(`fs/names/${name}`, "");
      const { languageId } = await vscode.workspace.openTextDocument(file(`fs/names/${name}`));
      equal(languageId.startsWith("kconfig") ? languageId : "other", language, name);
    }
  }
  await vscode.workspace.fs.delete(file("fs/names"), { recursive: true });
});

test("a line is made a comment and back", async () => {
  const editor = await open("mm/Kconfig");
  const { line } = at(editor.document, "menu ");
  editor.selection = new vscode.Selection(line, 0, line, 0);
  await execute("editor.action.commentLine");
  equal(editor.document.lineAt(line).text, '# menu "Memory management"', "the line");
  await execute("editor.action.commentLine");
  equal(editor.document.lineAt(line).text, 'menu "Memory management"', "the line");
});

test("Enter indents below an entry and below help", async () => {
  const editor = await open("mm/Kconfig");
  await append(editor, "\n");
  const end = editor.document.positionAt(editor.document.getText().length);
  editor.selection = new vscode.Selection(end, end);
  const typed = ["config TYPED", 'bool "Typed"', "help", "What it does."];
  for (const [i, text] of typed.entries()) {
    await execute("type", { text: i === 0 ? text : "\n" + text });
  }
  const lines = editor.document.getText(new vscode.Range(end, editor.document.positionAt(Number.MAX_SAFE_INTEGER)));
  equal(lines, 'config TYPED\n\tbool "Typed"\n\thelp\n\t  What it does.', "what was typed");
});

test("an entry that is typed below a help text begins at the margin", async () => {
  const editor = await open("mm/Kconfig");
  const end = editor.document.positionAt(editor.document.getText().length);
  editor.selection = new vscode.Selection(end, end);
  // Key by key, as people do, who see what the editor makes of a line before they go on.
  const type = async (text, wanted) => {
    for (const key of text) {
      await execute("type", { text: key });
    }
    const typed = () => editor.document.getText(new vscode.Range(end, editor.document.positionAt(Number.MAX_SAFE_INTEGER)));
    await until(() => `${JSON.stringify(wanted)} but ${JSON.stringify(typed())}`, () => typed() === wanted, 10_000);
  };
  await type('\nconfig ONE\nbool "One"\nhelp\n', '\nconfig ONE\n\tbool "One"\n\thelp\n\t  ');
  await type("What it does.\n\n", '\nconfig ONE\n\tbool "One"\n\thelp\n\t  What it does.\n\n\t  ');
  await type('config TWO\nbool "Two"\n', '\nconfig ONE\n\tbool "One"\n\thelp\n\t  What it does.\n\nconfig TWO\n\tbool "Two"\n\t');
});

test("a file that is indented by spaces is gone on with by spaces", async () => {
  await write("fs/Kconfig.spaces", 'config SPACED\n    bool "Spaced"\n    default y\n    help\n        What it does.\n\nconfig OTHER\n    bool "Other"\n');
  const editor = await open("fs/Kconfig.spaces");
  equal([editor.options.insertSpaces, editor.options.tabSize], [true, 4], "the indentation");
  const { options } = await open("mm/Kconfig");
  equal([options.insertSpaces, options.tabSize], [false, 8], "the indentation of a file with tabs");
  await vscode.workspace.fs.delete(file("fs/Kconfig.spaces"));
});

test("snippets are offered and inserted", async () => {
  const editor = await open("mm/Kconfig");
  await append(editor, "\nchoic");
  const end = editor.document.positionAt(editor.document.getText().length);
  await until("snippet", async () => {
    const list = await execute("vscode.executeCompletionItemProvider", editor.document.uri, end);
    return list.items.some((item) => item.kind === vscode.CompletionItemKind.Snippet);
  });
  editor.selection = new vscode.Selection(end.line, 0, end.line, end.character);
  await execute("editor.action.insertSnippet", { langId: "kconfig", name: "Choice" });
  const text = editor.document.getText();
  contains(text, 'choice\n\tprompt "Prompt"', "the text");
  contains(text, "endchoice", "the text");
});

test("blocks can be folded", async () => {
  const { document } = await open("lib/Kconfig.debug");
  const ranges = await until("folding", async () => {
    const found = await execute("vscode.executeFoldingRangeProvider", document.uri);
    return found.length > 0 && found;
  });
  const first = at(document, 'menu "Kernel hacking"').line;
  const menu = ranges.find((range) => range.start === first);
  if (!menu) {
    throw new Error("the menu is not among " + JSON.stringify(ranges));
  }
  const last = at(document, "endmenu").line;
  if (menu.end !== last && menu.end !== last - 1) {
    throw new Error(`the menu is folded to line ${menu.end}, and ends in line ${last}`);
  }
});

test("the outline names menus and symbols", async () => {
  const { document } = await open("lib/Kconfig.debug");
  const names = await until("outline", async () => {
    const symbols = await execute("vscode.executeDocumentSymbolProvider", document.uri);
    const flat = (all) => all.flatMap((symbol) => [symbol.name, ...flat(symbol.children)]);
    return symbols?.length > 0 && flat(symbols);
  });
  contains(names.join("\n"), "Kernel hacking", "the outline");
  contains(names.join("\n"), "FRAME_WARN", "the outline");
});

test("a document that is not saved anywhere has findings and completion", async () => {
  const document = await vscode.workspace.openTextDocument({ language: "kconfig", content: 'config TYPED\n\tbool "Typed "\n\tdep\n' });
  await vscode.window.showTextDocument(document);
  await finding(document.uri, "unknown-statement");
  await until("completion", async () => {
    const list = await execute("vscode.executeCompletionItemProvider", document.uri, at(document, "\tdep\n", 4));
    return list.items.some((item) => (item.label.label ?? item.label) === "depends on");
  });
});

test("symbols of the tree are found by name", async () => {
  const shown = execute("kconfig.goToSymbol");
  await user.pick("HERON_ETH_RX_RING");
  await shown;
  await until("editor at the symbol", () => {
    const editor = vscode.window.activeTextEditor;
    return editor?.document.uri.path.endsWith("drivers/net/Kconfig") && editor.document.lineAt(editor.selection.active.line).text === "config HERON_ETH_RX_RING";
  });
});

test("who accepts what was typed before there is an answer gets that symbol", async () => {
  const shown = execute("kconfig.goToSymbol");
  await user.see(".quick-input-widget input[type=text]:focus");
  await user.type("HERON_ETH_RX_RING");
  await user.press("Enter");
  await shown;
  const editor = await until("editor", () => vscode.window.activeTextEditor);
  equal(editor.document.lineAt(editor.selection.active.line).text, "config HERON_ETH_RX_RING", "the line");
});

test("a fragment is told by what is in it, each time that it is opened", async () => {
  await write("debug.fragment", "CONFIG_EXPERT=y\n");
  const document = () => vscode.workspace.textDocuments.find((one) => one.uri.path.endsWith("/debug.fragment"));
  for (const time of ["first", "second"]) {
    await execute("vscode.open", file("debug.fragment"));
    await until(`language for the ${time} time`, () => document()?.languageId === "kconfig-config");
    await execute("workbench.action.closeAllEditors");
    await until("end of the document", () => document() === undefined);
  }
  await vscode.workspace.fs.delete(file("debug.fragment"));
});
