// CONFIG_ names in code: hover, definition, references and completion of them, beside what
// the language servers of C, Rust and so on do.
import * as vscode from "vscode";
import {
  CompletionRequest,
  DefinitionRequest,
  DidChangeTextDocumentNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  DocumentDiagnosticRequest,
  HoverRequest,
  LanguageClient,
  ReferencesRequest,
  State,
  TextDocumentSyncKind,
} from "vscode-languageclient/node";

// The identifiers that editors and extensions have for the languages of a kernel's code.
export const codeLanguages = ["c", "cpp", "asm", "arm", "dts", "devicetree", "rust", "makefile"];

const rustDiagnostics = "kconfig-code-diagnostics";
const setting = "kconfig.codeNames.enabled";

// CodeNames registers those features for code, and no other ones: with a formatter for C
// that does nothing the editor would ask which of two to use. They come and go with the
// setting.
export class CodeNames implements vscode.Disposable {
  private ids: string[] = [];
  private readonly disposables: vscode.Disposable[];

  constructor(private readonly client: LanguageClient) {
    this.disposables = [
      client.onDidChangeState(({ newState }) => {
        this.ids = []; // with the server its registrations are gone
        if (newState === State.Running) {
          this.update();
        }
      }),
      vscode.workspace.onDidChangeConfiguration((event) => event.affectsConfiguration(setting) && this.update()),
    ];
  }

  dispose(): void {
    vscode.Disposable.from(...this.disposables).dispose();
  }

  private update(): void {
    const wanted = this.client.state === State.Running && vscode.workspace.getConfiguration().get<boolean>(setting, true);
    if (wanted && this.ids.length === 0) {
      this.register();
    } else if (!wanted && this.ids.length > 0) {
      this.unregister();
    }
  }

  // features are in the order in which they are registered: nothing is asked about a
  // document that has not been opened.
  private get features() {
    return [
      this.client.getFeature(DidOpenTextDocumentNotification.method),
      this.client.getFeature(DidChangeTextDocumentNotification.method),
      this.client.getFeature(DidCloseTextDocumentNotification.method),
      this.client.getFeature(HoverRequest.method),
      this.client.getFeature(DefinitionRequest.method),
      this.client.getFeature(ReferencesRequest.method),
      this.client.getFeature(CompletionRequest.method),
    ];
  }

  private register(): void {
    const documentSelector = codeLanguages.map((language) => ({ scheme: "file", language }));
    const registerOptions = { documentSelector, syncKind: TextDocumentSyncKind.Incremental as TextDocumentSyncKind, resolveProvider: true };
    this.ids = this.features.map((feature, i) => {
      const id = `kconfig-code-${i}`;
      feature.register({ id, registerOptions });
      return id;
    });
    // A cfg(CONFIG_X) in Rust that nothing defines is reported.
    const rust = { documentSelector: [{ scheme: "file", language: "rust" }], identifier: rustDiagnostics, interFileDependencies: true, workspaceDiagnostics: false };
    this.client.getFeature(DocumentDiagnosticRequest.method)?.register({ id: rustDiagnostics, registerOptions: rust });
  }

  private unregister(): void {
    // didClose is the one that tells the server of the end of each document.
    this.features.forEach((feature, i) => feature.unregister(this.ids[i]));
    this.client.getFeature(DocumentDiagnosticRequest.method)?.unregister(rustDiagnostics);
    this.ids = [];
  }
}
