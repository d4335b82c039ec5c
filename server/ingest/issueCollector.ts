// Issues as they come, worded, and never more than a report can list.
import { MAX_LISTED_ISSUES, type ImportIssue } from '../domain/importReport.ts';
import { ISSUE_WORDS } from '../domain/importWords.ts';

/** With what the code means, in both languages. */
export function worded(issue: ImportIssue): ImportIssue {
  const words = ISSUE_WORDS[issue.code];
  return words ? { ...issue, ...words } : issue;
}

/** Issues as they come: the first ones are listed, all are counted. Errors are never crowded out by warnings. */
export class IssueCollector {
  private readonly errors: ImportIssue[] = [];
  private readonly warnings: ImportIssue[] = [];
  readonly counts = new Map<string, number>();

  add(issue: ImportIssue): void {
    this.counts.set(issue.code, (this.counts.get(issue.code) ?? 0) + 1);
    const list = issue.severity === 'error' ? this.errors : this.warnings;
    if (list.length < MAX_LISTED_ISSUES) list.push(issue);
  }

  get listed(): ImportIssue[] {
    return [...this.errors, ...this.warnings].slice(0, MAX_LISTED_ISSUES).map(worded);
  }
}
