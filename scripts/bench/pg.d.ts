// Prepared statements of `pg` 8, beside what the recount uses of it.
declare module 'pg' {
  export interface PreparedStatement {
    readonly name: string;
    readonly text: string;
    readonly values: readonly unknown[];
  }

  export interface Client {
    query<Row = Record<string, unknown>>(statement: PreparedStatement): Promise<QueryResult<Row>>;
  }
}
