// The thread of accounts, sessions, the register of photos and the audit log: a long import never keeps anyone from signing in.
import { workerData } from 'node:worker_threads';
import { Accounts, type AuditEntry } from '../accounts/accounts.ts';
import { PhotoRegister, type PhotoOf } from '../accounts/photoRegister.ts';
import type { Role } from '../domain/role.ts';
import { serve } from './rpc.ts';

export interface AccountsData {
  path: string;
}

const { path } = workerData as AccountsData;
const accounts = new Accounts(path);
const photos = new PhotoRegister(path);

const handlers = {
  isEmpty: () => accounts.isEmpty(),
  setAccount: (username: string, password: string, role: Exclude<Role, 'public'>) => accounts.setAccount(username, password, role),
  removeAccount: (username: string) => accounts.removeAccount(username),
  listAccounts: () => accounts.listAccounts(),
  signIn: (username: string, password: string, address: string) => accounts.signIn(username, password, address),
  session: (token: string) => accounts.session(token),
  signOut: (token: string) => accounts.signOut(token),
  audit: (entry: AuditEntry) => accounts.audit(entry),
  photosOf: (layer: string, feature: string) => photos.of(layer, feature),
  addPhoto: (photo: PhotoOf) => photos.add(photo),
  removePhoto: (layer: string, feature: string, id: string) => photos.remove(layer, feature, id),
  auditLog: (limit: number, before: number | null) => accounts.auditLog(limit, before),
};
export type AccountsHandlers = typeof handlers;

serve(handlers);
