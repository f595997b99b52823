// What holds Rust back, and what it and the toolchain hold back.
import * as vscode from "vscode";
import { Gate, GateCondition, Rust, RustResult } from "./protocol";
import { Server } from "./server";
import { Trees } from "./tree";

interface Row {
  label: string;
  description?: string;
  tooltip?: string;
  icon?: vscode.ThemeIcon;
  file?: string; // relative to the tree
  line?: number; // from 1
  children?: Row[];
}

// GateView shows the report on gates as a tree.
export class GateView implements vscode.TreeDataProvider<Row>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly view: vscode.TreeView<Row>;
  private report: RustResult | undefined;

  constructor(
    private readonly server: Server,
    private readonly trees: Trees,
  ) {
    this.view = vscode.window.createTreeView<Row>("kconfig.gates", { treeDataProvider: this, showCollapseAll: true });
    trees.onDidChange(() => this.refresh());
    vscode.workspace.onDidSaveTextDocument((document) => {
      if (document.languageId.startsWith("kconfig")) {
        this.refresh();
      }
    });
  }

  dispose(): void {
    this.view.dispose();
  }

  refresh(): void {
    this.changed.fire();
  }

  async getChildren(row?: Row): Promise<Row[]> {
    if (row) {
      return row.children ?? [];
    }
    const client = await this.server.ready();
    const root = this.trees.current();
    if (!client || !root) {
      return [];
    }
    this.report = await client.sendRequest(Rust, { root: root.uri, tools: true });
    this.view.message = this.report.gates.length === 0 ? "Nothing in this tree stands for Rust." : undefined;
    return rowsOf(this.report);
  }

  getTreeItem(row: Row): vscode.TreeItem {
    const item = new vscode.TreeItem(row.label, row.children ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.None);
    item.description = row.description;
    item.tooltip = row.tooltip;
    item.iconPath = row.icon;
    if (row.file) {
      item.contextValue = "place";
      item.command = { command: "kconfig.gates.open", title: "Go to Line", arguments: [row] };
    }
    return item;
  }

  async open(row: Row): Promise<void> {
    const root = this.trees.current();
    if (!root || !row.file) {
      return;
    }
    const line = Math.max((row.line ?? 1) - 1, 0);
    await vscode.window.showTextDocument(vscode.Uri.joinPath(vscode.Uri.parse(root.uri), row.file), { selection: new vscode.Range(line, 0, line, 0) });
  }
}

const stateIcons = {
  yes: new vscode.ThemeIcon("pass", new vscode.ThemeColor("testing.iconPassed")),
  no: new vscode.ThemeIcon("error", new vscode.ThemeColor("testing.iconFailed")),
  unknown: new vscode.ThemeIcon("question", new vscode.ThemeColor("list.warningForeground")),
};

function rowsOf(report: RustResult): Row[] {
  const rows: Row[] = [];
  for (const gate of report.gates) {
    rows.push(gateRow(gate));
    const gated = report.gated.filter((one) => one.gate === gate.symbol);
    rows.push({
      label: `Needs ${gate.title}`,
      description: `${gated.length} symbols`,
      children: gated.map((one) => ({
        label: one.symbol,
        description: one.prompt,
        file: one.file,
        line: one.line,
        tooltip: one.chain.map((link) => `${link.symbol}: ${link.text}`).join("\n"),
        icon: new vscode.ThemeIcon("symbol-field"),
      })),
    });
    const excluded = report.excluded.filter((one) => one.gate === gate.symbol);
    rows.push({
      label: `Excluded by ${gate.title}`,
      description: `${excluded.length} symbols`,
      children: excluded.map((one) => ({
        label: one.symbol,
        description: one.when === "always" ? one.through && `through ${one.through}` : `with ${one.when}`,
        file: one.file,
        line: one.line,
        icon: new vscode.ThemeIcon("circle-slash"),
      })),
    });
  }
  const tools = report.tools ?? [];
  if (tools.length > 0) {
    const titles = [...new Set(tools.map((one) => one.title))];
    rows.push({
      label: "Needs something of the toolchain",
      description: `${new Set(tools.map((one) => one.symbol)).size} symbols`,
      children: titles.map((title) => {
        const all = tools.filter((one) => one.title === title);
        const state = all[0].state;
        return {
          label: title,
          description: `${all.length} symbols`,
          tooltip: [all[0].reason, all[0].fix].filter(Boolean).join("\n"),
          icon: stateIcons[state === "open" ? "yes" : state === "closed" ? "no" : "unknown"],
          children: all.map((one) => ({ label: one.symbol, description: one.prompt, file: one.file, line: one.line, icon: new vscode.ThemeIcon("symbol-field") })),
        };
      }),
    });
  }
  return rows;
}

function gateRow(gate: Gate): Row {
  const state = gate.value === "y" ? "yes" : gate.value === "n" ? "no" : "unknown";
  const conditions: Row[] = [];
  for (const condition of gate.conditions) {
    if (condition.tool && conditions.length > 0) {
      const owner = conditions[conditions.length - 1];
      owner.children = [...(owner.children ?? []), conditionRow(condition)];
    } else {
      conditions.push(conditionRow(condition));
    }
  }
  if (gate.hint) {
    conditions.push({ label: gate.hint, description: gate.write, icon: new vscode.ThemeIcon("info") });
  }
  return {
    label: `${gate.title}: ${state === "yes" ? "on" : state === "no" ? "off" : "not known"}`,
    description: gate.symbol,
    icon: stateIcons[state],
    file: gate.file,
    line: gate.line,
    children: conditions,
  };
}

function conditionRow(condition: GateCondition): Row {
  const fix = condition.state === "yes" ? "" : condition.fix;
  return {
    label: condition.text,
    description: [condition.reason, fix].filter(Boolean).join(". "),
    tooltip: [condition.text, condition.reason, fix].filter(Boolean).join("\n\n"),
    icon: condition.advice ? new vscode.ThemeIcon("info") : stateIcons[condition.state],
    file: condition.file || undefined,
    line: condition.line,
  };
}
