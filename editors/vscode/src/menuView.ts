// The menu of a tree with its values, and the changes that are not saved yet.
import * as vscode from "vscode";
import { Change, ConfigurationHead, Menu, MenuItem, Save, SetResult, SetValues, Tristate } from "./protocol";
import { Server } from "./server";
import { Trees } from "./tree";

// Entry is an item of the menu with what is around it.
interface Entry {
  item: MenuItem;
  parent: Entry | undefined;
}

// MenuView shows the menu as configurators do. Changes are collected and sent with each
// request; the server keeps none of them.
export class MenuView implements vscode.TreeDataProvider<Entry>, vscode.Disposable {
  private readonly treeChanged = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.treeChanged.event;
  private readonly view: vscode.TreeView<Entry>;
  private readonly preview = new DiffProvider();
  private readonly disposables: vscode.Disposable[] = [];
  // The last change of a symbol counts.
  private changes = new Map<string, Change>();
  // What follows from the changes, by symbol.
  private effects = new Map<string, { value?: string; known: boolean; visibility: Tristate | "?" }>();
  private head: ConfigurationHead | undefined;

  constructor(
    private readonly server: Server,
    private readonly trees: Trees,
  ) {
    this.view = vscode.window.createTreeView<Entry>("kconfig.menu", { treeDataProvider: this, showCollapseAll: true });
    this.disposables.push(
      this.view,
      trees.onDidChange(() => this.discard()),
      vscode.workspace.registerTextDocumentContentProvider("kconfig-diff", this.preview),
      vscode.workspace.onDidSaveTextDocument((document) => {
        if (document.languageId.startsWith("kconfig")) {
          this.refresh();
        }
      }),
    );
  }

  dispose(): void {
    vscode.Disposable.from(...this.disposables).dispose();
  }

  refresh(): void {
    this.treeChanged.fire();
  }

  get pending(): readonly Change[] {
    return [...this.changes.values()];
  }

  async getChildren(entry?: Entry): Promise<Entry[]> {
    const client = await this.server.ready();
    const root = this.trees.current();
    if (!client || !root) {
      return [];
    }
    try {
      const result = await client.sendRequest(Menu, { root: root.uri, node: entry?.item.id, depth: 1 });
      this.head = result;
      const children = (result.node.children ?? []).filter((item) => item.shown && item.prompt !== undefined);
      return children.map((item) => ({ item: this.withEffect(item), parent: entry }));
    } catch (error) {
      if (entry && isStale(error)) {
        this.refresh(); // the menu is another one: begin at its top
        return [];
      }
      throw error;
    }
  }

  getParent(entry: Entry): Entry | undefined {
    return entry.parent;
  }

  // withEffect returns an item as it is under the changes that are not saved.
  private withEffect(item: MenuItem): MenuItem {
    const effect = item.symbol === undefined ? undefined : this.effects.get(item.symbol);
    const choices = item.choices?.map((member) => ({ ...member, value: this.effects.get(member.symbol)?.value ?? member.value }));
    const chosen = choices?.find((member) => member.value === "y")?.symbol;
    return {
      ...item,
      ...(effect ? { value: effect.value, known: effect.known, visibility: effect.visibility } : {}),
      ...(choices ? { choices, value: chosen ?? item.value } : {}),
    };
  }

  getTreeItem(entry: Entry): vscode.TreeItem {
    const { item } = entry;
    const node = new vscode.TreeItem(
      item.prompt ?? item.symbol ?? "",
      item.hasChildren ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.None,
    );
    node.id = item.id;
    node.description = describe(item);
    node.iconPath = icon(item, this.changes.has(item.symbol ?? ""));
    node.contextValue = contextOf(item);
    node.accessibilityInformation = { label: `${item.prompt ?? ""} ${node.description}` };
    if (item.changeable && !item.hasChildren) {
      node.command = { command: "kconfig.menu.set", title: "Set Value", arguments: [entry] };
    }
    return node;
  }

  resolveTreeItem(node: vscode.TreeItem, entry: Entry): vscode.TreeItem {
    node.tooltip = tooltip(entry.item);
    return node;
  }

