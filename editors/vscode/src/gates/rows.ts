// The report on gates as rows of a tree.
import * as vscode from "vscode";
import { count } from "../enable";
import { plain } from "../markdown";
import { Gate, GateCondition, GatedSymbol, RustResult, Tool, ToolchainResult, ToolGated } from "../protocol";

export interface Row {
  id: string;
  label: string;
  description?: string;
  // What the tooltip says, by paragraphs.
  details?: (string | undefined)[];
  icon?: vscode.ThemeIcon;
  place?: { file: string; line: number }; // relative to the tree, the line from 1
  symbol?: string; // for commands about symbols
  enables?: string; // what would mend it: NAME or NAME=value
  fix?: string; // what to do about it, for people
  opened?: boolean;
  children?: Row[];
}

const good = new vscode.ThemeIcon("pass", new vscode.ThemeColor("testing.iconPassed"));
const bad = new vscode.ThemeIcon("error", new vscode.ThemeColor("testing.iconFailed"));
const open = new vscode.ThemeIcon("question", new vscode.ThemeColor("list.warningForeground"));
const symbolIcon = new vscode.ThemeIcon("symbol-field");

const stateIcons = { yes: good, no: bad, unknown: open, open: good, closed: bad };
const stateWords = { yes: "met", no: "not met", unknown: "not known" };

// rowsOf returns the whole report.
export function rowsOf(report: RustResult, toolchain: ToolchainResult | undefined): Row[] {
  const rows = report.gates.flatMap((gate) => [gateRow(gate), gatedRow(gate, report), ...excludedRows(gate, report)]);
  if ((report.tools ?? []).length > 0) {
    rows.push(toolGatedRow(report.tools ?? []));
  }
  if (toolchain !== undefined) {
    rows.push(toolsRow(toolchain));
  }
  return rows;
}

function gateRow(gate: Gate): Row {
  const id = "gate/" + gate.symbol;
  const conditions: Row[] = [];
  gate.conditions.forEach((condition, i) => {
    const row = conditionRow(condition, `${id}/${i}`);
    const owner = conditions[conditions.length - 1];
    if (condition.tool && owner !== undefined) {
      (owner.children ??= []).push(row);
    } else {
      conditions.push(row);
    }
  });
  const failing = gate.conditions.filter((condition) => !condition.tool && !condition.advice && condition.state === "no").length;
  if (gate.hint) {
    conditions.push({ id: id + "/hint", label: gate.hint, description: gate.write, details: [gate.hint, gate.write], icon: new vscode.ThemeIcon("info"), enables: gate.symbol, symbol: gate.symbol });
  }
  const state = gate.value === "y" ? "on" : gate.value === "n" ? "off" : "not known";
  return {
    id,
    label: `${gate.title}: ${state}`,
    description: [gate.symbol, failing > 0 && `${count(failing, "condition")} not met`].filter(Boolean).join(", "),
    details: [gate.dropped ? "The configuration says y, which does not count as long as a condition is not met." : undefined],
    icon: gate.value === "y" ? good : gate.value === "n" ? bad : open,
    place: placeOf(gate),
    symbol: gate.symbol,
    enables: gate.value === "y" ? undefined : gate.symbol,
    opened: gate.value !== "y",
    children: conditions,
  };
}

function conditionRow(condition: GateCondition, id: string): Row {
  const fix = condition.state === "yes" ? "" : condition.fix;
  const name = /^(!?)([A-Z0-9_]+)$/.exec(condition.text);
  return {
    id,
    label: condition.text,
    description: condition.reason || (condition.state === "yes" ? "" : stateWords[condition.state]),
    details: [`${condition.text}: ${stateWords[condition.state]}`, condition.reason, fix],
    icon: condition.advice && condition.state !== "yes" ? new vscode.ThemeIcon("info") : stateIcons[condition.state],
    place: placeOf(condition),
    symbol: name?.[2],
    enables: name && condition.state === "no" ? (name[1] ? `${name[2]}=n` : name[2]) : undefined,
    fix: fix || undefined,
  };
}

function gatedRow(gate: Gate, report: RustResult): Row {
  const id = "gated/" + gate.symbol;
  const gated = report.gated.filter((one) => one.gate === gate.symbol);
  const direct = gated.filter((one) => one.kind === "direct").length;
  return {
    id,
    label: `Needs ${gate.title}`,
    description: gated.length === 0 ? "no symbols" : `${count(gated.length, "symbol")}, ${direct} of them directly`,
    icon: new vscode.ThemeIcon("list-unordered"),
    children: gated.map((one) => gatedSymbolRow(one, id)),
  };
}

function gatedSymbolRow(one: GatedSymbol, id: string): Row {
  return {
    id: `${id}/${one.symbol}`,
    label: one.symbol,
    description: one.prompt,
    details: [one.prompt, one.chain.map((link) => `${link.symbol}: ${link.text}`).join("\n\n")],
    icon: symbolIcon,
    place: placeOf(one),
    symbol: one.symbol,
  };
}

const excludedWhen = { always: "with any compiler", gcc: "with gcc only", clang: "with clang only" };

