// Which symbol a command is about.
import * as vscode from "vscode";
import { CancellationTokenSource, Location, WorkspaceSymbol, WorkspaceSymbolRequest } from "vscode-languageclient/node";
import { Server } from "./server";

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
      pick.onDidChangeValue((typed) => search(typed).catch(reject));
      pick.onDidAccept(() => resolve(pick.selectedItems[0] ?? (pick.value === "" ? undefined : { symbol: bare(pick.value) })));
      pick.onDidHide(() => resolve(undefined));
      pick.show();
      search("").catch(reject);
    });
  } finally {
    asking?.cancel();
    pick.dispose();
  }
}

// symbolOf returns what a command is about: its argument, a name or an entry of a view; the
// symbol at the cursor; or what the user picks.
export async function symbolOf(server: Server, argument: unknown, title: string): Promise<string | undefined> {
  if (typeof argument === "string") {
    return bare(argument);
  }
  if (hasSymbol(argument)) {
    return argument.symbol;
  }
  return symbolAtCursor() ?? (await pickSymbol(server, title))?.symbol;
}

function hasSymbol(argument: unknown): argument is { symbol: string } {
  return typeof argument === "object" && argument !== null && "symbol" in argument && typeof argument.symbol === "string";
}
