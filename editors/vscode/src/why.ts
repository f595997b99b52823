// Why a symbol has its value, as a list to walk through.
import * as vscode from "vscode";
import { Location } from "vscode-languageclient/node";
import { Reason, Why } from "./protocol";
import { Server } from "./server";

export interface ReasonRow extends vscode.QuickPickItem {
  text: string; // the label without its indentation
  place?: Location;
  enables?: string;
}

// rowsOf returns reasons as rows, each indented below what it is a cause of.
export function rowsOf(reasons: readonly Reason[], depth = 0): ReasonRow[] {
  return reasons.flatMap((reason) => [
    { label: "\u2003".repeat(depth) + (depth > 0 ? "$(arrow-small-right) " : "") + unquoted(reason.text), text: reason.text, description: whereIs(reason), place: reason.place },
    ...rowsOf(reason.causes, depth + 1),
  ]);
}

// unquoted returns a text without the marks around names: a list shows no Markdown.
function unquoted(text: string): string {
  return text.replace(/`([^`]+)`/g, "$1");
}

function whereIs(reason: Reason): string | undefined {
  return reason.place && `${vscode.workspace.asRelativePath(vscode.Uri.parse(reason.place.uri))}:${reason.place.range.start.line + 1}`;
}

// explain shows why a symbol is not y, or if it is where that comes from, down to the root.
export async function explain(server: Server, root: string | undefined, symbol: string): Promise<void> {
  let result = await server.ask(Why, { root, symbol });
  if (result === undefined) {
    return;
  }
  const { name, value, known, type, prompt } = result.symbol;
  const off = value === "n" || !known;
  if (!off) {
    // It has a value: where it is from is the question.
    result = (await server.ask(Why, { root, symbol, origin: true })) ?? result;
  }
  const rows = rowsOf([result.reason]);
  if (value !== "y" && (type === "bool" || type === "tristate")) {
    const text = `Find a way to turn ${name} on`;
    rows.push({ label: "", text: "", kind: vscode.QuickPickItemKind.Separator }, { label: `$(lightbulb) ${text}`, text, enables: name });
  }
  const chosen = await vscode.window.showQuickPick(rows, {
    title: `${name}${prompt ? ` (${prompt})` : ""} is ${known ? value || "without a value" : "not known"}`,
    placeHolder: "Choose a line to go there",
    matchOnDescription: true,
  });
  if (chosen?.enables !== undefined) {
    await vscode.commands.executeCommand("kconfig.enable", chosen.enables);
  } else if (chosen?.place !== undefined) {
    await server.open(chosen.place);
  }
}
