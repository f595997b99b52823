// The menu: what it shows, how values are changed, and what is written.
const vscode = require("vscode");
const { test, execute, until, read, write, open, user, started, equal, contains } = require("../harness.js");

// fresh begins with a configuration that is on disk and nothing that is not saved.
async function fresh(text = "CONFIG_EXPERT=y\n") {
  const api = await started();
  await execute("kconfig.menu.discard");
  await write(".config", text);
  await execute("kconfig.menu.focus");
  await execute("kconfig.menu.refresh");
  return api;
}

test("it shows prompts with values and symbols, and menus in menus", async () => {
  await fresh();
  await user.unfold("General setup", "Settings for experts");
  contains(await user.shown("Settings for experts"), "EXPERT", "the row");
  await user.unfold("Settings for experts", "Prefer small code");
  contains(await user.shown("Prefer small code"), "n", "the row of SMALL_SYSTEM");
});

test("a click on its box changes a bool, what follows is shown, and saving writes it", async () => {
  const api = await fresh();
  await user.unfold("General setup", "Settings for experts");
  await user.unfold("Settings for experts", "Prefer small code");
  contains(await user.shown("Size of the message buffer"), "17", "LOG_BUF_SHIFT before");
  await user.check("Prefer small code");
  await until("change", () => api.menu.pending.length === 1);
  await user.shown("17 → 14");
  equal(await read(".config"), "CONFIG_EXPERT=y\n", ".config before saving");
  const saved = execute("kconfig.menu.save");
  const text = await user.dialog("Save");
  contains(text, "SMALL_SYSTEM: n → y", "the dialog");
  contains(text, "LOG_BUF_SHIFT: 17 → 14", "the dialog");
  await saved;
  contains(await read(".config"), "CONFIG_SMALL_SYSTEM=y\n", ".config");
  contains(await read(".config"), "CONFIG_LOG_BUF_SHIFT=14\n", ".config");
  equal(api.menu.pending.length, 0, "changes that are not saved");
});

test("keys set a tristate to m, y and n", async () => {
  const api = await fresh("CONFIG_MODULES=y\n");
  await user.unfold("Device drivers", "Network devices");
  await user.unfold("Network devices", "Heron Ethernet support");
  // A key is lost if the list is drawn anew meanwhile, and does nothing the second time.
  const press = (value, done) =>
    until(`value ${value}`, async () => {
      await user.clickRow("Heron Ethernet support");
      await user.press(value);
      return until("change", done, 3000).catch(() => false);
    });
  for (const value of ["m", "y"]) {
    await press(value, () => api.menu.pending.some((change) => change.symbol === "HERON_ETH" && change.value === value));
    await user.shown(`n → ${value}`);
  }
  await press("n", () => api.menu.pending.length === 0);
});

test("a number is asked for, and one out of range is refused", async () => {
  const api = await fresh();
  await user.unfold("General setup", "Size of the message buffer");
  await user.clickRow("Size of the message buffer");
  equal(await user.typed(), "17", "what stands in the box");
  await user.enter("99", "It has to be from 12 to 25");
  await user.enter("many", "A number has the digits");
  await user.enter("15");
  await user.press("Enter");
  await until("change", () => api.menu.pending.length === 1);
  equal(api.menu.pending[0], { symbol: "LOG_BUF_SHIFT", value: "15" }, "the change");
  await user.shown("17 → 15");
});

test("a text is asked for", async () => {
  const api = await fresh();
  await user.unfold("General setup", "Local version");
  await user.clickRow("Local version");
  equal(await user.typed(), "-example", "what stands in the box");
  await user.enter('-a "b"');
  await user.press("Enter");
  await until("change", () => api.menu.pending.length === 1);
  const saved = execute("kconfig.menu.save");
  await user.dialog("Save");
  await saved;
  contains(await read(".config"), 'CONFIG_LOCALVERSION="-a \\"b\\""\n', ".config");
});

