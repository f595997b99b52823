// The menu of a tree with its values, and the changes that are not saved yet.
import * as vscode from "vscode";
import { count } from "../enable";
import { Change, Menu, MenuItem, Root, SetResult, Why } from "../protocol";
import { messageOf, Server } from "../server";
import { Trees } from "../trees";
import { rowsOf } from "../why";
import { canSet, Entry, hasCheckbox, Marks, scheme, tooltip, toTreeItem, turnedOn } from "./entry";
import { askForChange } from "./input";
import { Pending } from "./pending";
import { Saving } from "./saving";
import { Found, pickEntry } from "./search";

const showAllKey = "kconfig.showAll";
// All levels of a menu: the server goes no deeper.
const allLevels = 64;
// How much of an explanation a tooltip has room for.
const mostCauses = 6;

// MenuView shows the menu as configurators do.
export class MenuView implements vscode.TreeDataProvider<Entry>, vscode.FileDecorationProvider, vscode.Disposable {
  private readonly treeChanged = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.treeChanged.event;
  private readonly decorationsChanged = new vscode.EventEmitter<undefined>();
  readonly onDidChangeFileDecorations = this.decorationsChanged.event;
  private readonly view: vscode.TreeView<Entry>;
  private readonly saving: Saving;
  private readonly disposables: vscode.Disposable[];
  private readonly byTree = new Map<string, Pending>();
  private showAll: boolean;

  constructor(
    private readonly server: Server,
    private readonly trees: Trees,
    private readonly memento: vscode.Memento,
  ) {
    this.saving = new Saving(server);
    this.showAll = memento.get(showAllKey, false);
    void vscode.commands.executeCommand("setContext", showAllKey, this.showAll);
    this.view = vscode.window.createTreeView<Entry>("kconfig.menu", { treeDataProvider: this, showCollapseAll: true, manageCheckboxStateManually: true });
    this.disposables = [
      this.view,
      this.saving,
      this.treeChanged,
      this.decorationsChanged,
      vscode.window.registerFileDecorationProvider(this),
      this.view.onDidChangeCheckboxState(({ items }) => this.check(items)),
      trees.onDidChange(() => this.refresh()),
      server.onDidChangeAnswers(() => this.recompute()),
    ];
  }

  dispose(): void {
    vscode.Disposable.from(...this.disposables).dispose();
  }

  // changes are those of the current tree that are not saved.
  private get changes(): Pending | undefined {
    const root = this.trees.current();
    if (root === undefined) {
      return undefined;
    }
    const key = `${root.uri} ${root.arch}`;
    const changes = this.byTree.get(key) ?? new Pending(this.server, root.uri, root.arch);
    this.byTree.set(key, changes);
    return changes;
  }

  get pending(): readonly Change[] {
    return this.changes?.changes ?? [];
  }

  refresh(): void {
    this.showPending();
    this.decorationsChanged.fire(undefined);
    this.treeChanged.fire();
  }

  private async recompute(): Promise<void> {
    await this.changes?.compute();
    this.refresh();
  }

  async getChildren(entry?: Entry): Promise<Entry[]> {
    const root = this.trees.current();
    if (root === undefined) {
      return [];
    }
    try {
      const children = await this.list(root, entry);
      if (entry === undefined) {
        this.view.description = [root.arch, this.showAll && "all"].filter(Boolean).join(", ");
      }
      return children;
    } catch (error) {
      if (entry !== undefined && isStale(error)) {
        this.treeChanged.fire(); // the menu is another one: begin at its top
        return [];
      }
      this.view.message = `The menu cannot be shown: ${messageOf(error)}.`;
      return [];
    }
  }

  // list asks for what is below an entry. The level after that tells which of them can be
  // expanded.
  private async list(root: Root, entry: Entry | undefined): Promise<Entry[]> {
    return this.entries(root, (await this.ask(root, entry?.item.id, 2))?.children ?? [], entry, this.showAll);
  }

  // ask asks for a part of the menu as it is under the changes that are not saved.
  private async ask(root: Root, node: string | undefined, depth: number, brief = true, token?: vscode.CancellationToken): Promise<MenuItem | undefined> {
    const result = await this.server.request(Menu, { root: root.uri, arch: root.arch, node, depth, brief, changes: this.pending }, token);
    return result?.node;
  }

  // entries returns the items that are shown, or all with a prompt, as entries.
  private async entries(root: Root, items: readonly MenuItem[], parent: Entry | undefined, all: boolean, ids = new Map<string, number>()): Promise<Entry[]> {
    const entries: Entry[] = [];
    for (const item of items) {
      if (item.prompt === undefined && item.hasChildren && (item.shown || all)) {
        // What has no prompt is not shown, but what is below it, in its place.
        const below = item.children ?? (await this.ask(root, item.id, 2))?.children;
        entries.push(...(await this.entries(root, below ?? [], parent, all, ids)));
      } else if (item.prompt !== undefined) {
        // Hidden ones count, too, so that a search among all finds an entry by the same name.
        const entry = this.entryOf(item, parent, all, ids);
        if (item.shown || all) {
          entries.push(entry);
        }
      }
    }
    return entries;
  }

