import { Action, Name, Packer, PermissionLevel } from 'proton-tsc';

/** Ends an action: the inline log that carries its fact, authorised by the contract itself. */
export function sendLog(self: Name, log: string, fact: Packer): void {
  new Action(self, Name.fromString(log), [new PermissionLevel(self)], fact.pack()).send();
}