function excludedRows(gate: Gate, report: RustResult): Row[] {
  const excluded = report.excluded.filter((one) => one.gate === gate.symbol);
  if (excluded.length === 0) {
    return [];
  }
  const id = "excluded/" + gate.symbol;
  const groups = (["always", "gcc", "clang"] as const).flatMap((when): Row[] => {
    const all = excluded.filter((one) => one.when === when);
    const children = all.map((one) => ({
      id: `${id}/${when}/${one.symbol}`,
      label: one.symbol,
      description: one.through && `through ${one.through}`,
      details: [`${one.symbol} and ${gate.symbol} cannot both be on ${excludedWhen[when]}.`],
      icon: new vscode.ThemeIcon("circle-slash"),
      place: placeOf(one),
      symbol: one.symbol,
    }));
    return all.length === 0 ? [] : [{ id: `${id}/${when}`, label: excludedWhen[when], description: count(all.length, "symbol"), children }];
  });
  return [
    {
      id,
      label: `Excluded by ${gate.title}`,
      description: count(excluded.length, "symbol"),
      details: [`These have to be off where ${gate.title} is on.`],
      icon: new vscode.ThemeIcon("circle-slash"),
      children: groups.length === 1 ? groups[0].children : groups,
    },
  ];
}

function toolGatedRow(tools: readonly ToolGated[]): Row {
  const id = "toolchain";
  const order = { closed: 0, unknown: 1, open: 2 };
  const titles = [...new Set(tools.map((one) => one.title))].map((title) => tools.filter((one) => one.title === title));
  titles.sort((a, b) => order[a[0].state] - order[b[0].state] || a[0].title.localeCompare(b[0].title));
  const missing = titles.filter(([first]) => first.state === "closed").length;
  return {
    id,
    label: "Needs something of the toolchain",
    description: `${count(new Set(tools.map((one) => one.symbol)).size, "symbol")}${missing > 0 ? `, ${missing} of ${titles.length} conditions not met` : ""}`,
    icon: new vscode.ThemeIcon("tools"),
    children: titles.map((all): Row => {
      const [first] = all;
      return {
        id: `${id}/${first.title}`,
        label: first.fails ? `not: ${first.title}` : first.title,
        description: count(all.length, "symbol"),
        details: [first.reason, first.fix],
        icon: stateIcons[first.state],
        fix: first.state === "open" ? undefined : first.fix || undefined,
        children: all.map((one) => gatedSymbolRow(one, `${id}/${first.title}`)),
      };
    }),
  };
}

const toolIcons = { found: good, missing: bad, refused: bad, "not-looked-for": open };
const toolWords = { found: "found", missing: "not found", refused: "not run", "not-looked-for": "not looked for" };

function toolsRow(toolchain: ToolchainResult): Row {
  return {
    id: "tools",
    label: "Tools",
    description: { none: "none is asked", probe: "your own are asked", shell: "the tree's own commands are run" }[toolchain.trust],
    details: [`kconfig.trust is ${toolchain.trust}.`],
    icon: new vscode.ThemeIcon("wrench"),
    children: toolchain.tools.map(
      (tool: Tool): Row => ({
        id: "tools/" + tool.variable,
        label: `${tool.variable}: ${tool.command}`,
        description: tool.version ?? tool.reason ?? toolWords[tool.state],
        details: [tool.path, tool.version, tool.reason],
        icon: toolIcons[tool.state],
      }),
    ),
  };
}

function placeOf(one: { file?: string; line?: number }): Row["place"] {
  return one.file ? { file: one.file, line: Math.max(one.line ?? 1, 1) } : undefined;
}

// commandIn returns the command that a fix tells to run, undefined if it tells something else.
// A part of it may be the name of a file: what a terminal takes as a key, such as one that runs
// what was typed, has no place in it.
export function commandIn(fix: string): string | undefined {
  if (/\p{Cc}/u.test(fix)) {
    return undefined;
  }
  return /^Run (.+?)(?:, or .*)?\.$/.exec(fix)?.[1] ?? /: ((?:sudo )?(?:apt|apt-get|dnf|pacman|zypper|apk|brew|cargo|rustup) [^,]+?)[,.](?: |$)/.exec(fix)?.[1];
}

export function toTreeItem(row: Row): vscode.TreeItem {
  const item = new vscode.TreeItem(
    row.label,
    row.children === undefined || row.children.length === 0
      ? vscode.TreeItemCollapsibleState.None
      : row.opened
        ? vscode.TreeItemCollapsibleState.Expanded
        : vscode.TreeItemCollapsibleState.Collapsed,
  );
  item.id = row.id;
  item.description = row.description;
  item.iconPath = row.icon;
  const tooltip = new vscode.MarkdownString();
  (row.details ?? []).filter((text) => text !== undefined && text !== "").forEach((text) => tooltip.appendMarkdown(plain(text ?? "") + "\n\n"));
  item.tooltip = tooltip.value === "" ? undefined : tooltip;
  const words = [row.place && "place", row.symbol && "symbol", row.enables && "enables", row.fix && "fix", row.fix && commandIn(row.fix) && "command"];
  item.contextValue = words.filter(Boolean).join(" ");
  const state = row.icon === good ? "met" : row.icon === bad ? "not met" : row.icon === open ? "not known" : undefined;
  item.accessibilityInformation = { label: [row.label, state, row.description].filter(Boolean).join(", ") };
  if (row.place !== undefined && !row.children?.length) {
    item.command = { command: "kconfig.gates.open", title: "Go to Line", arguments: [row] };
  }
  return item;
}