  private entryOf(item: MenuItem, parent: Entry | undefined, all: boolean, ids: Map<string, number>): Entry {
    const name = item.symbol ?? `${item.kind} ${item.prompt}`;
    const nth = (ids.get(name) ?? 0) + 1;
    ids.set(name, nth);
    return {
      id: `${parent?.id ?? this.trees.current()?.uri}/${name}${nth > 1 ? `#${nth}` : ""}`,
      item,
      symbol: item.kind === "choice" ? undefined : item.symbol,
      parent,
      expandable: item.children === undefined ? item.hasChildren : item.children.some((one) => (one.shown || all) && (one.prompt !== undefined || one.hasChildren)),
    };
  }

  // details returns the whole of an entry, with what lists leave out.
  async details(entry: Entry, token?: vscode.CancellationToken): Promise<MenuItem> {
    const root = this.trees.current();
    try {
      return (root && (await this.ask(root, entry.item.id, 0, false, token))) ?? entry.item;
    } catch {
      return entry.item; // the menu is another one by now, and is shown anew
    }
  }

  getParent(entry: Entry): Entry | undefined {
    return entry.parent;
  }

  getTreeItem(entry: Entry): vscode.TreeItem {
    return toTreeItem(entry, this.marksOf(entry));
  }

  private marksOf(entry: Entry): Marks {
    const { symbol } = entry;
    return { pending: symbol !== undefined && (this.changes?.has(symbol) ?? false), effect: symbol === undefined ? undefined : this.changes?.effectOn(symbol) };
  }

  // resolveTreeItem makes the tooltip, which asks why, when somebody wants to see it.
  async resolveTreeItem(node: vscode.TreeItem, entry: Entry, token: vscode.CancellationToken): Promise<vscode.TreeItem> {
    const item = await this.details(entry, token);
    node.tooltip = tooltip(entry, item, this.marksOf(entry), await this.causes(entry, token));
    return node;
  }

  // causes returns why something is not as one could wish, as far as a tooltip has room. It
  // is only known of what is saved.
  private async causes(entry: Entry, token: vscode.CancellationToken): Promise<readonly string[]> {
    const { item, symbol } = entry;
    if (symbol === undefined || item.changeable || this.pending.length > 0) {
      return [];
    }
    try {
      const why = await this.server.request(Why, { root: this.trees.current()?.uri, symbol, origin: item.value === "y" }, token);
      return rowsOf(why?.reason.causes ?? [])
        .slice(0, mostCauses)
        .map((row) => row.text);
    } catch {
      return []; // the tooltip does without
    }
  }

  // provideFileDecoration marks what has changed, or will.
  provideFileDecoration(uri: vscode.Uri): vscode.FileDecoration | undefined {
    if (uri.scheme !== scheme) {
      return undefined;
    }
    const symbol = uri.path.slice(1);
    if (this.changes?.has(symbol)) {
      return new vscode.FileDecoration("●", "changed, not saved", new vscode.ThemeColor("gitDecoration.modifiedResourceForeground"));
    }
    const effect = this.changes?.effectOn(symbol);
    if (effect !== undefined && effect.old.value !== effect.new.value) {
      return new vscode.FileDecoration("○", "follows from what is not saved", new vscode.ThemeColor("gitDecoration.renamedResourceForeground"));
    }
    return undefined;
  }

  // selected returns the entry that a command is about: its argument, or else, as keys have
  // none, what is selected.
  private selected(argument?: Entry): Entry | undefined {
    return argument ?? this.view.selection[0];
  }

  // set asks for a value and takes the change.
  async set(argument?: Entry): Promise<void> {
    const entry = this.selected(argument);
    if (entry !== undefined && entry.symbol === undefined && !canSet(entry)) {
      await vscode.commands.executeCommand("list.toggleExpand"); // the key does what it does elsewhere
      return;
    }
    const change = entry && (await askForChange(entry));
    if (change !== undefined) {
      await this.change(change);
    } else if (entry?.symbol !== undefined && !entry.item.changeable) {
      const { whyNot } = await this.details(entry);
      void vscode.window.showInformationMessage(`${entry.symbol} cannot be changed here: ${whyNot ?? "it has one value only"}.`);
    }
  }

  // why explains the value of an entry.
  async why(argument?: Entry): Promise<void> {
    const symbol = this.selected(argument)?.symbol;
    if (symbol !== undefined) {
      await vscode.commands.executeCommand("kconfig.whyNot", symbol);
    }
  }

  // assign gives what is selected a value.
  async assign(argument: Entry | undefined, value: string): Promise<void> {
    const symbol = this.selected(argument)?.symbol;
    if (symbol !== undefined) {
      await this.change({ symbol, value });
    }
  }

