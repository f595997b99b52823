// The entry point: makes the parts and ties commands to them.
import * as vscode from "vscode";
import { Commands, symbolOf } from "./commands";
import { enable } from "./enable";
import { GateView } from "./gateView";
import { MenuView } from "./menuView";
import { Server } from "./server";
import { StatusBar } from "./statusBar";
import { Trees } from "./tree";

// What activate returns, for tests and other extensions.
export interface Api {
  menu: MenuView;
  gates: GateView;
  trees: Trees;
  server: Server;
}

export async function activate(context: vscode.ExtensionContext): Promise<Api> {
  const server = new Server(context);
  const trees = new Trees(server);
  const menu = new MenuView(server, trees);
  const gates = new GateView(server, trees);
  const status = new StatusBar(server, trees);
  const commands = new Commands(server, trees);
  context.subscriptions.push(server, menu, gates, status);

  const register = (name: string, action: (...args: never[]) => unknown) =>
    context.subscriptions.push(vscode.commands.registerCommand("kconfig." + name, action as (...args: unknown[]) => unknown));
  register("whyNot", (argument: unknown) => commands.why(argument));
  register("enable", async (argument: unknown) => {
    const symbol = await symbolOf(argument);
    if (symbol) {
      await enable(server, trees, symbol);
    }
  });
  register("goToSymbol", () => commands.goToSymbol());
  register("showGated", () => commands.showGated());
  register("openConfig", () => commands.openConfig());
  register("switchArchitecture", () => trees.switch());
  register("restart", () => server.restart());
  register("showLog", () => server.showLog());
  register("status", () => status.choose());
  register("showReferences", (...args: Parameters<Commands["showReferences"]>) => commands.showReferences(...args));
  register("showValue", (...args: Parameters<Commands["showAt"]>) => commands.showAt(...args));
  register("showGate", (...args: Parameters<Commands["showAt"]>) => commands.showAt(...args));
  register("menu.refresh", () => menu.refresh());
  register("menu.search", () => menu.search());
  register("menu.save", () => menu.save());
  register("menu.discard", () => menu.discard());
  register("menu.diff", () => menu.showDiff());
  register("menu.set", (entry: Parameters<MenuView["set"]>[0]) => menu.set(entry));
  for (const [name, value] of [["yes", "y"], ["module", "m"], ["no", "n"]]) {
    register("menu." + name, (entry: Parameters<MenuView["set"]>[0]) => entry.item.symbol && menu.change({ symbol: entry.item.symbol, value }));
  }
  register("menu.why", (entry: Parameters<MenuView["set"]>[0]) => commands.why(entry));
  register("menu.open", async (entry: Parameters<MenuView["set"]>[0]) => {
    const client = await server.ready();
    if (client && entry.item.place) {
      const location = client.protocol2CodeConverter.asLocation(entry.item.place);
      await vscode.window.showTextDocument(location.uri, { selection: location.range });
    }
  });
  register("gates.refresh", () => gates.refresh());
  register("gates.open", (row: Parameters<GateView["open"]>[0]) => gates.open(row));
  register("checkTree", async () => {
    const command = server.command();
    if (command) {
      await commands.checkTree(command);
    }
  });

  await server.start();
  await trees.refresh();
  return { menu, gates, trees, server };
}
