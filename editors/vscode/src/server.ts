// Starts the language server and keeps it in step with settings and trust.
import * as fs from "node:fs";
import * as path from "node:path";
import * as vscode from "vscode";
import { CloseAction, DocumentFilter, ErrorAction, LanguageClient, LanguageClientOptions, ServerOptions, State } from "vscode-languageclient/node";

const languages = ["kconfig", "kconfig-config"];

// Changes of these have the server start anew: they count in the options of initialize
// only, or choose the program.
const startSettings = ["server.path", "server.arguments", "trust", "tools"];

// Server is the language server of this window. There is one at most.
export class Server implements vscode.Disposable {
  private client: LanguageClient | undefined;
  private readonly log: vscode.LogOutputChannel;
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly disposables: vscode.Disposable[] = [];
  // Starts and stops happen one after the other.
  private last: Promise<void> = Promise.resolve();

  // onDidChange fires when the server has started or ended, and when what it knows may
  // be another.
  readonly onDidChange = this.changed.event;

  constructor(private readonly context: vscode.ExtensionContext) {
    this.log = vscode.window.createOutputChannel("Kconfig", { log: true });
    this.disposables.push(
      this.log,
      this.changed,
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.restart()),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (startSettings.some((name) => event.affectsConfiguration("kconfig." + name))) {
          void this.restart();
        } else if (event.affectsConfiguration("kconfig")) {
          this.changed.fire();
        }
      }),
    );
  }

  // ready returns the client once it runs, undefined if it does not.
  async ready(): Promise<LanguageClient | undefined> {
    await this.last;
    return this.client?.state === State.Running ? this.client : undefined;
  }

  get running(): boolean {
    return this.client?.state === State.Running;
  }

  showLog(): void {
    this.log.show(true);
  }

  start(): Promise<void> {
    return this.enqueue(async () => {
      const command = this.command();
      if (command === undefined) {
        return;
      }
      const settings = vscode.workspace.getConfiguration("kconfig");
      const run = { command, args: settings.get<string[]>("server.arguments", ["serve"]) };
      const server: ServerOptions = { run, debug: run };
      const client = new LanguageClient("kconfig", "Kconfig", server, this.options());
      client.onDidChangeState(() => this.changed.fire());
      this.client = client;
      try {
        await client.start();
      } catch (error) {
        this.log.error(`The server ${command} did not start: ${error}`);
        void this.failed(`The Kconfig server did not start: ${error instanceof Error ? error.message : error}`);
      }
    });
  }

  restart(): Promise<void> {
    void this.stop();
    return this.start();
  }

  private stop(): Promise<void> {
    return this.enqueue(async () => {
      const client = this.client;
      this.client = undefined;
      try {
        await client?.dispose(2000);
      } catch (error) {
        this.log.warn(`The server did not end as it should: ${error}`);
      }
    });
  }

  async dispose(): Promise<void> {
    await this.stop();
    vscode.Disposable.from(...this.disposables).dispose();
  }

  private enqueue(action: () => Promise<void>): Promise<void> {
    this.last = this.last.then(action, action);
    return this.last;
  }

  // command returns the program to run: the one of the settings, else the one that came
  // with the extension, else the one on the PATH.
  command(): string | undefined {
    const given = vscode.workspace.getConfiguration("kconfig").get<string>("server.path", "");
    if (given !== "") {
      return given;
    }
    const name = process.platform === "win32" ? "kconfig-ls.exe" : "kconfig-ls";
    const bundled = this.context.asAbsolutePath(path.join("bin", name));
    if (fs.existsSync(bundled)) {
      return bundled;
    }
    for (const directory of (process.env.PATH ?? "").split(path.delimiter)) {
      if (path.isAbsolute(directory) && fs.existsSync(path.join(directory, name))) {
        return path.join(directory, name);
      }
    }
    void this.failed("This package of the extension has no kconfig-ls for your system: install it, and name it in the setting kconfig.server.path.");
    return undefined;
  }

  private options(): LanguageClientOptions {
    const settings = vscode.workspace.getConfiguration("kconfig");
    return {
      documentSelector: languages.flatMap<DocumentFilter>((language) => [
        { scheme: "file", language },
        { scheme: "untitled", language },
      ]),
      outputChannel: this.log,
      // A folder that nobody trusts gets no tool started, whatever the settings say.
      initializationOptions: () => ({
        trust: vscode.workspace.isTrusted ? settings.get<string>("trust", "probe") : "none",
        tools: settings.get("tools", {}),
      }),
      synchronize: { configurationSection: "kconfig" },
      markdown: { isTrusted: false, supportHtml: false },
      errorHandler: {
        error: () => ({ action: ErrorAction.Continue }),
        closed: () => this.closed(),
      },
    };
  }

  private ends: number[] = [];

  // closed says what is done when the server ends by itself: it is started anew unless
  // that has happened too often.
  private closed() {
    const now = Date.now();
    this.ends = this.ends.filter((end) => now - end < 180_000).concat(now);
    if (this.ends.length > 4) {
      void this.failed("The Kconfig server ended five times within three minutes and is not started again.");
      return { action: CloseAction.DoNotRestart, handled: true };
    }
    return { action: CloseAction.Restart, handled: true };
  }

  private async failed(message: string): Promise<void> {
    const chosen = await vscode.window.showErrorMessage(message, "Show Log", "Restart");
    if (chosen === "Show Log") {
      this.showLog();
    } else if (chosen === "Restart") {
      await this.restart();
    }
  }
}
