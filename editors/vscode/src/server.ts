// Starts the language server and keeps it in step with settings and trust.
import * as fs from "node:fs";
import * as vscode from "vscode";
import { CancellationToken, CloseAction, CloseHandlerResult, DocumentFilter, ErrorAction, LanguageClient, LanguageClientOptions, Location, LSPErrorCodes, RequestType, ResponseError, RevealOutputChannelOn, State, TextDocumentEdit, WorkspaceEdit } from "vscode-languageclient/node";
import { AfterPause } from "./afterPause";
import { CodeNames } from "./codeNames";
import { findProgram } from "./program";
import { Changed } from "./protocol";
import { ServerProcess } from "./serverProcess";

const languages = ["kconfig", "kconfig-config"];

// Changes of these have the server start anew: they count in the options of initialize
// only, or choose the program.
const startSettings = ["server.path", "server.arguments", "trust", "tools"];

// A server that ends more often than this within some minutes is not started again.
const mostEnds = 4;
const endsWithin = 180_000;

// Changes that come within this time, in milliseconds, are told once.
const changesWithin = 150;

export type ServerState = "starting" | "running" | "stopped";

// Server is the language server of this window. There is one at most.
export class Server implements vscode.Disposable {
  private client: LanguageClient | undefined;
  private readonly log = vscode.window.createOutputChannel("Kconfig", { log: true });
  private readonly stateChanged = new vscode.EventEmitter<void>();
  private readonly answersChanged = new vscode.EventEmitter<void>();
  private readonly disposables: vscode.Disposable[] = [];
  private process: ServerProcess | undefined;
  private givenUp: LanguageClient | undefined; // one whose start was broken off
  private launched: string | undefined; // what the settings said when the client was made
  private ofClient: vscode.Disposable[] = [];
  // Starts and stops happen one after the other.
  private last: Promise<void> = Promise.resolve();
  private ends: number[] = [];
  private ran = false; // whether the client has ever been connected
  private readonly telling = new AfterPause(changesWithin, () => this.answersChanged.fire());

  // The client tells the server that runs of the change, too, before another one is started.
  private readonly adapting = new AfterPause(changesWithin, () => this.adapt());

  // onDidChangeState fires when the server has started or ended.
  readonly onDidChangeState = this.stateChanged.event;
  // onDidChangeAnswers fires when trees, views, values or gates may be others: files or
  // settings have changed, or a tool has answered.
  readonly onDidChangeAnswers = this.answersChanged.event;

