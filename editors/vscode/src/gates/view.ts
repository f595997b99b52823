// What holds Rust back, and what it and the toolchain hold back.
import * as vscode from "vscode";
import { AfterPause } from "../afterPause";
import { Root, Rust, RustResult, Toolchain } from "../protocol";
import { messageOf, Server } from "../server";
import { Trees } from "../trees";
import { commandIn, Row, rowsOf, toTreeItem } from "./rows";

// How long, in milliseconds, nothing has to change before the report is made anew.
const pause = 500;

// GateView shows the report on gates as a tree.
export class GateView implements vscode.TreeDataProvider<Row>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly view: vscode.TreeView<Row>;
  private readonly disposables: vscode.Disposable[];
  // The report takes a moment: a new one is not asked for before the last has come.
  private shown: Promise<Row[]> = Promise.resolve([]);
  private readonly refreshing = new AfterPause(pause, async () => {
    await this.shown;
    this.refresh();
  });

  constructor(
    private readonly server: Server,
    private readonly trees: Trees,
  ) {
    this.view = vscode.window.createTreeView<Row>("kconfig.gates", { treeDataProvider: this, showCollapseAll: true });
    this.disposables = [this.view, this.changed, this.refreshing, trees.onDidChange(() => this.refresh()), server.onDidChangeAnswers(() => this.refreshing.ask())];
  }

  dispose(): void {
    vscode.Disposable.from(...this.disposables).dispose();
  }

  refresh(): void {
    this.changed.fire();
  }

  async getChildren(row?: Row): Promise<Row[]> {
    if (row !== undefined) {
      return row.children ?? [];
    }
    const root = this.trees.current();
    if (root === undefined) {
      this.view.message = undefined;
      return [];
    }
    this.shown = this.report(root);
    return this.shown;
  }

  private async report(root: Root): Promise<Row[]> {
    try {
      const [report, toolchain] = await Promise.all([this.server.request(Rust, { root: root.uri, tools: true }), this.server.request(Toolchain, { root: root.uri })]);
      if (report === undefined) {
        return [];
      }
      this.view.message = messageFor(report, root);
      return rowsOf(report, toolchain);
    } catch (error) {
      this.view.message = `The report cannot be made: ${messageOf(error)}.`;
      return [];
    }
  }

  getTreeItem(row: Row): vscode.TreeItem {
    return toTreeItem(row);
  }

  // selected returns the row that a command is about: its argument, or else, as keys have none,
  // what is selected.
  private selected(argument?: Row): Row | undefined {
    return argument ?? this.view.selection[0];
  }

  async open(argument?: Row): Promise<void> {
    const root = this.trees.current();
    const place = this.selected(argument)?.place;
    if (root === undefined || place === undefined) {
      return;
    }
    const file = vscode.Uri.joinPath(vscode.Uri.parse(root.uri), place.file);
    const at = new vscode.Position(place.line - 1, 0);
    await vscode.window.showTextDocument(file, { selection: new vscode.Range(at, at) });
  }

  // enable looks for a way to have what a row lacks.
  async enable(argument?: Row): Promise<void> {
    const enables = this.selected(argument)?.enables;
    if (enables !== undefined) {
      await vscode.commands.executeCommand("kconfig.enable", enables);
    }
  }

  // copyFix puts what a row says to do about it into the clipboard: the command, if it is one.
  async copyFix(argument?: Row): Promise<void> {
    const fix = this.selected(argument)?.fix;
    if (fix !== undefined) {
      const text = commandIn(fix) ?? fix;
      await vscode.env.clipboard.writeText(text);
      vscode.window.setStatusBarMessage(`Copied: ${text}`, 5000);
    }
  }

  // typeFix writes the command of a row into a terminal. It is for the user to run it.
  typeFix(argument?: Row): void {
    const fix = this.selected(argument)?.fix;
    const command = fix === undefined ? undefined : commandIn(fix);
    const root = this.trees.current();
    if (command !== undefined && root !== undefined) {
      const terminal = vscode.window.createTerminal({ name: "Kconfig", cwd: vscode.Uri.parse(root.uri) });
      terminal.show();
      terminal.sendText(command, false);
    }
  }
}

function messageFor(report: RustResult, root: Root): string | undefined {
  if (!vscode.workspace.isTrusted) {
    return "Restricted Mode: no tool is asked, so what depends on one is not known.";
  }
  if (report.gates.length === 0) {
    return `Nothing in this tree stands for Rust${root.arch ? ` on ${root.arch}` : ""}.`;
  }
  return report.complete ? undefined : "There was no time to find everything: the lists may lack symbols.";
}
