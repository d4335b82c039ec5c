// A condition on properties, already parsed and checked against the layer's fields. Stores turn it into bound SQL.

export type Scalar = string | number | boolean;

export type Filter =
  | { readonly op: 'and' | 'or'; readonly args: readonly Filter[] }
  | { readonly op: 'not'; readonly arg: Filter }
  | { readonly op: '=' | '<>' | '<' | '<=' | '>' | '>='; readonly property: string; readonly value: Scalar }
  | { readonly op: 'like'; readonly property: string; readonly pattern: string }
  | { readonly op: 'in'; readonly property: string; readonly values: readonly Scalar[] }
  | { readonly op: 'between'; readonly property: string; readonly low: Scalar; readonly high: Scalar }
  | { readonly op: 'isNull'; readonly property: string }
  /** The feature has no geometry. */
  | { readonly op: 'unlocated' };
