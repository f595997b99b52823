// Which symbol a command is about.
import * as vscode from "vscode";
import { CancellationTokenSource, Location, WorkspaceSymbol, WorkspaceSymbolRequest } from "vscode-languageclient/node";
import { Server } from "./server";
import { Trees } from "./trees";

// bare returns the name of a symbol without the prefix that configurations and code have.
export function bare(name: string): string {
  return name.trim().replace(/^CONFIG_/, "");
}

// symbolAtCursor returns the name of the symbol at the cursor, undefined if what is there
// does not look like one.
export function symbolAtCursor(): string | undefined {
  const editor = vscode.window.activeTextEditor;
  const range = editor?.document.getWordRangeAtPosition(editor.selection.active, /[A-Za-z0-9_]+/);
  if (editor === undefined || range === undefined) {
    return undefined;
  }
  const word = editor.document.getText(range);
  if (!editor.document.languageId.startsWith("kconfig") && !word.startsWith("CONFIG_")) {
    return undefined; // some other name of the code
  }
  // Few symbols have small letters, and those have an underscore, too: other words are keywords
  // or text.
  return /^[A-Z0-9_]*[A-Z][A-Z0-9_]*$|^[A-Z][A-Z0-9]*_\w+$/.test(word) ? bare(word) : undefined;
}

export interface Pick {
  symbol: string;
  location?: vscode.Location;
}

// pickSymbol has the user choose a symbol by a part of its name or prompt.
export async function pickSymbol(server: Server, title: string): Promise<Pick | undefined> {
  const client = await server.ready();
  if (client === undefined) {
    void vscode.window.showErrorMessage("The Kconfig server is not running.");
    return undefined;
  }
  const pick = vscode.window.createQuickPick<vscode.QuickPickItem & Pick>();
  pick.title = title;
  pick.placeholder = "Name, with or without CONFIG_, or a part of the prompt";
  pick.matchOnDescription = true;
  let asking: CancellationTokenSource | undefined;
  let searching: Promise<void> = Promise.resolve();
  const search = async (typed: string) => {
    asking?.cancel();
    asking = new CancellationTokenSource();
    const { token } = asking;
    pick.busy = true;
    const found = (await server.request(WorkspaceSymbolRequest.type, { query: bare(typed) }, token)) ?? [];
    if (!token.isCancellationRequested) {
      pick.busy = false;
      // What the server has found is shown, whether or not the name is written as it was typed.
      pick.items = (found as WorkspaceSymbol[]).flatMap((symbol) => {
        const [name, ...prompt] = symbol.name.split("  ");
        if (!/^\w+$/.test(name)) {
          return []; // a menu
        }
        const location = Location.is(symbol.location) ? client.protocol2CodeConverter.asLocation(symbol.location) : undefined;
        return [{ label: name, description: prompt.join("  "), detail: symbol.containerName, alwaysShow: true, symbol: name, location }];
      });
    }
  };
  try {
    return await new Promise<Pick | undefined>((resolve, reject) => {
      const begin = (typed: string) => {
        searching = search(typed);
        searching.catch(reject);
      };
      // Who types fast accepts before there is an answer, or before it is shown: what is listed
      // then is of an earlier text, and may be nothing.
      const accept = async () => {
        const early = pick.busy;
        const typed = bare(pick.value);
        await searching;
        const selected = early ? undefined : pick.selectedItems.find((item) => pick.items.includes(item));
        const found = selected ?? pick.items.find((item) => item.symbol === typed) ?? pick.items[0];
        resolve(found ?? (typed === "" ? undefined : { symbol: typed }));
      };
      pick.onDidChangeValue(begin);
      pick.onDidAccept(() => accept().catch(reject));
      pick.onDidHide(() => resolve(undefined));
      pick.show();
      begin("");
    });
  } finally {
    asking?.cancel();
    pick.dispose();
  }
}

// Asked is a symbol that a command is about, and the URI of the tree that has it.
export interface Asked {
  symbol: string;
  root: string | undefined;
}

// symbolOf returns what a command is about: its argument, a name or an entry of a view; the
// symbol at the cursor, in the tree of that file; or what the user picks.
export async function symbolOf(server: Server, trees: Trees, argument: unknown, title: string): Promise<Asked | undefined> {
  const root = trees.current()?.uri;
  if (typeof argument === "string") {
    return { symbol: bare(argument), root };
  }
  if (hasSymbol(argument)) {
    return { symbol: argument.symbol, root };
  }
  const symbol = symbolAtCursor();
  if (symbol !== undefined) {
    return { symbol, root: trees.treeOf(vscode.window.activeTextEditor?.document.uri)?.uri ?? root };
  }
  const picked = await pickSymbol(server, title);
  return picked && { symbol: picked.symbol, root };
}

function hasSymbol(argument: unknown): argument is { symbol: string } {
  return typeof argument === "object" && argument !== null && "symbol" in argument && typeof argument.symbol === "string";
}