  constructor(private readonly context: vscode.ExtensionContext) {
    this.disposables.push(
      this.log,
      this.stateChanged,
      this.answersChanged,
      this.telling,
      this.adapting,
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.restart()),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (startSettings.some((name) => event.affectsConfiguration("kconfig." + name))) {
          this.adapting.ask();
        }
      }),
    );
  }

  // ready returns the client once it runs, undefined if it does not. One that has ended by
  // itself and is started again is waited for.
  async ready(): Promise<LanguageClient | undefined> {
    await this.last;
    while (this.client?.state === State.Starting) {
      await this.stateChange();
      await this.last;
    }
    return this.client?.state === State.Running ? this.client : undefined;
  }

  private stateChange(): Promise<void> {
    return new Promise((resolve) => {
      const listener = this.stateChanged.event(() => {
        listener.dispose();
        resolve();
      });
    });
  }

  get state(): ServerState {
    switch (this.client?.state) {
      case State.Running:
        return "running";
      case State.Starting:
        return "starting";
    }
    return "stopped";
  }

  // request sends a request. It returns undefined if there is no server, or if the answer
  // is not wanted any more.
  async request<P, R>(type: RequestType<P, R, void>, params: P, token?: CancellationToken): Promise<R | undefined> {
    const client = await this.ready();
    if (client === undefined) {
      return undefined;
    }
    try {
      return await client.sendRequest(type, params, token ?? CancellationToken.None);
    } catch (error) {
      if (token?.isCancellationRequested || isObsolete(error) || this.client !== client || client.state !== State.Running) {
        return undefined;
      }
      throw error;
    }
  }

  // ask is request for what the user is waiting for: a failure is told.
  async ask<P, R>(type: RequestType<P, R, void>, params: P, token?: CancellationToken): Promise<R | undefined> {
    if ((await this.ready()) === undefined) {
      void this.failed("The Kconfig server is not running.");
      return undefined;
    }
    try {
      return await this.request(type, params, token);
    } catch (error) {
      this.log.error(`${type.method}: ${messageOf(error)}`);
      void vscode.window.showErrorMessage(`Kconfig: ${messageOf(error)}.`, "Show Log").then((chosen) => chosen && this.showLog());
      return undefined;
    }
  }

  // open shows a place that the server has named.
  async open(place: Location): Promise<void> {
    const client = await this.ready();
    if (client !== undefined) {
      const location = client.protocol2CodeConverter.asLocation(place);
      await vscode.window.showTextDocument(location.uri, { selection: location.range });
    }
  }

  // apply carries out an edit that the server has made, and reports whether it could. A
  // document that has changed since is left as it is.
  async apply(edit: WorkspaceEdit): Promise<boolean> {
    const client = await this.ready();
    if (isOutdated(edit)) {
      return false;
    }
    // The user has agreed: what is marked as to be confirmed would be asked about once more.
    const agreed = { ...edit, changeAnnotations: undefined };
    return client !== undefined && vscode.workspace.applyEdit(await client.protocol2CodeConverter.asWorkspaceEdit(agreed));
  }

  showLog(): void {
    this.log.show(true);
  }

  start(): Promise<void> {
    return this.enqueue(() => this.begin());
  }

  restart(): Promise<void> {
    this.breakOff();
    return this.enqueue(() => this.beginAnew());
  }

  // adapt starts the server anew if the settings name another program or other tools than
  // it was started with. The editor may tell one change several times.
  private async adapt(): Promise<void> {
    const outdated = () => this.launched !== this.launch();
    if (outdated()) {
      this.breakOff();
      await this.enqueue(async () => {
        if (outdated()) {
          await this.beginAnew();
        }
      });
    }
  }

  // launch returns what a server is started with, as a text.
  private launch(): string {
    const settings = vscode.workspace.getConfiguration("kconfig");
    return JSON.stringify(startSettings.map((name) => settings.get(name)));
  }

  // breakOff gives up a start that goes on: a program that does not answer would hold up what
  // comes after it for ever.
  private breakOff(): void {
    if (this.client?.state === State.Starting) {
      this.givenUp = this.client;
      this.process?.kill();
    }
  }

  private async beginAnew(): Promise<void> {
    this.ends = [];
    await this.end();
    await this.begin();
  }

  private async begin(): Promise<void> {
    this.launched = this.launch();
    const program = findProgram(this.context.extensionPath);
    if ("problem" in program) {
      this.log.error(program.problem);
      void this.failed(program.problem);
      this.stateChanged.fire();
      return;
    }
    const process = new ServerProcess(program.command, serverArguments(), directory());
    this.log.info(`starting ${process.command} ${process.args.join(" ")}`);
    this.ran = false;
    const client: LanguageClient = new QuietClient("kconfig", "Kconfig", () => process.start(), this.options(() => this.closed(client)));
    client.registerFeature({
      fillClientCapabilities: (capabilities) => (capabilities.experimental = { ...(capabilities.experimental as object | undefined), kconfigChanged: true }),
      initialize: () => undefined,
      getState: () => ({ kind: "static" }),
      clear: () => undefined,
    });
    this.ofClient.push(
      client.onDidChangeState(({ newState }) => {
        this.ran ||= newState === State.Running;
        this.stateChanged.fire();
      }),
      client.onNotification(Changed, () => this.telling.ask()),
      new CodeNames(client),
    );
    this.client = client;
    this.process = process;
    try {
      await client.start();
    } catch (error) {
      if (this.givenUp !== client) {
        this.log.error(`${process.command} did not start: ${messageOf(error)}`);
        void this.failed(`The Kconfig server ${process.command} did not start, or ended at once: the log may tell why.`);
      }
    }
    this.stateChanged.fire();
  }

  private async end(): Promise<void> {
    this.breakOff();
    const { client, process } = this;
    this.client = undefined;
    this.process = undefined;
    vscode.Disposable.from(...this.ofClient).dispose();
    this.ofClient = [];
    if (client?.state === State.Running) {
      try {
        await client.dispose(2000);
      } catch (error) {
        this.log.warn(`the server did not end as it should: ${messageOf(error)}`);
      }
    }
    process?.expectEnd();
  }

  async dispose(): Promise<void> {
    this.breakOff();
    await this.enqueue(() => this.end());
    vscode.Disposable.from(...this.disposables).dispose();
  }

  // enqueue does something after what was enqueued before, whatever came of that.
  private enqueue(action: () => Promise<void>): Promise<void> {
    this.last = this.last.then(action).catch((error) => this.log.error(messageOf(error)));
    return this.last;
  }

  private options(closed: () => CloseHandlerResult): LanguageClientOptions {
    return {
      documentSelector: languages.flatMap<DocumentFilter>((language) => [
        { scheme: "file", language },
        { scheme: "untitled", language },
      ]),
      outputChannel: this.log,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      // A folder that nobody trusts gets no tool started, whatever the settings say.
      initializationOptions: () => {
        const settings = vscode.workspace.getConfiguration("kconfig");
        return { trust: vscode.workspace.isTrusted ? settings.get<string>("trust", "probe") : "none", tools: settings.get("tools", {}) };
      },
      markdown: { isTrusted: false, supportHtml: false },
      initializationFailedHandler: () => false, // start tells it
      errorHandler: {
        error: () => ({ action: ErrorAction.Continue, handled: true }),
        closed,
      },
    };
  }

  // closed says what is done when the server ends by itself: it is started anew unless
  // that has happened too often.
  private closed(client: LanguageClient): CloseHandlerResult {
    if (!this.ran || this.givenUp === client) {
      return { action: CloseAction.DoNotRestart, handled: true }; // start tells it, or it was meant to end
    }
    const now = Date.now();
    this.ends = this.ends.filter((end) => now - end < endsWithin).concat(now);
    if (this.ends.length <= mostEnds) {
      this.log.warn("the server ended by itself and is started again");
      return { action: CloseAction.Restart, handled: true };
    }
    void this.failed(`The Kconfig server ended ${this.ends.length} times within ${endsWithin / 60_000} minutes and is not started again. The log may tell why.`);
    return { action: CloseAction.DoNotRestart, handled: true };
  }

  private async failed(message: string): Promise<void> {
    const chosen = await vscode.window.showErrorMessage(message, "Restart", "Show Log", "Settings");
    if (chosen === "Show Log") {
      this.showLog();
    } else if (chosen === "Restart") {
      await this.restart();
    } else if (chosen === "Settings") {
      await vscode.commands.executeCommand("workbench.action.openSettings", "kconfig.server");
    }
  }
}

