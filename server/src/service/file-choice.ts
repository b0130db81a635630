/** `nearest`: searched for from each file upwards. `none`: there is none. `file`: this one, whatever else is there. */
export type FileChoice = { readonly from: 'nearest' | 'none' } | { readonly from: 'file'; readonly path: string };
