// An entry of the menu, and how it is shown.
import * as vscode from "vscode";
import { plain, preformatted } from "../markdown";
import { Effect, MenuItem, Tristate } from "../protocol";

// Entry is an item of the menu with what is around it.
export interface Entry {
  // id is the same for an entry of the same name at the same place, also after the menu has
  // changed, so that what is expanded and selected stays so.
  id: string;
  item: MenuItem;
  symbol: string | undefined;
  parent: Entry | undefined;
  expandable: boolean;
}

// Marks is what is known of an entry besides the menu.
export interface Marks {
  pending: boolean; // it is one of the changes that are not saved
  effect: Effect | undefined; // what follows from them
}

// scheme is of the addresses by which decorations tell entries apart.
export const scheme = "kconfig-symbol";

export function isLogical(item: MenuItem): boolean {
  return item.kind !== "choice" && (item.type === "bool" || item.type === "tristate");
}

// isMember reports whether an entry is one of the alternatives of a choice.
export function isMember(entry: Entry): boolean {
  return entry.parent?.item.kind === "choice" && (entry.parent.item.choices ?? []).some((member) => member.symbol === entry.symbol);
}

// hasCheckbox reports whether an entry can be turned on and off.
export function hasCheckbox(entry: Entry): boolean {
  const { item } = entry;
  return isLogical(item) && item.known && item.changeable && !isMember(entry) && (item.assignable ?? []).includes("n") && (item.assignable ?? []).length > 1;
}

// turnedOn returns the value that a checked box stands for.
export function turnedOn(item: MenuItem): Tristate {
  return (item.assignable ?? []).includes("y") ? "y" : "m";
}

// canSet reports whether a user can give the entry another value.
export function canSet(entry: Entry): boolean {
  const { item } = entry;
  if (item.kind === "choice") {
    return (item.choices ?? []).filter((member) => member.visibility !== "n").length > 1;
  }
  return entry.symbol !== undefined && item.changeable;
}

export function toTreeItem(entry: Entry, marks: Marks): vscode.TreeItem {
  const { item } = entry;
  const node = new vscode.TreeItem(
    item.prompt ?? item.symbol ?? "",
    entry.expandable ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.None,
  );
  node.id = entry.id;
  node.description = describe(entry, marks.effect);
  node.contextValue = contextOf(entry, marks);
  if (entry.symbol !== undefined) {
    node.resourceUri = vscode.Uri.from({ scheme, path: "/" + entry.symbol });
  }
  if (hasCheckbox(entry)) {
    const on = item.value !== "n";
    node.checkboxState = {
      state: on ? vscode.TreeItemCheckboxState.Checked : vscode.TreeItemCheckboxState.Unchecked,
      tooltip: on ? `Turn ${item.symbol} off` : `Set ${item.symbol} to ${turnedOn(item)}`,
      accessibilityInformation: { label: `${item.symbol} is ${item.value}`, role: "checkbox" },
    };
  }
  node.iconPath = iconOf(entry);
  node.accessibilityInformation = { label: spoken(entry, marks) };
  if (canSet(entry) && !hasCheckbox(entry) && item.kind !== "choice") {
    node.command = { command: "kconfig.menu.set", title: "Set Value", arguments: [entry] };
  }
  return node;
}

// valueOf returns the value as it is shown.
function valueOf(item: MenuItem): string {
  if (item.kind === "choice") {
    return item.choices?.find((member) => member.symbol === item.value)?.prompt ?? "";
  }
  if (!item.known) {
    return "?";
  }
  return item.type === "string" ? JSON.stringify(item.value ?? "") : (item.value ?? "");
}

// describe returns what stands behind the prompt: the value, with what it was before the
// changes that are not saved, and the symbol.
function describe(entry: Entry, effect: Effect | undefined): string {
  const { item } = entry;
  if (item.kind === "menu" || item.kind === "comment" || item.kind === "root") {
    return item.shown ? "" : "hidden";
  }
  const value = valueOf(item);
  const before = effect !== undefined && effect.old.value !== effect.new.value ? `${effect.old.value ?? "?"} → ` : "";
  return [before + value, item.symbol, !item.shown && "hidden"].filter(Boolean).join("  ");
}

