// Package indexes that are refreshed in a layer that does not use them.
import type { Instruction } from '../../../model/dockerfile/instruction.js';
import { apkCache, aptLists, dnfCache, zypperCache } from '../../../model/dockerfile/package-cache.js';
import {
  callsPackageManager,
  type PackageCommand,
  packageCommandOf,
  packageCommandsOf,
} from '../../../model/dockerfile/package-manager.js';
import { type PackageManager, packagePrograms } from '../../../model/dockerfile/package-programs.js';
import { isMounted, removes } from '../../../model/dockerfile/removal.js';
import type { ShellCommand } from '../../../model/shell-command.js';

/** Where the index is, by manager. */
const folders: ReadonlyMap<PackageManager, readonly string[]> = new Map([
  ['apt', aptLists.folders],
  ['apk', apkCache.folders],
  ['yum', dnfCache.folders],
  ['dnf', dnfCache.folders],
  ['zypper', zypperCache.folders],
]);

/** Commands that install nothing, whatever they are told. Any other one may, out of sight. */
const harmless: ReadonlySet<string> = new Set(
  `: [ add-apt-repository apt-key apt-mark awk basename break cat cd chgrp chmod chown continue cp curl cut date dirname dpkg
  dpkg-reconfigure echo env exit export false find getent git gpg grep groupadd gunzip gzip head id ldconfig ln
  locale-gen ls mkdir mktemp mv printf pwd read return rm rmdir rpm sed set sha256sum sleep sort stat sync tail tar tee test
  touch tr true uname unset unzip update-ca-certificates update-locale useradd usermod wc wget which xz`.split(/\s+/),
);

/** The calls in a RUN that refresh an index which nothing behind them in the same RUN uses: the last one of each manager. */
export function staleUpdates(instruction: Instruction): readonly PackageCommand[] {
  if (!callsPackageManager(instruction)) return [];
  const { commands } = instruction;
  const last = new Map<string, PackageCommand>();
  for (const call of packageCommandsOf(commands)) {
    if (call.action === 'update' && folders.has(call.manager)) last.set(familyOf(call.manager), call);
  }
  return [...last.values()].filter((update) => isStale(update, instruction));
}

function isStale(update: PackageCommand, instruction: Instruction): boolean {
  const places = folders.get(update.manager) ?? [];
  if (isMounted(instruction, places)) return false;
  const later = instruction.commands.slice(instruction.commands.indexOf(update.command) + 1);
  return !later.some((command) => mayUse(command, update) || removes(command, instruction, places));
}

function mayUse(command: ShellCommand, update: PackageCommand): boolean {
  const { name, runs, script } = command;
  // What these run is looked at by itself.
  if (runs !== undefined || script !== undefined) return false;
  if (name === undefined) return true;
  const call = packageCommandOf(command);
  if (call !== undefined) return familyOf(call.manager) === familyOf(update.manager) && usesIndex(call);
  const manager = packagePrograms.get(name)?.manager;
  if (manager !== undefined) return familyOf(manager) === familyOf(update.manager);
  return !harmless.has(name);
}

/** Whether the first thing that a RUN does with the same index is to install from it. */
export function isFirstToUse(calls: readonly PackageCommand[], update: PackageCommand): boolean {
  const first = calls.find(
    (call) => familyOf(call.manager) === familyOf(update.manager) && (call.action === 'update' || usesIndex(call)),
  );
  return first !== undefined && first.action !== 'update';
}

function usesIndex({ action }: PackageCommand): boolean {
  return action === 'install' || action === 'upgrade' || action === 'download';
}

function familyOf(manager: PackageManager): PackageManager {
  return manager === 'yum' ? 'dnf' : manager;
}
