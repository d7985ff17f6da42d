/** What a view was asked with: the same path gives it as CSV, XLSX, JSON or a drawing. */
export interface Source {
  path: string
  args?: Record<string, string | readonly string[] | undefined>
}