function spoken(entry: Entry, marks: Marks): string {
  const { item } = entry;
  const value = valueOf(item);
  const kind = item.kind === "menu" || item.kind === "comment" || item.kind === "choice" ? item.kind : undefined;
  return [
    item.prompt ?? item.symbol,
    item.prompt !== undefined && item.symbol,
    kind,
    value === "?" ? "value not known" : value !== "" && `value ${value}`,
    marks.pending && "changed, not saved",
    !marks.pending && marks.effect && "changes by what is not saved",
    entry.symbol !== undefined && !item.changeable && "cannot be changed here",
  ]
    .filter(Boolean)
    .join(", ");
}

function iconOf(entry: Entry): vscode.ThemeIcon {
  const { item } = entry;
  switch (item.kind) {
    case "root":
    case "menu":
      return new vscode.ThemeIcon("folder");
    case "comment":
      return new vscode.ThemeIcon("note");
    case "choice":
      return new vscode.ThemeIcon("list-selection");
  }
  if (!item.known) {
    return new vscode.ThemeIcon("question");
  }
  if (isMember(entry)) {
    return new vscode.ThemeIcon(item.value === "y" ? "circle-filled" : "circle-outline");
  }
  if (item.value === "m" && isLogical(item)) {
    return new vscode.ThemeIcon("package");
  }
  if (hasCheckbox(entry)) {
    return new vscode.ThemeIcon(entry.expandable ? "folder" : "symbol-boolean"); // the box says the value
  }
  if (isLogical(item)) {
    return new vscode.ThemeIcon(item.changeable ? "edit" : "lock");
  }
  return new vscode.ThemeIcon(item.type === "string" ? "symbol-string" : "symbol-number");
}

// contextOf returns words that the conditions of menus look for.
function contextOf(entry: Entry, marks: Marks): string {
  const { item } = entry;
  const words: string[] = [item.kind];
  const add = (word: string, holds: boolean) => holds && words.push(word);
  add("symbol", entry.symbol !== undefined);
  add("settable", canSet(entry));
  add("place", item.kind !== "root");
  add("pending", marks.pending);
  if (isLogical(item) && item.changeable) {
    words.push(...(item.assignable ?? []).filter((value) => value !== item.value || !item.known).map((value) => "can-" + value));
  }
  return words.join(" ");
}

// tooltip tells of an entry what the row has no room for. item is the whole of it.
export function tooltip(entry: Entry, item: MenuItem, marks: Marks, causes: readonly string[]): vscode.MarkdownString {
  const text = new vscode.MarkdownString();
  const paragraph = (line: string | undefined) => line && text.appendMarkdown(plain(line) + "\n\n");
  if (entry.symbol !== undefined) {
    text.appendMarkdown(`**${entry.symbol}** (${item.type}) = ${plain(valueOf(item))}\n\n`);
  }
  if (marks.pending) {
    paragraph("Changed, and not saved yet.");
  } else if (marks.effect !== undefined) {
    paragraph(`Follows from what is not saved yet (${marks.effect.reason}).`);
  }
  if (item.range !== undefined) {
    paragraph(`From ${item.range[0]} to ${item.range[1]}.`);
  }
  if (item.kind !== "choice") {
    paragraph(item.whyNot && `It cannot be changed here: ${item.whyNot}.`);
  }
  const unknown = [...(item.known ? [] : (item.causes ?? [])), ...(item.visibility === "?" ? (item.visibilityCauses ?? []) : [])];
  for (const cause of [...causes, ...new Set(unknown)]) {
    text.appendMarkdown(`- ${plain(cause)}\n`);
  }
  if (item.help) {
    text.appendMarkdown(`\n${preformatted(item.help)}\n`);
  }
  return text;
}
