/* Words in both languages. A block of words is written as pairs, so that a word without its twin
 * does not compile; tests look at the rest (empty ones, the wrong script). */
export type Lang = 'zh' | 'en'
export type Both = { readonly zh?: string | null; readonly en?: string | null }
export type Pair = readonly [zh: string, en: string]

export interface Words<K extends string> {
  (lang: Lang): Readonly<Record<K, string>>
  readonly pairs: Readonly<Record<K, Pair>>
}

/** `words({ title: ['排名', 'League table'] })`, then `words(lang).title`. */
export function words<K extends string>(pairs: Record<K, Pair>): Words<K> {
  const made = {} as Record<Lang, Record<K, string>>
  ;(['zh', 'en'] as const).forEach((lang, i) => {
    made[lang] = {} as Record<K, string>
    for (const key of Object.keys(pairs) as K[]) made[lang][key] = pairs[key][i] ?? ''
  })
  return Object.assign((lang: Lang) => made[lang], { pairs })
}

/** Puts values into "{n} companies". */
export function fill(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (whole, key: string) => (key in values ? String(values[key]) : whole))
}

/** A text of the service; where one language lacks it, the other is shown. */
export function say(label: Both | null | undefined, lang: Lang): string {
  if (!label) return ''
  return (lang === 'zh' ? label.zh || label.en : label.en || label.zh) ?? ''
}

/** The language of what `say` shows, where it is not the page's: for the lang attribute. */
export function otherLang(label: Both | null | undefined, lang: Lang): string | undefined {
  if (!label || label[lang] || (!label.zh && !label.en)) return undefined
  return lang === 'zh' ? 'en' : 'zh-Hans'
}

export const htmlLang = (lang: Lang): string => (lang === 'zh' ? 'zh-Hans' : 'en')
