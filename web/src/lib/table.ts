/* A table of a view as TanStack sees it: rows filtered and sorted, columns shown. */
import { createTable, getCoreRowModel, getFilteredRowModel, getSortedRowModel, type Row as TanRow } from '@tanstack/table-core'
import { collator, compareCells, fits, type Sort } from './grid'
import type { Lang } from './i18n'
import { isEmpty, type Row, type Table } from './view'

export interface Arranged {
  lang: Lang
  sort: Sort | null
  filters: Record<string, string>
  /** over all columns */
  words: string
}

export function arrange(table: Table, how: Arranged): Row[] {
  const order = collator(how.lang)
  const made = createTable<Row>({
    data: table.rows as Row[],
    columns: table.columns.map((column, i) => ({
      id: column.key,
      accessorFn: (row: Row) => row[i] ?? null,
      filterFn: (row: TanRow<Row>, _id: string, value: string) => fits(row.original[i] ?? null, value, column),
      sortUndefined: 'last' as const,
      sortingFn: (a: TanRow<Row>, b: TanRow<Row>) => {
        const [x, y] = [a.original[i] ?? null, b.original[i] ?? null]
        const [noX, noY] = [isEmpty(x), isEmpty(y)]
        // empty ones stay at the end: what TanStack turns round is turned back
        if (noX || noY) return noX === noY ? 0 : (noX ? 1 : -1) * (how.sort?.down ? -1 : 1)
        return compareCells(x, y, column, how.lang, order)
      }
    })),
    state: {
      sorting: how.sort ? [{ id: how.sort.key, desc: how.sort.down }] : [],
      columnFilters: Object.entries(how.filters)
        .filter(([id]) => table.columns.some((c) => c.key === id))
        .map(([id, value]) => ({ id, value })),
      globalFilter: how.words
    },
    globalFilterFn: (row: TanRow<Row>, _id: string, value: string) => table.columns.some((c, i) => fits(row.original[i] ?? null, value, { ...c, kind: 'text' })),
    getColumnCanGlobalFilter: () => true,
    onStateChange: () => undefined,
    renderFallbackValue: null,
    getCoreRowModel: getCoreRowModel(),
    getFilteredRowModel: getFilteredRowModel(),
    getSortedRowModel: getSortedRowModel()
  })
  return made.getRowModel().rows.map((row) => row.original)
}
