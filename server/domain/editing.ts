// Who has which zone open for editing, as the service tells it.
export interface Editing {
  /** `layer:id` */
  readonly zone: string;
  readonly by: string;
  /** RFC 3339 */
  readonly since: string;
}