test("a choice is made", async () => {
  const api = await fresh();
  await user.unfold("General setup", "Timer frequency");
  contains(await user.shown("Timer frequency"), "250 HZ", "the choice before");
  await user.action("Timer frequency", "Set Value");
  await user.pick("1000 HZ", "1000");
  await until("other member", async () => (await user.shown("Timer frequency")).includes("1000 HZ"));
  equal(api.menu.pending, [{ symbol: "HZ_1000", value: "y" }], "the change");
  const saved = execute("kconfig.menu.save");
  contains(await user.dialog("Save"), "HZ: 250 → 1000", "the dialog");
  await saved;
  contains(await read(".config"), "CONFIG_HZ_1000=y\n", ".config");
  contains(await read(".config"), "# CONFIG_HZ_250 is not set\n", ".config");
});

test("the changes are shown as a diff before they are saved, and can be discarded", async () => {
  const api = await fresh();
  await api.menu.change({ symbol: "SMALL_SYSTEM", value: "y" });
  const saved = execute("kconfig.menu.save");
  await user.dialog("Show Changes");
  await saved;
  const tab = await until("comparison", () => {
    const { input } = vscode.window.tabGroups.activeTabGroup.activeTab ?? {};
    return input instanceof vscode.TabInputTextDiff && input;
  });
  equal(vscode.workspace.asRelativePath(tab.original), ".config", "what is compared");
  contains((await vscode.workspace.openTextDocument(tab.modified)).getText(), "CONFIG_SMALL_SYSTEM=y", "what would be saved");
  equal(api.menu.pending.length, 1, "changes that are not saved");
  await execute("kconfig.menu.discard");
  equal(api.menu.pending.length, 0, "changes after discarding");
  equal(await read(".config"), "CONFIG_EXPERT=y\n", ".config");
});

test("changes that are made at the same time all count", async () => {
  const api = await fresh();
  await Promise.all([api.menu.change({ symbol: "SMALL_SYSTEM", value: "y" }), api.menu.change({ symbol: "LOCALVERSION", value: "-x" })]);
  equal(api.menu.pending.map((change) => change.symbol).sort(), ["LOCALVERSION", "SMALL_SYSTEM"], "the changes");
  await Promise.all([api.menu.change({ symbol: "LOCALVERSION", value: "-y" }), execute("kconfig.menu.discard")]);
  equal(api.menu.pending.length, 0, "changes after all are discarded");
});

test("a change that comes to nothing is taken back, with the reason", async () => {
  const api = await fresh();
  await api.menu.change({ symbol: "RUST", value: "y" });
  contains(await user.notice("RUST cannot be set to y"), "Find a Way", "the message");
  equal(api.menu.pending.length, 0, "changes that are not saved");
});

test("why a value cannot be changed is told under the pointer", async () => {
  await fresh("CONFIG_EXPERT=y\n");
  await user.unfold("Kernel hacking", "Kernel debugging");
  const text = await user.tooltip("Kernel debugging", "DEBUG_KERNEL");
  contains(text, "EXPERT", "the tooltip of a symbol that is selected");
});

test("search finds an entry and shows it", async () => {
  await fresh();
  const ended = execute("kconfig.menu.search");
  await user.pick("Number of processors, at most", "NR_CPUS");
  await ended;
  await user.shown("Number of processors, at most");
});

test("a change on disk and by hand is shown", async () => {
  await fresh();
  await user.unfold("General setup", "Settings for experts");
  const editor = await open(".config");
  await editor.edit((edit) => edit.insert(editor.document.positionAt(0), "CONFIG_LOG_BUF_SHIFT=20\n"));
  await editor.document.save();
  await user.shown("20  LOG_BUF_SHIFT");
  await write(".config", "CONFIG_LOG_BUF_SHIFT=21\n");
  await user.shown("21  LOG_BUF_SHIFT");
});
