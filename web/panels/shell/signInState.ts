// Whether the sign-in dialog is open: the header opens it, so does the notice of an ended session.
import { signal } from '@preact/signals';

export const signInOpen = signal(false);