  // set asks for a value and takes the change.
  async set(entry: Entry): Promise<void> {
    const { item } = entry;
    if (item.kind === "choice") {
      const chosen = await vscode.window.showQuickPick(
        (item.choices ?? [])
          .filter((member) => member.visibility !== "n")
          .map((member) => ({ label: member.prompt, description: member.symbol, symbol: member.symbol, picked: member.symbol === item.value })),
        { title: item.prompt },
      );
      if (chosen) {
        await this.change({ symbol: chosen.symbol, value: "y" });
      }
      return;
    }
    if (item.symbol === undefined) {
      return;
    }
    if (item.type === "bool" || item.type === "tristate") {
      const values = item.assignable ?? [];
      if (values.length === 0) {
        void vscode.window.showInformationMessage(item.whyNot ?? `${item.symbol} cannot be changed here.`);
        return;
      }
      // One click goes to the next value, as in menuconfig.
      const next = values[(values.indexOf(item.value as Tristate) + 1) % values.length];
      await this.change({ symbol: item.symbol, value: next });
      return;
    }
    const value = await vscode.window.showInputBox({
      title: `${item.prompt} (${item.symbol})`,
      value: item.value ?? "",
      prompt: item.range ? `From ${item.range[0]} to ${item.range[1]}` : undefined,
      validateInput: (text) => invalid(item, text),
    });
    if (value !== undefined && value !== item.value) {
      await this.change({ symbol: item.symbol, value });
    }
  }

  // change takes a change, and says if it comes to nothing.
  async change(change: Change): Promise<SetResult | undefined> {
    const before = this.changes.get(change.symbol);
    this.changes.delete(change.symbol);
    this.changes.set(change.symbol, change);
    const result = await this.compute();
    const failed = result?.ineffective.find((one) => one.index === this.changes.size - 1 && one.reason !== "same");
    if (failed) {
      if (before) {
        this.changes.set(change.symbol, before);
      } else {
        this.changes.delete(change.symbol);
      }
      await this.compute();
      void vscode.window.showWarningMessage(failed.text);
    }
    return result;
  }

  // compute finds out what follows from all changes.
  private async compute(): Promise<SetResult | undefined> {
    const client = await this.server.ready();
    const root = this.trees.current();
    if (!client || !root) {
      return undefined;
    }
    const result = await client.sendRequest(SetValues, { root: root.uri, changes: this.pending as Change[] });
    this.effects = new Map(result.effects.map((effect) => [effect.symbol, effect.new]));
    this.head = result;
    this.preview.text = result.diff;
    this.showPending(result.effects.length);
    this.refresh();
    return result;
  }

  private showPending(consequences: number): void {
    void vscode.commands.executeCommand("setContext", "kconfig.pending", this.changes.size > 0);
    this.view.badge = this.changes.size > 0 ? { value: this.changes.size, tooltip: `${this.changes.size} changes that are not saved` } : undefined;
    this.view.message =
      this.changes.size > 0 ? `${this.changes.size} not saved, ${consequences} symbols change by it` : undefined;
  }

  discard(): void {
    this.changes.clear();
    this.effects.clear();
    this.showPending(0);
    this.refresh();
  }

  // showDiff opens what would be saved.
  async showDiff(): Promise<void> {
    await this.compute();
    const uri = vscode.Uri.parse("kconfig-diff:changes.diff");
    this.preview.changed(uri);
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: true });
  }

  // save shows what would be written, and writes it if the user agrees.
  async save(confirm = true): Promise<boolean> {
    const client = await this.server.ready();
    const root = this.trees.current();
    if (!client || !root || this.changes.size === 0) {
      return false;
    }
    const changes = this.pending as Change[];
    if (confirm) {
      const result = await this.compute();
      const effects = result?.effects.filter((effect) => effect.old.value !== effect.new.value) ?? [];
      const lines = effects.slice(0, 20).map((effect) => `${effect.symbol}: ${effect.old.value ?? "?"} → ${effect.new.value ?? "?"}`);
      if (effects.length > lines.length) {
        lines.push(`and ${effects.length - lines.length} more`);
      }
      const chosen = await vscode.window.showInformationMessage("Save to .config?", { modal: true, detail: lines.join("\n") }, "Save", "Show Changes");
      if (chosen === "Show Changes") {
        await this.showDiff();
      }
      if (chosen !== "Save") {
        return false;
      }
    }
    const saved = await client.sendRequest(Save, { root: root.uri, changes });
    if (saved.edit) {
      const edit = await client.protocol2CodeConverter.asWorkspaceEdit(saved.edit);
      if (!(await vscode.workspace.applyEdit(edit))) {
        void vscode.window.showErrorMessage("The changes could not be written to .config.");
        return false;
      }
      const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(saved.config.uri));
      if (!(await document.save())) {
        return false;
      }
    }
    this.discard();
    return true;
  }

  // search lets the user pick an entry by its prompt or symbol, and shows it.
  async search(): Promise<void> {
    const client = await this.server.ready();
    const root = this.trees.current();
    if (!client || !root) {
      return;
    }
    const all: { label: string; description: string; detail: string; entry: Entry }[] = [];
    await vscode.window.withProgress({ location: { viewId: "kconfig.menu" } }, async () => {
      const result = await client.sendRequest(Menu, { root: root.uri, depth: 64 });
      const collect = (item: MenuItem, parent: Entry | undefined, way: string) => {
        for (const child of item.children ?? []) {
          const entry = { item: this.withEffect(child), parent };
          if (child.shown && child.prompt !== undefined) {
            all.push({ label: child.prompt, description: child.symbol ?? "", detail: way, entry });
          }
          collect(child, entry, child.prompt ? (way ? way + " › " : "") + child.prompt : way);
        }
      };
      collect(result.node, undefined, "");
    });
    const chosen = await vscode.window.showQuickPick(all, { matchOnDescription: true, title: "Search the Menu" });
    if (chosen) {
      await this.view.reveal(chosen.entry, { select: true, focus: true, expand: true });
    }
  }

  get configuration(): vscode.Uri | undefined {
    return this.head ? vscode.Uri.parse(this.head.config.uri) : undefined;
  }
}