// serverArguments returns what the setting says, if that is a list.
function serverArguments(): string[] {
  const given: unknown = vscode.workspace.getConfiguration("kconfig").get("server.arguments");
  return Array.isArray(given) ? given.map(String) : ["serve"];
}

// directory is where the server runs: the first folder that is there.
function directory(): string | undefined {
  return vscode.workspace.workspaceFolders?.map((folder) => folder.uri).find((uri) => uri.scheme === "file" && fs.existsSync(uri.fsPath))?.fsPath;
}

// QuietClient writes what goes wrong to the log only: what the user has to know, and what
// can be done about it, the server of the window tells.
class QuietClient extends LanguageClient {
  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }
}

// isOutdated reports whether an edit was made for another version of an open document.
function isOutdated(edit: WorkspaceEdit): boolean {
  const versions = new Map(vscode.workspace.textDocuments.map((document) => [document.uri.toString(), document.version]));
  return (edit.documentChanges ?? []).some((change) => {
    const version = TextDocumentEdit.is(change) ? versions.get(vscode.Uri.parse(change.textDocument.uri).toString()) : undefined;
    return TextDocumentEdit.is(change) && change.textDocument.version !== null && version !== undefined && version !== change.textDocument.version;
  });
}

// isObsolete reports whether a request was given up since what it asked about has changed.
function isObsolete(error: unknown): boolean {
  return error instanceof ResponseError && (error.code === LSPErrorCodes.RequestCancelled || error.code === LSPErrorCodes.ContentModified || error.code === LSPErrorCodes.ServerCancelled);
}

export function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/\.$/, "");
}
