// Finds entries of the menu by their prompt or symbol.
import * as vscode from "vscode";
import { Entry } from "./entry";

// Found is an entry with the menus that lead to it.
export interface Found {
  entry: Entry;
  way: string;
}

// pickEntry has the user choose one of the entries, which may take a moment to come.
export async function pickEntry(entries: Promise<readonly Found[]>): Promise<Entry | undefined> {
  const pick = vscode.window.createQuickPick<vscode.QuickPickItem & { entry: Entry }>();
  pick.title = "Search the Kconfig menu";
  pick.placeholder = "A part of the prompt, or the name of the symbol with or without CONFIG_";
  pick.matchOnDescription = true;
  pick.busy = true;
  pick.onDidChangeValue((typed) => {
    if (/^CONFIG_/.test(typed)) {
      pick.value = typed.replace(/^CONFIG_/, "");
    }
  });
  pick.show();
  try {
    const chosen = new Promise<Entry | undefined>((resolve) => {
      pick.onDidAccept(() => resolve(pick.selectedItems[0]?.entry));
      pick.onDidHide(() => resolve(undefined));
    });
    pick.items = (await entries).map(({ entry, way }) => ({
      label: entry.item.prompt ?? entry.symbol ?? "",
      description: [entry.symbol, entry.item.value !== undefined && entry.item.kind !== "choice" && `= ${entry.item.value}`, !entry.item.shown && "(hidden)"].filter(Boolean).join(" "),
      detail: way,
      entry,
    }));
    pick.busy = false;
    return await chosen;
  } finally {
    pick.dispose();
  }
}
