// The entry point: makes the parts and ties commands to them.
import * as vscode from "vscode";
import { CheckTasks } from "./check/tasks";
import { Commands } from "./commands";
import { ConfigLanguage } from "./configLanguage";
import { enable } from "./enable";
import { Row } from "./gates/rows";
import { GateView } from "./gates/view";
import { Entry } from "./menu/entry";
import { MenuView } from "./menu/view";
import { Server } from "./server";
import { StatusBar } from "./statusBar";
import { symbolOf } from "./symbols";
import { Trees } from "./trees";
import { tellRestricted } from "./trust";
import { isVirtual } from "./virtual";
import { explain } from "./why";

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
  const menu = new MenuView(server, trees, context.workspaceState);
  const gates = new GateView(server, trees);
  const status = new StatusBar(server, trees);
  const commands = new Commands(server, trees);
  const tasks = new CheckTasks(trees, context.extensionPath);
  context.subscriptions.push(server, trees, menu, gates, status, tasks, new ConfigLanguage(trees), showState(server));

  const register = <A extends unknown[]>(name: string, action: (...args: A) => unknown) =>
    context.subscriptions.push(vscode.commands.registerCommand("kconfig." + name, action));
  register("whyNot", async (argument: unknown) => {
    const asked = await symbolOf(server, trees, argument, "Why is this symbol n?");
    return asked && explain(server, asked.root, asked.symbol);
  });
  register("enable", async (argument: unknown) => {
    const asked = await symbolOf(server, trees, argument, "Enable this symbol");
    return asked && enable(server, asked.root, asked.symbol);
  });
  register("goToSymbol", (argument: unknown) => commands.goToSymbol(argument));
  register("showGated", () => commands.showGated());
  register("openConfig", () => commands.openConfig());
  register("openSettings", () => vscode.commands.executeCommand("workbench.action.openSettings", `@ext:${context.extension.id}`));
  register("switchTree", () => trees.switchTree());
  register("switchArchitecture", () => trees.switchArchitecture());
  register("checkTree", () => tasks.check());
  register("restart", () => server.restart());
  register("showLog", () => server.showLog());
  register("status", () => status.choose());
  register("showReferences", (...args: Parameters<Commands["showReferences"]>) => commands.showReferences(...args));
  register("showValue", (...args: Parameters<Commands["showAt"]>) => commands.showAt(...args));
  register("showGate", (...args: Parameters<Commands["showAt"]>) => commands.showAt(...args));

  register("menu.refresh", () => menu.refresh());
  register("menu.search", () => menu.search());
  register("menu.showAll", () => menu.show(true));
  register("menu.showVisible", () => menu.show(false));
  register("menu.save", () => menu.save());
  register("menu.discard", () => menu.discard());
  register("menu.diff", () => menu.showDiff());
  register("menu.set", (entry?: Entry) => menu.set(entry));
  register("menu.yes", (entry?: Entry) => menu.assign(entry, "y"));
  register("menu.module", (entry?: Entry) => menu.assign(entry, "m"));
  register("menu.no", (entry?: Entry) => menu.assign(entry, "n"));
  register("menu.undo", (entry?: Entry) => menu.undo(entry));
  register("menu.why", (entry?: Entry) => menu.why(entry));
  register("menu.open", (entry?: Entry) => menu.open(entry));

  register("gates.refresh", () => gates.refresh());
  register("gates.open", (row?: Row) => gates.open(row));
  register("gates.enable", (row?: Row) => gates.enable(row));
  register("gates.copyFix", (row?: Row) => gates.copyFix(row));
  register("gates.typeFix", (row?: Row) => gates.typeFix(row));

  // Commands wait for the end of this, and a server that does not start has to be restarted by one:
  // it is not waited for.
  if (!isVirtual()) {
    void tellRestricted(context.workspaceState);
    void server.start();
  }
  return { menu, gates, trees, server };
}

// showState tells conditions of menus and views whether the server runs.
function showState(server: Server): vscode.Disposable {
  const show = () => void vscode.commands.executeCommand("setContext", "kconfig.server", server.state);
  show();
  return server.onDidChangeState(show);
}
