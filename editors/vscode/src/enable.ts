// Turns a symbol on with the fewest changes of the configuration.
import * as vscode from "vscode";
import { Location } from "vscode-languageclient/node";
import { Alternative, Enable, EnableResult, Reason } from "./protocol";
import { Server } from "./server";
import { Trees } from "./tree";

type Row = vscode.QuickPickItem & { alternative?: Alternative; place?: Location };

// enable looks for the ways in which a symbol gets a value, "NAME" or "NAME=value", and
// carries out the one that the user chooses, after a look at all that changes.
export async function enable(server: Server, trees: Trees, wanted: string): Promise<void> {
  const client = await server.ready();
  const root = trees.current();
  if (!client || !root) {
    return;
  }
  const [name, value] = wanted.split("=", 2);
  const result = await vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title: `Looking for a way to ${name}` }, () =>
    client.sendRequest(Enable, { root: root.uri, wanted: [value === undefined ? { symbol: name } : { symbol: name, value }], most: 3 }),
  );
  const title = titleOf(name, result);
  const rows = result.verdict === "possible" ? alternativesOf(result.alternatives) : reasonsOf([...result.reasons, ...result.answers]);
  const chosen = await vscode.window.showQuickPick(rows, { title, placeHolder: result.verdict === "possible" ? "Choose a way to see all that changes" : "Choose a line to go there" });
  if (chosen?.place) {
    const location = client.protocol2CodeConverter.asLocation(chosen.place);
    await vscode.window.showTextDocument(location.uri, { selection: location.range });
  }
  const alternative = chosen?.alternative;
  if (!alternative?.edit) {
    return;
  }
  const effects = [
    ...alternative.changes.map((change) => `${change.symbol}: ${change.from} → ${change.to}`),
    ...alternative.effects.slice(0, 20).map((effect) => `${effect.symbol}: ${effect.old.value ?? "?"} → ${effect.new.value ?? "?"} (${effect.reason})`),
  ];
  if (alternative.effects.length > 20) {
    effects.push(`and ${alternative.effects.length - 20} more`);
  }
  effects.push(...alternative.conditions.map((condition) => `if ${condition.text}`));
  const answer = await vscode.window.showInformationMessage(alternative.title, { modal: true, detail: effects.join("\n") }, "Write to .config");
  if (answer) {
    const edit = await client.protocol2CodeConverter.asWorkspaceEdit(alternative.edit);
    if (await vscode.workspace.applyEdit(edit)) {
      await vscode.window.showTextDocument(vscode.Uri.parse(result.config.uri));
    }
  }
}

function titleOf(name: string, result: EnableResult): string {
  switch (result.verdict) {
    case "possible":
      return result.alternatives.some((alternative) => alternative.edit) ? `${name}: possible` : `${name} is so already`;
    case "never":
      return `${name}: never for ${result.arch || "this tree"}`;
    case "not-with-tools":
      return `${name}: not with your tools`;
    case "open":
      return `${name}: no way was found in time`;
  }
}

function alternativesOf(alternatives: Alternative[]): Row[] {
  return alternatives.map((alternative) => ({
    label: alternative.title,
    description: `${alternative.changes.length} changes, ${alternative.effects.length} more values`,
    detail: alternative.changes.map((change) => `${change.symbol} ${change.from} → ${change.to}`).join(", "),
    alternative,
  }));
}

function reasonsOf(reasons: Reason[]): Row[] {
  const rows: Row[] = [];
  const collect = (reason: Reason, depth: number) => {
    rows.push({ label: "\u2003".repeat(depth) + reason.text, place: reason.place });
    reason.causes.forEach((cause) => collect(cause, depth + 1));
  };
  reasons.forEach((reason) => collect(reason, 0));
  return rows;
}
