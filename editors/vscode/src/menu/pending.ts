// The changes of a configuration that are not saved. The server keeps none of them: they
// are sent with each request.
import { Change, Effect, Ineffective, SetResult, SetValues } from "../protocol";
import { Server } from "../server";

// Outcome is what became of a change.
export interface Outcome {
  result: SetResult;
  refused?: Ineffective; // why it was taken back
  note?: Ineffective; // why it came to something else, or is not known to come to anything
}

// Pending are those of one tree and architecture.
export class Pending {
  private byName = new Map<string, Change>();
  private byEffect = new Map<string, Effect>();
  // What asks the server happens one after the other, as each begins with what came of the
  // one before.
  private last: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly server: Server,
    readonly root: string,
    readonly arch: string,
  ) {}

  get changes(): readonly Change[] {
    return [...this.byName.values()];
  }

  get effects(): readonly Effect[] {
    return [...this.byEffect.values()];
  }

  has(symbol: string): boolean {
    return this.byName.has(symbol);
  }

  // effectOn returns what the changes do to a symbol.
  effectOn(symbol: string): Effect | undefined {
    return this.byEffect.get(symbol);
  }

  clear(): Promise<void> {
    return this.inTurn(async () => {
      this.byName = new Map();
      this.byEffect = new Map();
    });
  }

  private inTurn<T>(action: () => Promise<T>): Promise<T> {
    const turn = this.last.then(action, action);
    this.last = turn;
    return turn;
  }

  // apply makes a change, the last one of a symbol counting. One that comes to nothing is
  // taken back.
  apply(change: Change): Promise<Outcome | undefined> {
    return this.inTurn(() => this.make(change));
  }

  private async make(change: Change): Promise<Outcome | undefined> {
    const before = this.byName;
    const wanted = new Map(before);
    wanted.delete(change.symbol);
    const without = wanted.size;
    wanted.set(change.symbol, change);
    const result = await this.set(wanted);
    if (result === undefined) {
      return undefined;
    }
    const failed = result.ineffective.find((one) => one.index === without);
    if (failed === undefined) {
      return { result };
    }
    if (failed.reason === "same") {
      return this.drop(change, wanted);
    }
    const effect = this.byEffect.get(change.symbol);
    if (failed.reason === "unknown" || (failed.reason === "limited" && effect !== undefined && effect.old.value !== effect.new.value)) {
      return { result, note: failed };
    }
    return { result: (await this.set(before)) ?? result, refused: failed };
  }

  // drop leaves a change out to a value that the file has: without it that is the value,
  // unless other changes have made it another one.
  private async drop(change: Change, changes: Map<string, Change>): Promise<Outcome | undefined> {
    changes.delete(change.symbol);
    let result = await this.set(changes);
    const effect = this.byEffect.get(change.symbol);
    if (result !== undefined && effect !== undefined && effect.new.value !== change.value) {
      result = await this.set(changes.set(change.symbol, change));
    }
    return result && { result };
  }

  // undo takes the change of a symbol away.
  undo(symbol: string): Promise<SetResult | undefined> {
    return this.inTurn(() => {
      const wanted = new Map(this.byName);
      wanted.delete(symbol);
      return this.set(wanted);
    });
  }

  // compute finds out again what follows from the changes. What comes to nothing by now,
  // since somebody else has changed the file, is left out.
  compute(): Promise<SetResult | undefined> {
    return this.inTurn(() => this.lookAgain());
  }

  private async lookAgain(): Promise<SetResult | undefined> {
    if (this.byName.size === 0) {
      return undefined;
    }
    const result = await this.set(this.byName);
    const superfluous = result?.ineffective.filter((one) => one.reason === "same" || one.reason === "no-symbol") ?? [];
    if (superfluous.length === 0) {
      return result;
    }
    const wanted = new Map(this.byName);
    superfluous.forEach((one) => wanted.delete(one.symbol));
    return this.set(wanted);
  }

  // set makes the given changes those that are not saved.
  private async set(changes: Map<string, Change>): Promise<SetResult | undefined> {
    const result = await this.server.ask(SetValues, { root: this.root, arch: this.arch, changes: [...changes.values()] });
    if (result !== undefined) {
      this.byName = new Map(changes);
      this.byEffect = new Map(result.effects.map((effect) => [effect.symbol, effect]));
    }
    return result;
  }
}