class DiffProvider implements vscode.TextDocumentContentProvider {
  text = "";
  private readonly emitter = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.emitter.event;

  changed(uri: vscode.Uri): void {
    this.emitter.fire(uri);
  }

  provideTextDocumentContent(): string {
    return this.text || "Nothing would change.\n";
  }
}

function isStale(error: unknown): boolean {
  return (error as { data?: { reason?: string } }).data?.reason === "stale-node";
}

// describe returns what stands behind the prompt: the value and the symbol.
function describe(item: MenuItem): string {
  switch (item.kind) {
    case "menu":
    case "comment":
    case "root":
      return "";
    case "choice":
      return item.choices?.find((member) => member.symbol === item.value)?.prompt ?? "";
  }
  const value = item.known ? (item.value ?? "") : "?";
  return `${item.type === "string" ? JSON.stringify(value) : value}  ${item.symbol ?? ""}`;
}

function icon(item: MenuItem, changed: boolean): vscode.ThemeIcon {
  const color = changed ? new vscode.ThemeColor("gitDecoration.modifiedResourceForeground") : undefined;
  switch (item.kind) {
    case "menu":
      return new vscode.ThemeIcon("folder");
    case "comment":
      return new vscode.ThemeIcon("comment");
    case "choice":
      return new vscode.ThemeIcon("list-selection", color);
  }
  if (!item.known) {
    return new vscode.ThemeIcon("question", color);
  }
  if (item.type === "bool" || item.type === "tristate") {
    return new vscode.ThemeIcon(item.value === "y" ? "pass-filled" : item.value === "m" ? "circle-large-filled" : "circle-large-outline", color);
  }
  return new vscode.ThemeIcon(item.type === "string" ? "symbol-string" : "symbol-number", color);
}

function contextOf(item: MenuItem): string {
  const marks: string[] = [item.kind];
  if (item.symbol !== undefined) {
    marks.push("symbol");
  }
  if (item.changeable) {
    marks.push("changeable");
  }
  if (item.place) {
    marks.push("place");
  }
  if (item.type === "bool" || item.type === "tristate") {
    marks.push(...(item.assignable ?? []).map((value) => "can-" + value));
  }
  return marks.join(" ");
}

function tooltip(item: MenuItem): vscode.MarkdownString {
  const text = new vscode.MarkdownString();
  if (item.symbol !== undefined) {
    text.appendMarkdown(`**${item.symbol}** (${item.type})\n\n`);
  }
  if (item.whyNot) {
    text.appendText(item.whyNot);
    text.appendMarkdown("\n\n");
  }
  for (const cause of item.causes ?? []) {
    text.appendText(cause);
    text.appendMarkdown("\n\n");
  }
  if (item.help) {
    text.appendMarkdown("---\n\n");
    text.appendText(item.help);
  }
  return text;
}

// invalid says why a text is no value of an item, undefined if it is one.
function invalid(item: MenuItem, text: string): string | undefined {
  const number = item.type === "hex" ? /^(0x)?[0-9a-f]+$/i : item.type === "int" ? /^-?\d+$/ : undefined;
  if (number === undefined) {
    return undefined;
  }
  if (!number.test(text)) {
    return item.type === "hex" ? "This is no hexadecimal number." : "This is no number.";
  }
  const value = (written: string) => (item.type === "hex" ? BigInt("0x" + written.replace(/^0x/i, "")) : BigInt(written));
  if (item.range && (value(text) < value(item.range[0]) || value(text) > value(item.range[1]))) {
    return `It must be from ${item.range[0]} to ${item.range[1]}.`;
  }
  return undefined;
}
