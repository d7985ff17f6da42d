/* What the screen is like, as values that parts can follow. */
import { MediaQuery } from 'svelte/reactivity'

export const phone = new MediaQuery('(max-width: 640px)')
export const dark = new MediaQuery('(prefers-color-scheme: dark)')
export const still = new MediaQuery('(prefers-reduced-motion: reduce)')
