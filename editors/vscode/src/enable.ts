// Turns a symbol on with the fewest changes of the configuration.
import * as vscode from "vscode";
import { Alternative, Effect, Enable, EnableResult } from "./protocol";
import { Server } from "./server";
import { ReasonRow, rowsOf } from "./why";

type Row = ReasonRow & { alternative?: Alternative };

// How many of the values that change are listed before they are written.
const mostListed = 20;

// enable looks for the ways in which a symbol gets a value, "NAME" or "NAME=value", and
// carries out the one that the user chooses, after a look at all that changes.
export async function enable(server: Server, root: string | undefined, wanted: string): Promise<void> {
  const at = wanted.indexOf("=");
  const [name, value] = at < 0 ? [wanted, undefined] : [wanted.slice(0, at), wanted.slice(at + 1)];
  const result = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: `Kconfig: looking for a way to ${value === undefined ? `turn ${name} on` : `have ${wanted}`}`, cancellable: true },
    (_, token) => server.ask(Enable, { root, wanted: [{ symbol: name, value }], most: 3 }, token),
  );
  if (result === undefined) {
    return;
  }
  const before = await textOf(result);
  const possible = result.verdict === "possible";
  if (possible && result.alternatives.every((alternative) => alternative.edit === null)) {
    void vscode.window.showInformationMessage(`${name} is ${value ?? "on"} already: nothing has to change.`);
    return;
  }
  const rows: Row[] = possible ? alternativesOf(result.alternatives) : rowsOf([...result.reasons, ...result.answers]);
  const chosen = await vscode.window.showQuickPick(rows, {
    title: titleOf(name, result),
    placeHolder: possible ? "Choose a way to see all that changes by it" : "Choose a line to go there",
    matchOnDetail: true,
  });
  if (chosen?.place !== undefined) {
    await server.open(chosen.place);
  }
  if (chosen?.alternative !== undefined) {
    await carryOut(server, result, before, chosen.alternative);
  }
}

// textOf returns the text of the configuration that an answer is about: what is on disk, or what
// was typed since; undefined if there is no such file.
async function textOf({ config }: EnableResult): Promise<string | undefined> {
  const uri = vscode.Uri.parse(config.uri);
  const typed = vscode.workspace.textDocuments.find((document) => document.isDirty && document.uri.toString() === uri.toString());
  try {
    return typed?.getText() ?? Buffer.from(await vscode.workspace.fs.readFile(uri)).toString();
  } catch {
    return undefined;
  }
}

// carryOut writes what the user has chosen. before is the text that it was found for: while
// there was a question on the screen, a build or another program may have written the file.
async function carryOut(server: Server, result: EnableResult, before: string | undefined, alternative: Alternative): Promise<void> {
  if (alternative.edit === null) {
    return;
  }
  const file = vscode.Uri.parse(result.config.uri);
  const detail = [
    ...alternative.changes.map((change) => `${change.symbol}: ${change.from} → ${change.to}`),
    ...listed(alternative.effects),
    ...alternative.conditions.map((condition) => `if ${condition.text}`),
  ].join("\n");
  const write = `Write to ${vscode.workspace.asRelativePath(file)}`;
  if ((await vscode.window.showInformationMessage(alternative.title, { modal: true, detail }, write)) !== write) {
    return;
  }
  // What the user has typed in the file and not saved is not for us to save.
  const typing = vscode.workspace.textDocuments.some((document) => document.uri.toString() === file.toString() && document.isDirty);
  const same = (await textOf(result)) === before;
  if (!same || !(await server.apply(alternative.edit))) {
    void vscode.window.showErrorMessage(`${vscode.workspace.asRelativePath(file)} has changed in the meantime, or cannot be written: nothing was changed. Ask again.`);
    return;
  }
  const { document } = await vscode.window.showTextDocument(file, { preview: true });
  if (!typing) {
    await document.save();
  }
}

// listed returns the values that change as lines for a dialog.
export function listed(effects: readonly Effect[]): string[] {
  const changed = effects.filter((effect) => effect.old.value !== effect.new.value);
  const lines = changed.slice(0, mostListed).map((effect) => `${effect.symbol}: ${effect.old.value ?? "?"} → ${effect.new.value ?? "?"}${words[effect.reason] ?? ""}`);
  return changed.length > lines.length ? [...lines, `and ${changed.length - lines.length} more`] : lines;
}

const words: Record<string, string> = {
  choice: " (another member is chosen)",
  select: " (selected)",
  imply: " (implied)",
  default: " (its default)",
  file: " (as the file has it)",
  dropped: " (its dependencies are not met)",
};

function titleOf(name: string, result: EnableResult): string {
  switch (result.verdict) {
    case "possible":
      return `Ways to turn ${name} on`;
    case "never":
      return `No configuration for ${result.arch || "this tree"} has ${name}: these lines together rule it out`;
    case "not-with-tools":
      return `${name} is not possible with your tools: this would have to be different`;
    case "open":
      return `No way to turn ${name} on was found in time`;
  }
}

function alternativesOf(alternatives: readonly Alternative[]): Row[] {
  return alternatives.map((alternative) => ({
    label: alternative.title,
    text: alternative.title,
    description: [count(alternative.changes.length, "change"), alternative.effects.length > 0 && `${count(alternative.effects.length, "more value")}`].filter(Boolean).join(", "),
    detail: alternative.changes.map((change) => `${change.symbol} ${change.from} → ${change.to}`).join(", "),
    alternative,
  }));
}

// count returns a number with its noun.
export function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? "" : "s"}`;
}