  // undo takes back the change of one symbol.
  async undo(argument?: Entry): Promise<void> {
    const symbol = this.selected(argument)?.symbol;
    if (symbol !== undefined && (await this.changes?.undo(symbol)) !== undefined) {
      await this.changesMade();
    }
  }

  private async check(items: readonly [Entry, vscode.TreeItemCheckboxState][]): Promise<void> {
    for (const [entry, state] of items) {
      if (entry.symbol !== undefined && hasCheckbox(entry)) {
        await this.change({ symbol: entry.symbol, value: state === vscode.TreeItemCheckboxState.Checked ? turnedOn(entry.item) : "n" });
      }
    }
  }

  // change takes a change, and says if it comes to nothing.
  async change(change: Change): Promise<SetResult | undefined> {
    const outcome = await this.changes?.apply(change);
    await this.changesMade();
    if (outcome?.refused !== undefined) {
      void this.tellRefused(change, outcome.refused.text);
    } else if (outcome?.note !== undefined) {
      void vscode.window.showInformationMessage(`${change.symbol}: ${outcome.note.text}.`);
    }
    return outcome?.result;
  }

  private async tellRefused(change: Change, reason: string): Promise<void> {
    const way = "Find a Way";
    const chosen = await vscode.window.showWarningMessage(`${change.symbol} cannot be set to ${change.value ?? "its default"}: ${reason}.`, "Why?", way);
    if (chosen === "Why?") {
      await vscode.commands.executeCommand("kconfig.whyNot", change.symbol);
    } else if (chosen === way) {
      await vscode.commands.executeCommand("kconfig.enable", change.value === null ? change.symbol : `${change.symbol}=${change.value}`);
    }
  }

  private async changesMade(): Promise<void> {
    this.refresh();
    if (this.changes !== undefined) {
      await this.saving.refresh(this.changes);
    }
  }

  private showPending(): void {
    const n = this.pending.length;
    void vscode.commands.executeCommand("setContext", "kconfig.pending", n > 0);
    this.view.badge = n > 0 ? { value: n, tooltip: `${count(n, "change")} not saved` } : undefined;
    const others = (this.changes?.effects ?? []).filter((effect) => effect.old.value !== effect.new.value && !this.changes?.has(effect.symbol)).length;
    this.view.message = n > 0 ? `${count(n, "change")} not saved${others > 0 ? `; ${count(others, "other value")} ${others === 1 ? "follows" : "follow"}` : ""}` : undefined;
  }

  async discard(): Promise<void> {
    await this.changes?.clear();
    await this.changesMade();
  }

  async showDiff(): Promise<void> {
    if (this.changes !== undefined) {
      await this.saving.showChanges(this.changes);
    }
  }

  // save writes the changes, after a look at what follows if confirm says so.
  async save(confirm = true): Promise<boolean> {
    const changes = this.changes;
    if (changes === undefined || changes.changes.length === 0) {
      return false;
    }
    if (!(await this.saving.save(changes, confirm))) {
      return false;
    }
    await changes.clear(); // another tree may be the current one by now
    await this.changesMade();
    return true;
  }

  // show lists also what is hidden as things are, or not.
  async show(all: boolean): Promise<void> {
    this.showAll = all;
    await this.memento.update(showAllKey, all);
    await vscode.commands.executeCommand("setContext", showAllKey, all);
    this.refresh();
  }

  // open shows the lines that define an entry.
  async open(argument?: Entry): Promise<void> {
    const entry = this.selected(argument);
    const place = entry && (await this.details(entry)).place;
    if (place !== undefined) {
      await this.server.open(place);
    }
  }

  // search lets the user pick an entry by its prompt or symbol, and shows it. If it is hidden
  // as things are, hidden entries are shown from then on.
  async search(): Promise<void> {
    const root = this.trees.current();
    if (root === undefined) {
      return;
    }
    const entry = await pickEntry(this.find(root));
    if (entry === undefined) {
      return;
    }
    if (isHidden(entry) && !this.showAll) {
      await this.show(true);
    }
    await this.view.reveal(entry, { select: true, focus: true, expand: true });
  }

  // find returns all entries that have a prompt, also those that are hidden.
  async find(root: Root): Promise<readonly Found[]> {
    const found: Found[] = [];
    const collect = async (items: readonly MenuItem[], parent: Entry | undefined, way: string): Promise<void> => {
      for (const entry of await this.entries(root, items, parent, true)) {
        found.push({ entry, way });
        await collect(entry.item.children ?? [], entry, way === "" ? (entry.item.prompt ?? "") : `${way} › ${entry.item.prompt}`);
      }
    };
    await collect((await this.ask(root, undefined, allLevels))?.children ?? [], undefined, "");
    return found;
  }
}

// isHidden reports whether configurators do not show an entry, or what it is in.
function isHidden(entry: Entry): boolean {
  return !entry.item.shown || (entry.parent !== undefined && isHidden(entry.parent));
}

function isStale(error: unknown): boolean {
  return typeof error === "object" && error !== null && "data" in error && (error.data as { reason?: string } | undefined)?.reason === "stale-node";
}
