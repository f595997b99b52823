// What the server speaks besides LSP: docs/protocol.md says what each member means.
import { Location, NotificationType0, RequestType, WorkspaceEdit } from "vscode-languageclient/node";

export type Tristate = "n" | "m" | "y";

export interface ConfigurationParams {
  textDocument?: { uri: string };
  root?: string;
  arch?: string;
  config?: string;
}

export interface ConfigurationHead {
  root: string;
  arch: string;
  config: { uri: string; exists: boolean };
}

export interface Root {
  uri: string;
  kconfig: string;
  dialect: string;
  version?: string;
  archs: string[];
  arch: string;
  complete: boolean;
}

export interface ChoiceMember {
  symbol: string;
  prompt: string;
  value?: string;
  known: boolean;
  visibility: Tristate | "?";
}

export interface MenuItem {
  id: string;
  kind: "root" | "menu" | "config" | "menuconfig" | "choice" | "comment";
  symbol?: string;
  prompt?: string;
  type?: "bool" | "tristate" | "int" | "hex" | "string" | "unknown";
  value?: string;
  known: boolean;
  causes?: string[];
  visibility: Tristate | "?";
  visibilityCauses?: string[];
  shown: boolean;
  assignable?: Tristate[];
  range?: [string, string];
  choices?: ChoiceMember[];
  help?: string;
  hasChildren: boolean;
  changeable: boolean;
  whyNot?: string;
  place?: Location;
  children?: MenuItem[];
}

export interface Change {
  symbol: string;
  value: string | null;
}

export interface State {
  value?: string;
  known: boolean;
  visibility: Tristate | "?";
  written?: boolean;
}

export interface Effect {
  symbol: string;
  old: State;
  new: State;
  reason: string;
}

export type IneffectiveReason = "no-symbol" | "bad-value" | "same" | "not-visible" | "selected" | "limited" | "choice" | "superseded" | "unknown";

export interface Ineffective {
  index: number;
  symbol: string;
  reason: IneffectiveReason;
  text: string;
}

export interface SetResult extends ConfigurationHead {
  effects: Effect[];
  ineffective: Ineffective[];
  unknown: string[];
  diff: string;
}

export interface SaveResult extends ConfigurationHead {
  ineffective: Ineffective[];
  unknown: string[];
  edit: WorkspaceEdit | null;
}

export interface Reason {
  kind: string;
  text: string;
  symbol?: string;
  value?: string;
  place?: Location;
  configLine?: number;
  causes: Reason[];
}

export interface WhyResult extends ConfigurationHead {
  symbol: { name: string; type: string; value?: string; known: boolean; prompt?: string; definitions: Location[] };
  reason: Reason;
}

export interface GateCondition {
  text: string;
  file: string;
  line: number;
  state: "yes" | "no" | "unknown";
  reason: string;
  fix: string;
  tool?: boolean;
  advice?: boolean;
}

export interface Gate {
  symbol: string;
  title: string;
  value: "y" | "n" | "unknown";
  dropped?: boolean;
  file?: string;
  line?: number;
  conditions: GateCondition[];
  hint?: string;
  write?: string;
}

export interface GatedSymbol {
  symbol: string;
  gate: string;
  kind: "direct" | "transitive";
  prompt?: string;
  file?: string;
  line?: number;
  chain: { symbol: string; file?: string; line?: number; text: string }[];
  state: "open" | "closed" | "unknown";
}

export interface ToolGated extends GatedSymbol {
  title: string;
  fails?: boolean;
  reason: string;
  fix: string;
}

export interface RustResult {
  root: string;
  config: { uri: string; exists: boolean };
  view: { root: string; arch: string; config?: string };
  complete: boolean;
  gates: Gate[];
  gated: GatedSymbol[];
  excluded: { symbol: string; gate: string; when: "always" | "gcc" | "clang"; through?: string; file?: string; line?: number }[];
  tools?: ToolGated[];
}

export interface Tool {
  variable: string;
  command: string;
  state: "not-looked-for" | "missing" | "refused" | "found";
  path?: string;
  version?: string;
  reason?: string;
}

export interface ToolchainResult {
  root: string;
  arch: string;
  trust: "none" | "probe" | "shell";
  tools: Tool[];
}

export interface Alternative {
  title: string;
  changes: { symbol: string; from: string; to: string; prompt?: string; place?: Location }[];
  effects: Effect[];
  conditions: Reason[];
  unknown: string[];
  diff: string;
  edit: WorkspaceEdit | null;
}

export interface EnableResult extends ConfigurationHead {
  wanted: { symbol: string; value?: string }[];
  verdict: "possible" | "never" | "not-with-tools" | "open";
  alternatives: Alternative[];
  reasons: Reason[];
  answers: Reason[];
}

export const Enable = new RequestType<ConfigurationParams & { wanted: { symbol: string; value?: string }[]; most?: number }, EnableResult, void>("kconfig/enable");
export const Changed = new NotificationType0("kconfig/changed");
export const Views = new RequestType<Record<string, never>, { roots: Root[] }, void>("kconfig/views");
export const SetView = new RequestType<{ uri: string; arch: string }, { roots: Root[] }, void>("kconfig/setView");
export const Menu = new RequestType<ConfigurationParams & { node?: string; depth?: number; changes?: readonly Change[]; brief?: boolean }, ConfigurationHead & { node: MenuItem }, void>("kconfig/menu");
export const SetValues = new RequestType<ConfigurationParams & { changes: readonly Change[] }, SetResult, void>("kconfig/set");
export const Save = new RequestType<ConfigurationParams & { changes: readonly Change[] }, SaveResult, void>("kconfig/save");
export const Why = new RequestType<ConfigurationParams & { symbol: string; origin?: boolean }, WhyResult, void>("kconfig/why");
export const Rust = new RequestType<ConfigurationParams & { tools?: boolean; brief?: boolean }, RustResult, void>("kconfig/rust");
export const Toolchain = new RequestType<{ root: string }, ToolchainResult, void>("kconfig/toolchain");
